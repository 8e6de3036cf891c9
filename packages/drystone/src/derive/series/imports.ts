/** How many imports go from one component to another: the dependencies of modules inside of a deployable, and back doors between services. */
import type { Estate } from "#derive/estate/index.js";
import type { Measure } from "#model/result.js";
import { componentIndex } from "../lineage/index.js";

/** Pairs that a result holds, those with the most imports first. */
const mostPairs = 3000;

/** One measure `modules.imports` per two components, importer first; `sample.n` files of the importer take part. Imports inside of one are left out. */
export function importMeasures(estate: Estate): Measure[] {
  const found = new Map<string, { from: number; to: number; imports: number; files: Set<number> }>();
  for (const graph of estate.facts.imports) {
    const componentOf = componentIndex(estate.components, ({ repository }) => repository === graph.repository);
    const owners = graph.files.map(componentOf);
    for (const [edge, file] of graph.from.entries()) {
      const from = owners[file] ?? -1;
      const to = owners[graph.to[edge] ?? -1] ?? -1;
      if (from < 0 || to < 0 || from === to) continue;
      const key = `${from} ${to}`;
      const known = found.get(key) ?? { from, to, imports: 0, files: new Set<number>() };
      known.imports++;
      known.files.add(file);
      found.set(key, known);
    }
  }
  const strongest = [...found.values()]
    .sort((x, y) => y.imports - x.imports || x.from - y.from || x.to - y.to)
    .slice(0, mostPairs);
  return strongest.map(({ from, to, imports, files }) => ({
    id: "modules.imports",
    subjects: [estate.components[from]?.ref ?? "", estate.components[to]?.ref ?? ""],
    value: imports,
    unit: "imports",
    interval: null,
    sample: { n: files.size, of: "files" },
    window: null,
  }));
}
