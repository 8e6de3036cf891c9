/** The graph as DOT, for Graphviz. */
import type { Result } from "#model/result.js";
import { clean } from "#report/_shared/index.js";
import { type GraphOf, systemGraph } from "./system-graph.js";

/** Edges that break a rule are red, accepted ones dashed. @returns text that ends with a newline. */
export function toDot(result: Result, of: GraphOf): string {
  const { nodes, edges, leftOut } = systemGraph(result, of);
  const ids = new Map(nodes.map(({ ref }, index) => [ref, `n${index}`]));
  const lines = [
    "digraph system {",
    '  rankdir=LR; node [shape=box, fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=9];',
    ...nodes.map(({ ref, name, kind }) => `  ${ids.get(ref) ?? "n0"} [label=${quoted(name)}, tooltip=${quoted(kind)}];`),
    ...edges.map(({ from, to, label, finding }) => {
      const look = [
        ...(of === "components" && label !== "" ? [`label=${quoted(label)}`] : []),
        ...(finding === "open" ? ['color="#c62828"', "penwidth=2"] : finding === "accepted" ? ["style=dashed"] : []),
      ];
      return `  ${ids.get(from) ?? "n0"} -> ${ids.get(to) ?? "n0"}${look.length > 0 ? ` [${look.join(", ")}]` : ""};`;
    }),
    ...(leftOut > 0 ? [`  // ${leftOut} more edges are not drawn`] : []),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `"${clean(text, 120).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
