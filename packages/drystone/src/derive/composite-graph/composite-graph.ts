/**
 * What holds files together, in one graph: imports, common changes, tables, words and people (metrics.md E2). Tables are nodes of their own. Each layer is
 * scaled to 0..1 and weighted; a layer that is missing gives its weight to the others and is named. Words and people strengthen pairs that
 * imports or changes join and make no pair by themselves: everybody who works everywhere would tie everything to everything.
 */
import type { Ref } from "#model/refs.js";
import { wordsOf } from "#util/words.js";
import type { WeightedGraph } from "../communities/index.js";
import type { Estate } from "../estate/index.js";
import { type FileView, isMigrationPath } from "../files/index.js";
import { importEdges } from "../parts/index.js";
import { type KnownTable, knownTables } from "../tables/index.js";
import { peopleAnswer } from "../team-changes/index.js";

export interface GraphNode {
  /** A path of a file or of a folder, or the name of a table. */
  readonly name: string;
  readonly kind: "file" | "folder" | "table";
  /** Program files that it stands for, by index into the view; none for a table. */
  readonly files: readonly number[];
  readonly table: Ref | null;
}

export interface LayerShare {
  readonly name: "imports" | "common changes" | "tables" | "runtime calls" | "words" | "people";
  /** Weight of the layer among those present, 0..1; 0 for a missing one. */
  readonly weight: number;
  readonly pairs: number;
}

export interface CompositeGraph extends WeightedGraph {
  readonly nodes: readonly GraphNode[];
  readonly layers: readonly LayerShare[];
  /** Names of nodes left out because a large share of the others import them. */
  readonly hubs: readonly string[];
}

type Layer = Map<number, number>;

/** @param changes of the view should reach far enough back to show what changes together. */
export function compositeGraph(estate: Estate, view: FileView): CompositeGraph {
  const { E } = estate.parameters;
  const { nodes: fileNodes, nodeOf } = nodesOf(view, E.nodes);
  const known = knownTables(estate.facts, view);
  const tables = tableNodes(known, fileNodes.length);
  const nodes = [...fileNodes, ...tables.nodes];
  const size = nodes.length;
  const key = (a: number, b: number): number => Math.min(a, b) * size + Math.max(a, b);
  const links = importPairs(estate, view, nodeOf);
  const hubs = hubsOf(links, fileNodes.length, E.hub);
  const imports = importLayer(
    links.filter(({ from, to }) => !hubs.has(from) && !hubs.has(to)),
    key,
  );
  const changes = changeLayer(view, nodeOf, size, E.leastCoChanges);
  const data = dataLayer(known, nodeOf, tables.of, key);
  const joined = new Set([...imports.keys(), ...changes.keys()]);
  const words = similar(joined, size, wordVectors(estate, view, fileNodes), E.leastCosine);
  const people =
    peopleAnswer(estate).state === "usable"
      ? similar(joined, size, peopleVectors(view, nodeOf, fileNodes.length), E.leastCosine)
      : new Map<number, number>();
  const layers = [
    ["imports", imports, E.structure],
    ["common changes", changes, E.coChange],
    ["tables", data, E.data],
    ["runtime calls", new Map<number, number>(), E.runtime],
    ["words", words, E.words],
    ["people", people, E.people],
  ] as const;
  const present = layers.reduce((sum, [, pairs, weight]) => sum + (pairs.size > 0 ? weight : 0), 0);
  const weights = new Map<number, number>();
  const isHub = (pair: number): boolean => hubs.has(Math.floor(pair / size)) || hubs.has(pair % size);
  for (const [, pairs, weight] of layers)
    for (const [pair, value] of pairs) weights.set(pair, (weights.get(pair) ?? 0) + (weight / present) * value);
  return connected({
    nodes,
    size,
    hubs: [...hubs].flatMap((hub) => nodes[hub]?.name ?? []).sort(),
    edges: [...weights]
      .filter(([pair, weight]) => weight > 0 && !isHub(pair))
      .sort(([a], [b]) => a - b)
      .map(([pair, weight]): [number, number, number] => [Math.floor(pair / size), pair % size, weight]),
    layers: layers.map(([name, pairs, weight]) => ({
      name,
      weight: pairs.size === 0 || present === 0 ? 0 : weight / present,
      pairs: pairs.size,
    })),
  });
}

