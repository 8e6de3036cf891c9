export type { GraphOf } from "./system-graph.js";
export { toDot } from "./to-dot.js";
export { toMermaid } from "./to-mermaid.js";
