/** Who imports whom, module by module, from the graph of files. */
import type { ModuleIndex } from "#check/index.js";
import { type Evidence, maxEvidence } from "#model/evidence.js";
import type { ImportGraph, RelationFact } from "#model/facts.js";

/** One relation per pair of modules, with the first places; imports of tests and of a module by itself are left out. */
export function moduleRelations(index: ModuleIndex, graphs: readonly ImportGraph[]): RelationFact[] {
  const pairs = new Map<string, { readonly from: string; readonly to: string; imports: number; readonly evidence: Evidence[] }>();
  for (const { repository, files, from, to, lines } of graphs) {
    const refs = files.map((file) => (index.isTest(repository, file) ? null : (index.of(repository, file)?.ref ?? null)));
    for (let edge = 0; edge < from.length; edge++) {
      const source = from[edge] ?? 0;
      const user = refs[source] ?? null;
      const used = refs[to[edge] ?? 0] ?? null;
      if (user === null || used === null || user === used) continue;
      const key = `${user}\0${used}`;
      const pair = pairs.get(key) ?? { from: user, to: used, imports: 0, evidence: [] };
      pair.imports++;
      if (pair.evidence.length < Math.min(3, maxEvidence))
        pair.evidence.push({ type: "file", repository, file: files[source] ?? "", line: lines[edge] ?? 1 });
      pairs.set(key, pair);
    }
  }
  return [...pairs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { from, to, imports, evidence }], at) => ({
      id: `m${at + 1}`,
      from,
      to,
      kind: "imports",
      protocol: "code",
      category: "business",
      confidence: "confirmed",
      seen: ["static"],
      detail: `${imports} ${imports === 1 ? "import" : "imports"}`,
      operation: null,
      evidence,
    }));
}
