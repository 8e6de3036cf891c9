/** Who uses whom, from the result: one node per component, one edge per pair, heaviest first. */
import type { Result } from "#model/result.js";

export type GraphOf = "modules" | "components";

export interface SystemGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Edges left out because there are too many to draw. */
  readonly leftOut: number;
}

export interface GraphNode {
  readonly ref: string;
  readonly name: string;
  readonly kind: string;
  /** Ref of the component that it is part of, when that one is drawn too. */
  readonly partOf: string | null;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** open: breaks a rule; accepted: breaks one and a team decided to live with it; null: allowed or not checked. */
  readonly finding: "open" | "accepted" | null;
}

/** Mermaid draws 500 edges, and a reader fewer. */
const maxEdges = 450;

/** @param of modules and libraries with their imports, or everything with everything. */
export function systemGraph(result: Result, of: GraphOf): SystemGraph {
  const { components, resources, relations } = result.model;
  const drawn = of === "modules" ? components.filter(({ kind }) => kind === "module" || kind === "library") : components;
  const shown = new Map<string, GraphNode>(
    [...drawn, ...(of === "modules" ? [] : resources)].map(({ ref, name, kind, partOf }) => [ref, { ref, name, kind, partOf }]),
  );
  const pairs = new Map<string, { from: string; to: string; kinds: Set<string>; weight: number }>();
  for (const { from, to, kind, evidence, detail } of relations) {
    if (from === to || !shown.has(from) || !shown.has(to) || (of === "modules" && kind !== "imports" && kind !== "dependsOn"))
      continue;
    const key = `${from}\0${to}`;
    const pair = pairs.get(key) ?? { from, to, kinds: new Set<string>(), weight: 0 };
    pair.kinds.add(kind);
    pair.weight += importsOf(detail) ?? Math.max(1, evidence.length);
    pairs.set(key, pair);
  }
  const broken = brokenPairs(result);
  for (const [key, { from, to }] of broken)
    if (!pairs.has(key) && shown.has(from) && shown.has(to)) pairs.set(key, { from, to, kinds: new Set(["imports"]), weight: 1 });
  const edges = [...pairs]
    .map(([key, { from, to, kinds, weight }]) => ({
      from,
      to,
      weight,
      label: [...kinds].sort().join(", "),
      finding: broken.get(key)?.finding ?? null,
    }))
    .sort(
      (a, b) => rank(a.finding) - rank(b.finding) || b.weight - a.weight || compare(`${a.from}\0${a.to}`, `${b.from}\0${b.to}`),
    );
  const kept = edges.slice(0, maxEdges).sort((a, b) => compare(`${a.from}\0${a.to}`, `${b.from}\0${b.to}`));
  return {
    nodes: [...shown.values()]
      .map((node) => ({ ...node, partOf: node.partOf !== null && shown.has(node.partOf) ? node.partOf : null }))
      .sort((a, b) => compare(a.ref, b.ref)),
    edges: kept.map(({ weight: _, ...edge }) => edge),
    leftOut: edges.length - kept.length,
  };
}

/** Pairs of components that a finding is about, the worse state first. */
function brokenPairs(result: Result): ReadonlyMap<string, { from: string; to: string; finding: "open" | "accepted" }> {
  const pairs = new Map<string, { from: string; to: string; finding: "open" | "accepted" }>();
  for (const { findings, id } of result.assessments) {
    if (id !== "module-boundaries") continue;
    for (const { subjects, state, severity } of findings) {
      const [from, to] = subjects;
      if (from === undefined || to === undefined || subjects.length !== 2 || severity === "note") continue;
      const key = `${from}\0${to}`;
      if (state !== "accepted" || !pairs.has(key))
        pairs.set(key, { from, to, finding: state === "accepted" ? "accepted" : "open" });
    }
  }
  return pairs;
}

function importsOf(detail: string | null): number | null {
  const count = /^(\d{1,9}) imports?\b/.exec(detail ?? "")?.[1];
  return count === undefined ? null : Number(count);
}

function rank(finding: GraphEdge["finding"]): number {
  return finding === "open" ? 0 : finding === "accepted" ? 1 : 2;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
