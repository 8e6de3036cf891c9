/** Recognising a violation, whatever moved around it. */
import type { ViolationKey } from "#model/policy.js";

/** One text per key, to look it up. With `"without-module"` an entry is found again after its module got another name. */
export function keyText(key: ViolationKey, module: "with-module" | "without-module" = "with-module"): string {
  return [key.rule, module === "with-module" ? key.module : "", key.from, key.to, key.kind ?? ""].join("\0");
}

/** The order of accepted entries in a file: by module, rule, importing file, target and kind. */
export function compareKeys(a: ViolationKey, b: ViolationKey): number {
  return (
    compare(a.module, b.module) ||
    compare(a.rule, b.rule) ||
    compare(a.from, b.from) ||
    compare(a.to, b.to) ||
    compare(a.kind ?? "", b.kind ?? "")
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
