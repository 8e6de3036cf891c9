export type ImportKind = "value" | "type" | "dynamic" | "reexport";
