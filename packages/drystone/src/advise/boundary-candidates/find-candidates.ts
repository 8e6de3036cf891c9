/** Candidate parts: groups of files and tables that hold together, found in the composite graph. */

import { deployedAs } from "#derive/calls/index.js";
import { type Communities, findCommunities } from "#derive/communities/index.js";
import { type CompositeGraph, compositeGraph } from "#derive/composite-graph/index.js";
import { mojoDistance, mojoFm } from "#derive/decomposition/index.js";
import type { Estate } from "#derive/estate/index.js";
import { type FileView, viewFiles } from "#derive/files/index.js";
import { type Part, partOfComponent, partOfFiles, wholePart } from "#derive/parts/index.js";
import type { Ref } from "#model/refs.js";
import { wordsOf } from "#util/words.js";
import { layerOf } from "./layer-of.js";
import { technicalWords } from "./technical-words.js";

export interface Seams {
  readonly graph: CompositeGraph;
  readonly communities: Communities;
  readonly candidates: readonly Candidate[];
  /** How far the candidates are from the parts of today; null where there are none of either. */
  readonly disruption: Disruption | null;
}

export interface Candidate {
  readonly part: Part;
  /** Files that hold together; those beside them in a component that the part is as a whole are not among them. */
  readonly files: number;
  /** Names of its tables. */
  readonly tables: readonly string[];
  readonly consensus: number;
  readonly phi: number;
  readonly z: number;
  /** Files that lie outside of the component that holds most of them today. */
  readonly moved: number;
  /** Deployables of today in which its files lie, with how many, most first; libraries and what deploys with nothing are none. */
  readonly deployables: readonly { readonly ref: Ref; readonly name: string; readonly files: number }[];
  /** What it lies across when it is more likely a layer than a part; else null. */
  readonly layer: string | null;
  /** Folders that cover it, and single files beside them. */
  readonly folders: readonly string[];
}

interface Disruption {
  /** Files that would have to move, or whole parts that would have to join, to make today's parts out of the candidates. */
  readonly moves: number;
  readonly files: number;
  /** 100: nothing changes; 0: as far from today as can be. */
  readonly similarity: number | null;
}

export function findCandidates(estate: Estate, view: FileView): Seams {
  const { E, ci } = estate.parameters;
  const graph = compositeGraph(estate, viewFiles(estate, longSets(estate)));
  const communities = findCommunities(graph, { ...E, seed: ci.seed });
  const taken = new Map<string, number>();
  const candidates = communities.groups.flatMap(({ nodes, consensus, phi, z }): Candidate[] => {
    const files = new Set(nodes.flatMap((node) => graph.nodes[node]?.files ?? []));
    if (files.size === 0) return [];
    const folders = foldersOf(estate, view, files);
    const moved = movedOf(view, files);
    const inComponents = new Map(
      tally([...files].map((file) => String(view.files[file]?.component ?? -1))).map(([component, own]) => [
        Number(component),
        own,
      ]),
    );
    const layer = layerOf(
      view,
      files,
      pathInSystem(estate, view),
      [...inComponents].map(([component, own]) => ({ name: estate.components[component]?.name ?? "", files: own })),
      moved,
    );
    const base = nameOf(view, [...files].map(pathInSystem(estate, view)), folders, layer !== null);
    const seen = taken.get(base) ?? 0;
    taken.set(base, seen + 1);
    const part = candidatePart(estate, view, seen === 0 ? base : `${base} (${seen + 1})`, files);
    return [
      {
        part,
        files: files.size,
        tables: nodes.flatMap((node) => (graph.nodes[node]?.kind === "table" ? [graph.nodes[node]?.name ?? ""] : [])),
        consensus,
        phi,
        z,
        folders,
        moved,
        layer,
        deployables: deployablesOf(estate, inComponents),
      },
    ];
  });
  return { graph, communities, candidates, disruption: disruptionOf(view, candidates) };
}

/** A group that is one component of today, or nearly one deployable, is asked about as that: with its tests and manifests. */
function candidatePart(estate: Estate, view: FileView, name: string, files: ReadonlySet<number>): Part {
  const part = partOfFiles(estate, view, name, files);
  const [largest] = tally([...files].map((file) => String(view.files[file]?.component ?? -1)));
  const [component, own] = [Number(largest?.[0] ?? -1), largest?.[1] ?? 0];
  const least = estate.services.includes(component) ? nearlyAll * files.size : files.size;
  return part.components.has(component) && own >= least ? partOfComponent(estate, view, component) : part;
}

const nearlyAll = 0.9;

function deployablesOf({ facts, components, services }: Estate, inComponents: ReadonlyMap<number, number>) {
  const deployable = new Map(
    services.flatMap((index) => (components[index] ? [[components[index].ref, components[index]]] : [])),
  );
  const whole = deployedAs(facts);
  const counts = new Map<Ref, number>();
  for (const [index, files] of inComponents) {
    const ref = components[index] === undefined ? "" : whole(components[index].ref);
    if (deployable.has(ref)) counts.set(ref, (counts.get(ref) ?? 0) + files);
  }
  return [...counts]
    .map(([ref, files]) => ({ ref, name: deployable.get(ref)?.name ?? "", files }))
    .sort((a, b) => b.files - a.files || (a.ref < b.ref ? -1 : 1));
}

/** Two years of changes by people: what changes together shows slowly. */
function longSets({ long, parameters }: Estate) {
  return [...long.sets, ...long.elsewhere.filter(({ files }) => files > 0 && files <= parameters.changeSet.maxFiles)].sort(
    (a, b) => b.time - a.time,
  );
}