/** Nodes without an edge say nothing about boundaries and only make groups look small. */
function connected(graph: CompositeGraph): CompositeGraph {
  const used = [...new Set(graph.edges.flatMap(([a, b]) => [a, b]))].sort((a, b) => a - b);
  const place = new Map(used.map((node, index) => [node, index]));
  return {
    ...graph,
    size: used.length,
    nodes: used.flatMap((node) => graph.nodes[node] ?? []),
    edges: graph.edges.map(([a, b, weight]): [number, number, number] => [place.get(a) ?? 0, place.get(b) ?? 0, weight]),
  };
}

/** Files, or folders where there are too many files: the deepest that are few enough. */
function nodesOf({ files }: FileView, most: number): { nodes: GraphNode[]; nodeOf: (file: number) => number } {
  const all = [...files.entries()].filter(([, { isProgram, path }]) => isProgram && !isMigrationPath(path));
  const running = all.filter(([, { path }]) => !isShown(path));
  // A system that is made of examples is asked about them.
  const program = running.length * 2 > all.length ? running : all;
  const named = (depth: number | null) =>
    program.map(([index, { path, repository }]) => ({ index, name: depth === null ? path : folder(path, depth), repository }));
  let depth: number | null = null;
  let entries = named(null);
  const count = (list: typeof entries) => new Set(list.map(({ name, repository }) => `${repository} ${name}`)).size;
  if (program.length > most) {
    depth = program.reduce((deepest, [, { path }]) => Math.max(deepest, path.split("/").length - 1), 1);
    while (depth > 1 && count(named(depth)) > most) depth--;
    entries = named(depth);
  }
  const nodes = new Map<string, { name: string; files: number[] }>();
  for (const { index, name, repository } of entries) {
    const known = nodes.get(`${repository} ${name}`);
    if (known) known.files.push(index);
    else nodes.set(`${repository} ${name}`, { name, files: [index] });
  }
  const place = new Int32Array(files.length).fill(-1);
  const list = [...nodes.values()].map((node, index): GraphNode => {
    for (const file of node.files) place[file] = index;
    return { name: node.name, kind: depth === null ? "file" : "folder", files: node.files, table: null };
  });
  return { nodes: list, nodeOf: (file) => place[file] ?? -1 };
}

/** Code that is kept to be read, as in `old-docs/` or `examples/`: nobody would draw a boundary around it. */
function isShown(path: string): boolean {
  return /(?:^|\/)(?:[\w.]{1,40}[-_]){0,4}(?:docs?|documentation|examples?|samples?|archived?)(?:[-_][\w.]{1,40})?\//i.test(path);
}

function folder(path: string, depth: number): string {
  const parts = path.split("/");
  return parts.slice(0, Math.min(depth, parts.length - 1)).join("/");
}

function tableNodes(tables: readonly KnownTable[], first: number): { nodes: GraphNode[]; of: ReadonlyMap<Ref, number> } {
  const used = tables.filter(({ uses }) => uses.length > 0);
  return {
    nodes: used.map(({ name, table }) => ({ name, kind: "table", files: [], table })),
    of: new Map(used.map(({ table }, index) => [table, first + index])),
  };
}

type Key = (a: number, b: number) => number;

interface Link {
  readonly from: number;
  readonly to: number;
}

/** Imports between nodes, one per pair of files. */
function importPairs(estate: Estate, view: FileView, nodeOf: (file: number) => number): Link[] {
  return importEdges(estate, view)
    .map(({ from, to }) => ({ from: nodeOf(from), to: nodeOf(to) }))
    .filter(({ from, to }) => from >= 0 && to >= 0 && from !== to);
}

/**
 * Nodes that a large share of the others import: they tie everything together and show no seam. Few importers make no hub, and where files import many
 * others all over, many importers make none either: what imports at random would bring reaches three deviations above the mean.
 */
function hubsOf(links: readonly Link[], size: number, share: number): Set<number> {
  const importers = new Map<number, Set<number>>();
  for (const { from, to } of links) importers.set(to, (importers.get(to) ?? new Set<number>()).add(from));
  const mean = [...importers.values()].reduce((sum, own) => sum + own.size, 0) / Math.max(1, size);
  const usual = Math.max(share * size, mean + 3 * Math.sqrt(mean));
  return new Set([...importers].filter(([, own]) => own.size >= leastImporters && own.size > usual).map(([node]) => node));
}

const leastImporters = 10;

/** ln(1 + imports) over the largest. */
function importLayer(links: readonly Link[], key: Key): Layer {
  const counts: Layer = new Map();
  for (const { from, to } of links) counts.set(key(from, to), (counts.get(key(from, to)) ?? 0) + 1);
  return scaled(new Map([...counts].map(([pair, count]) => [pair, Math.log1p(count)])));
}

