/** Published scores of the decomposition into candidates and what is left of the parts of today, each beside what chance gives the same sizes. No score is quality. */
import {
  businessContextPurity,
  type Call,
  extremeDistribution,
  type Functionality,
  interfaceNumber,
  interPartitionCalls,
  type Labels,
  migrationComplexity,
  structuralModularity,
  tableEntropy,
  teamSizeReduction,
  turboMq,
} from "#derive/decomposition/index.js";
import type { Estate } from "#derive/estate/index.js";
import type { FileView } from "#derive/files/index.js";
import { importEdges } from "#derive/parts/index.js";
import { knownTables } from "#derive/tables/index.js";
import { peopleAnswer } from "#derive/team-changes/index.js";
import type { Measure } from "#model/result.js";
import { mulberry32, shuffle } from "#util/random.js";
import { measure, rounded } from "../_shared/index.js";
import type { Seams } from "./find-candidates.js";

/** More files than this make the scores that look at every pair of files too slow; they are left out then. */
const mostFiles = 4000;

export function decompositionMeasures(estate: Estate, view: FileView, { candidates }: Seams): Measure[] {
  const labels = labelsOf(estate, view, candidates);
  const calls = callsOf(estate, view, labels);
  const scores: [string, number | null, string][] = [
    ["icp", interPartitionCalls(calls, labels), "share of the imports that cross parts (ICP, logarithmic), lower is better"],
    ["icp-raw", interPartitionCalls(calls, labels, true), "share of the imports that cross parts (ICP, raw), lower is better"],
    ["ned", extremeDistribution(labels), "share of files in parts outside of 5 to 20 files (NED), lower is better"],
    ["turbo-mq", turboMq(calls, labels), "TurboMQ, grows with the number of parts, higher is better"],
    [
      "bcp",
      estate.ownership.some(({ declared }) => declared.length > 0) ? businessContextPurity(teamsOf(estate, view), labels) : null,
      "ln of the declared owners in a part, mean (BCP over owners), lower is better",
    ],
    [
      "table-entropy",
      tableEntropy(accessesOf(estate, view, labels).map((one) => ({ ...one, table: one.entity, count: 1 }))),
      "entropy of the parts that use a table, mean, lower is better",
    ],
    [
      "migration-complexity",
      complexityOf(estate, view, labels),
      "accesses of tables across parts that others do the other way round, lower is better",
    ],
    [
      "tsr",
      peopleAnswer(estate).state === "usable" ? teamSizeReduction(authorsOf(view, labels)) : null,
      "authors of a part over all authors, mean (TSR), lower is better",
    ],
    ...(labels.size > mostFiles
      ? []
      : ([
          ["sm", structuralModularity(calls, labels), "structural modularity (SM), higher is better"],
          ["ifn", interfaceNumber(calls, labels), "pairs of files that cross parts, per part (IFN), lower is better"],
        ] satisfies [string, number | null, string][])),
  ];
  const chance = chanceOf(estate, calls, labels);
  return scores.map(([name, value, unit]) =>
    measure(`decomposition.${name}`, "system", value, unit, {
      sample: { n: labels.size, of: "files" },
      ...(name === "icp" && chance !== null ? { detail: chance } : {}),
    }),
  );
}

/** ICP when the same sizes are dealt out at random. */
function chanceOf({ parameters }: Estate, calls: readonly Call[], labels: Labels): Record<string, number> | null {
  const plain = interPartitionCalls(calls, labels);
  if (plain === null) return null;
  const random = mulberry32(parameters.ci.seed);
  const names = [...labels.keys()];
  const parts = [...labels.values()];
  const values = Array.from({ length: parameters.E.nullDraws }, () => {
    shuffle(parts, random);
    return interPartitionCalls(calls, new Map(names.map((name, at) => [name, parts[at] ?? ""]))) ?? 0;
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  const below = values.filter((value) => value <= plain).length / values.length;
  return { chance: rounded(mean), z: deviation > 0 ? rounded((plain - mean) / deviation) : 0, percentile: rounded(below) };
}

/** Candidates, then what is left of each component. By path, the repository in front. */
function labelsOf({ components }: Estate, view: FileView, candidates: Seams["candidates"]): Labels {
  const labels = new Map<string, string>();
  for (const [index, { isProgram, component }] of view.files.entries()) {
    if (!isProgram) continue;
    const candidate = candidates.findIndex(({ part }) => part.files.has(index));
    labels.set(String(index), candidate >= 0 ? `candidate ${candidate}` : `today ${components[component]?.ref ?? ""}`);
  }
  return labels;
}

function callsOf(estate: Estate, view: FileView, labels: Labels): Call[] {
  return importEdges(estate, view)
    .map(({ from, to }) => ({ from: String(from), to: String(to), volume: 1 }))
    .filter(({ from, to }) => labels.has(from) && labels.has(to));
}

/** The declared owners stand for the business contexts of the paper: where nobody is declared, every file has the same one. */
function teamsOf({ ownership }: Estate, view: FileView): Map<string, readonly string[]> {
  return new Map(
    [...view.files.entries()].map(([index, { component }]) => {
      const owners = ownership[component]?.declared.map(({ ref }) => ref) ?? [];
      return [String(index), owners.length === 0 ? ["nobody"] : owners];
    }),
  );
}

interface Access {
  readonly file: string;
  readonly part: string;
  readonly entity: string;
  readonly writes: boolean;
}

function accessesOf({ facts }: Estate, view: FileView, labels: Labels): Access[] {
  return knownTables(facts, view).flatMap(({ table, uses }) =>
    uses.flatMap(({ file, writes }) => {
      const part = labels.get(String(file));
      return part === undefined ? [] : [{ file: String(file), part, entity: table, writes }];
    }),
  );
}

/** A file that uses tables stands for a functionality; what it does to a table happens in the part that uses the table most. Null without tables. */
function complexityOf(estate: Estate, view: FileView, labels: Labels): number | null {
  const accesses = accessesOf(estate, view, labels);
  if (accesses.length === 0) return null;
  const uses = new Map<string, Map<string, number>>();
  for (const { entity, part } of accesses) {
    const parts = uses.get(entity) ?? new Map<string, number>();
    uses.set(entity, parts.set(part, (parts.get(part) ?? 0) + 1));
  }
  const home = new Map(
    [...uses].map(([entity, parts]) => [entity, [...parts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? ""]),
  );
  const byFile = new Map<string, Functionality["accesses"][number][]>();
  for (const { file, entity, writes } of accesses)
    byFile.set(file, [...(byFile.get(file) ?? []), { part: home.get(entity) ?? "", entity, writes }]);
  return migrationComplexity([...byFile.values()].map((own) => ({ accesses: own }))).reduce((sum, value) => sum + value, 0);
}

function authorsOf({ changes }: FileView, labels: Labels): Set<string>[] {
  const authors = new Map<string, Set<string>>();
  for (const { set, files } of changes) {
    for (const part of new Set(files.flatMap((file) => labels.get(String(file)) ?? []))) {
      const own = authors.get(part) ?? new Set<string>();
      authors.set(part, own);
      for (const { person } of set.authors) own.add(String(person));
    }
  }
  return [...authors.values()];
}