/** The path of a file as drystone.yaml names it: where there are several repositories it begins with the name of one. */
export function pathInSystem({ facts }: Estate, view: FileView): (file: number) => string {
  const ids = facts.repositories.map(({ id }) => id);
  return (index) => {
    const file = view.files[index];
    if (file === undefined) return "";
    return ids.length > 1 ? `${ids[file.repository] ?? ""}/${file.path}` : file.path;
  };
}

/** Shallow folders first, each as a whole where the group holds nearly all of its program files; a file that no folder covers stands by itself. */
function foldersOf(estate: Estate, view: FileView, files: ReadonlySet<number>): string[] {
  const pathOf = pathInSystem(estate, view);
  const all = new Map<string, number>();
  const own = new Map<string, number>();
  for (const [index, { isProgram }] of view.files.entries()) {
    if (!isProgram) continue;
    const path = pathOf(index);
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      all.set(folder, (all.get(folder) ?? 0) + 1);
      if (files.has(index)) own.set(folder, (own.get(folder) ?? 0) + 1);
    }
  }
  const whole = [...own]
    .filter(([folder, count]) => count >= wholePart * (all.get(folder) ?? count))
    .map(([folder]) => folder)
    .sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
  const chosen: string[] = [];
  for (const folder of whole) if (!covers(chosen, `${folder}/`)) chosen.push(folder);
  const left = [...files].map(pathOf).filter((path) => !covers(chosen, path));
  return [...chosen.map((folder) => `${folder}/**`), ...left].sort();
}

function movedOf(view: FileView, files: ReadonlySet<number>): number {
  const counts = new Map<number, number>();
  for (const file of files)
    counts.set(view.files[file]?.component ?? -1, (counts.get(view.files[file]?.component ?? -1) ?? 0) + 1);
  return files.size - Math.max(0, ...counts.values());
}

function covers(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`));
}

/** The folder that it is most of, where there is one; else the deepest folder that holds most of it, with the words that set its files apart. */
function nameOf(view: FileView, paths: readonly string[], folders: readonly string[], isLayer: boolean): string {
  const size = (folder: string) => paths.filter((path) => path.startsWith(`${folder}/`)).length;
  const [largest] = folders
    .flatMap((pattern) => (pattern.endsWith("/**") ? [pattern.slice(0, -3)] : []))
    .sort((a, b) => size(b) - size(a) || (a < b ? -1 : 1));
  if (largest !== undefined && size(largest) >= mostOfIt * paths.length) return largest;
  const words = tellingWords(view, paths, isLayer).join(", ");
  const home = tally(paths.flatMap(parents))
    .filter(([, count]) => count >= mostOfIt * paths.length)
    .map(([folder]) => folder)
    .sort((a, b) => b.split("/").length - a.split("/").length || (a < b ? -1 : 1))[0];
  if (home === undefined) return words === "" ? "group" : words;
  return words === "" ? home : `${shortFolder(home)} (${words})`;
}

/** Without what every Java source has between the project and the package. */
function shortFolder(folder: string): string {
  const [, project = "", packages = ""] = /^(.*?)\/?src\/main\/(?:java|kotlin|scala)\/(.+)$/.exec(folder) ?? [];
  const last = packages.split("/").at(-1) ?? "";
  if (last === "") return folder;
  return project === "" || project.endsWith(last) ? project || last : `${project}/${last}`;
}

const mostOfIt = 0.6;

function parents(path: string): string[] {
  const found: string[] = [];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) found.push(path.slice(0, end));
  return found;
}

/** The two words of file and folder names that are most frequent here and rare elsewhere. */
function tellingWords(view: FileView, paths: readonly string[], isLayer: boolean): string[] {
  const everywhere = new Map(tally(view.files.flatMap(({ path, isProgram }) => (isProgram ? nameWords(path) : []))));
  const ranked = tally(paths.flatMap(nameWords))
    .map(([word, count]): [string, number] => [word, (count * count) / (everywhere.get(word) ?? count)])
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([word]) => word);
  // The kind of file tells less than what it is about, but for a layer; one word in singular and plural is one word.
  const telling = ranked.filter((word) => isLayer || !technicalWords.has(word));
  const distinct = (telling.length === 0 ? ranked : telling).filter(
    (word, at, all) => !all.slice(0, at).some((other) => isSameWord(other, word)),
  );
  return distinct.slice(0, 2);
}

/** `upload`, `uploader`, `uploads`: a beginning in common that is most of the shorter one. */
function isSameWord(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  let same = 0;
  while (same < length && one[same] === other[same]) same++;
  return same >= 4 && same >= 0.7 * length;
}

/** Each once. */
function nameWords(path: string): string[] {
  const base = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  const folder = path.split("/").at(-2) ?? "";
  return [...new Set([...wordsOf(base), ...wordsOf(folder)])].filter((word) => word.length > 2 && word !== "index");
}

/** Texts with how often they occur, most first. */
function tally(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

function disruptionOf(view: FileView, candidates: readonly Candidate[]): Disruption | null {
  const then: number[] = [];
  const now: number[] = [];
  for (const [index, { part }] of candidates.entries()) {
    for (const file of part.files) {
      then.push(index);
      now.push(view.files[file]?.component ?? -1);
    }
  }
  if (then.length === 0 || now.every((component) => component < 0)) return null;
  return { moves: mojoDistance(then, now), files: then.length, similarity: mojoFm(then, now) };
}