/** Degree of change coupling: joint change sets over the mean of both, for pairs with enough of them. */
function changeLayer({ changes, files }: FileView, nodeOf: (file: number) => number, size: number, least: number): Layer {
  const own = new Int32Array(size);
  const joint: Layer = new Map();
  for (const change of changes) {
    const nodes = [
      ...new Set(change.files.flatMap((file) => (files[file]?.isProgram === true && nodeOf(file) >= 0 ? [nodeOf(file)] : []))),
    ].sort((a, b) => a - b);
    for (const [at, a] of nodes.entries()) {
      own[a] = (own[a] ?? 0) + 1;
      for (const b of nodes.slice(at + 1)) joint.set(a * size + b, (joint.get(a * size + b) ?? 0) + 1);
    }
  }
  const mean = (pair: number): number => ((own[Math.floor(pair / size)] ?? 0) + (own[pair % size] ?? 0)) / 2;
  return new Map([...joint].filter(([, count]) => count >= least).map(([pair, count]) => [pair, count / mean(pair)]));
}

/** A file and a table it uses: written counts in full, read as Service Cutter weighs it. */
function dataLayer(
  known: readonly KnownTable[],
  nodeOf: (file: number) => number,
  tables: ReadonlyMap<Ref, number>,
  key: Key,
): Layer {
  const pairs: Layer = new Map();
  for (const { table: ref, uses } of known) {
    const table = tables.get(ref);
    if (table === undefined) continue;
    for (const { file, writes } of uses) {
      const node = nodeOf(file);
      if (node >= 0) pairs.set(key(node, table), Math.max(pairs.get(key(node, table)) ?? 0, writes ? 1 : 0.3));
    }
  }
  return pairs;
}

type Vector = ReadonlyMap<string | number, number>;

/** Cosine of the vectors of the pairs that something else joins. */
function similar(pairs: Iterable<number>, size: number, vectors: readonly Vector[], least: number): Layer {
  const lengths = vectors.map((vector) => Math.sqrt([...vector.values()].reduce((sum, value) => sum + value * value, 0)));
  const found: Layer = new Map();
  for (const pair of pairs) {
    const [a, b] = [Math.floor(pair / size), pair % size];
    const [one, other] = [vectors[a], vectors[b]];
    if (one === undefined || other === undefined) continue;
    let dot = 0;
    for (const [word, value] of one) dot += value * (other.get(word) ?? 0);
    const cosine = dot === 0 ? 0 : dot / ((lengths[a] ?? 1) * (lengths[b] ?? 1));
    if (cosine >= least) found.set(pair, Math.min(1, cosine));
  }
  return found;
}

/** TF-IDF of the words of file names and of the types of data in them. Names of folders would only repeat the structure of today. */
function wordVectors({ facts }: Estate, view: FileView, nodes: readonly GraphNode[]): Vector[] {
  const models = new Map<number, string[]>();
  for (const { repository, file, name, fields } of facts.models) {
    const at = view.find(repository, file);
    if (at >= 0) models.set(at, [...(models.get(at) ?? []), name, ...fields.slice(0, 50)]);
  }
  const counts = nodes.map(({ files }) => {
    const own = new Map<string, number>();
    for (const file of files) {
      const path = view.files[file]?.path ?? "";
      const base = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
      for (const word of [base, ...(models.get(file) ?? [])].flatMap(wordsOf))
        if (word.length > 2) own.set(word, (own.get(word) ?? 0) + 1);
    }
    return own;
  });
  const inNodes = new Map<string, number>();
  for (const own of counts) for (const word of own.keys()) inNodes.set(word, (inNodes.get(word) ?? 0) + 1);
  return counts.map(
    (own) => new Map([...own].map(([word, count]) => [word, count * Math.log(nodes.length / (inNodes.get(word) ?? 1))])),
  );
}

function peopleVectors({ changes }: FileView, nodeOf: (file: number) => number, size: number): Vector[] {
  const vectors = Array.from({ length: size }, () => new Map<number, number>());
  for (const { set, files } of changes) {
    for (const node of new Set(files.map(nodeOf))) {
      const vector = vectors[node];
      if (vector === undefined) continue;
      for (const { person, weight } of set.authors) vector.set(person, (vector.get(person) ?? 0) + weight);
    }
  }
  return vectors;
}

function scaled(layer: Layer): Layer {
  const most = [...layer.values()].reduce((largest, value) => Math.max(largest, value), 0);
  return most === 0 ? layer : new Map([...layer].map(([pair, value]) => [pair, value / most]));
}
