/** The graph as Mermaid text, for a README or a wiki. */
import type { Result } from "#model/result.js";
import { clean } from "#report/_shared/index.js";
import { type GraphOf, systemGraph } from "./system-graph.js";

/** Edges that break a rule are red, accepted ones dashed. @returns text that ends with a newline. */
export function toMermaid(result: Result, of: GraphOf): string {
  const { nodes, edges, leftOut } = systemGraph(result, of);
  const places = new Map(nodes.map(({ ref }, index) => [ref, index]));
  const parents = new Set(nodes.flatMap(({ partOf }) => (partOf === null ? [] : [partOf])));
  const inside = new Set(nodes.flatMap(({ ref, partOf }) => (partOf === null || parents.has(ref) ? [] : [ref])));
  const boxes = new Set(nodes.flatMap(({ ref, partOf }) => (partOf !== null && inside.has(ref) ? [partOf] : [])));
  // What has parts is the box around them, and arrows lead to the box.
  const id = (ref: string) => `${boxes.has(ref) ? "g" : "n"}${places.get(ref) ?? 0}`;
  const groups = [...parents].sort().flatMap((parent) => {
    const children = nodes.filter(({ ref, partOf }) => partOf === parent && inside.has(ref));
    const name = nodes.find(({ ref }) => ref === parent)?.name ?? parent;
    return children.length === 0
      ? []
      : [
          `  subgraph ${id(parent)}["${label(name)}"]`,
          ...children.map(({ ref, name: own }) => `    ${id(ref)}["${label(own)}"]`),
          "  end",
        ];
  });
  const arrows = edges.map(({ from, to, label: text, finding }) => {
    const words = of === "components" && text !== "" ? `|"${label(text)}"|` : "";
    return `  ${id(from)} ${finding === "accepted" ? "-.->" : "-->"}${words} ${id(to)}`;
  });
  const red = edges.flatMap(({ finding }, index) => (finding === "open" ? [index] : []));
  const lines = [
    "flowchart LR",
    ...groups,
    ...nodes.filter(({ ref }) => !inside.has(ref) && !boxes.has(ref)).map(({ ref, name }) => `  ${id(ref)}["${label(name)}"]`),
    ...arrows,
    ...(red.length > 0 ? [`  linkStyle ${red.join(",")} stroke:#c62828,stroke-width:2px`] : []),
    ...(leftOut > 0 ? [`  %% ${leftOut} more edges are not drawn`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** Everything that Mermaid, or the page around it, could read as more than text becomes a character code. */
function label(text: string): string {
  return clean(text, 120).replace(/[^\p{L}\p{N} _./:@,()-]/gu, (character) => `#${character.codePointAt(0) ?? 32};`);
}
