/** Modules, what they show and what they use, as the code is now: the first drystone.yaml of a system that has none. */
import { moduleIndex } from "#check/index.js";
import { isKindOfClass, isSortedByKind } from "#collect/folders/index.js";
import { type ModuleDraft, moduleDraft } from "#collect/foreign-rules/index.js";
import type { ImportGraph } from "#model/facts.js";
import type { ModuleFact, Policy } from "#model/modules.js";
import { shortName } from "#model/refs.js";
import { isGlob } from "#util/globs.js";

export interface PolicyDraft {
  readonly modules: readonly DraftedModule[];
  /** High to low; empty where the modules use each other in circles, or are too few or too flat for layers. */
  readonly layers: readonly string[];
  /** Why there are no layers; null where there are. */
  readonly withoutLayers: string | null;
}

export interface DraftedModule extends ModuleDraft {
  /** Lines to stand above it. */
  readonly comments: readonly string[];
}

/** More entries than that say nothing to a reader. */
const mostPublic = 20;
const mostLayers = 6;

/** @param policy inferred. @param graphs of the same files. @param prefixed with the repository in front of paths, where there are several. */
export function draftPolicy(policy: Policy, graphs: readonly ImportGraph[], prefixed: boolean): PolicyDraft {
  const edges = edgesOf(policy, graphs);
  const uses = usesOf(edges);
  const layers = layersOf(policy.modules, uses);
  return {
    modules: policy.modules
      .filter((module) => module.paths.some((path) => !isGlob(path)))
      .map((module) => drafted(module, { edges, uses, layers, prefixed, files: filesOf(graphs, module.repository) })),
    layers: layers.names,
    withoutLayers: layers.reason,
  };
}

interface Edge {
  readonly from: ModuleFact;
  readonly to: ModuleFact;
  /** Imported file, relative to its repository. */
  readonly file: string;
  readonly isType: boolean;
}

function edgesOf({ modules }: Policy, graphs: readonly ImportGraph[]): readonly Edge[] {
  const index = moduleIndex(modules);
  const edges: Edge[] = [];
  for (const { repository, files, from, to, kinds } of graphs) {
    const homes = files.map((file) => index.of(repository, file));
    const tests = files.map((file) => index.isTest(repository, file));
    for (const [at, source] of from.entries()) {
      const target = to[at] ?? 0;
      const [user, used] = [homes[source] ?? null, homes[target] ?? null];
      if (user === null || used === null || user === used || tests[source] === true) continue;
      edges.push({ from: user, to: used, file: files[target] ?? "", isType: kinds[at] === "type" });
    }
  }
  return edges;
}

type Uses = ReadonlyMap<ModuleFact, ReadonlySet<ModuleFact>>;

function usesOf(edges: readonly Edge[]): Uses {
  const uses = new Map<ModuleFact, Set<ModuleFact>>();
  for (const { from, to } of edges) uses.set(from, (uses.get(from) ?? new Set()).add(to));
  return uses;
}

interface Code {
  readonly edges: readonly Edge[];
  readonly uses: Uses;
  readonly layers: Layers;
  readonly prefixed: boolean;
  /** Source of the repository. */
  readonly files: readonly string[];
}

function filesOf(graphs: readonly ImportGraph[], repository: string): readonly string[] {
  return graphs.find((graph) => graph.repository === repository)?.files ?? [];
}

function drafted(module: ModuleFact, { edges, uses, layers, prefixed, files }: Code): DraftedModule {
  const folder = module.paths.find((path) => !isGlob(path)) ?? "";
  const match = prefixed ? `${module.repository}/${folder}`.replace(/\/$/, "") : folder === "" ? "." : folder;
  const face = publicOf(module, folder, edges);
  const [owner] = module.owners;
  return {
    ...moduleDraft(module.name, [match], {
      public: face.globs,
      uses: [...(uses.get(module) ?? [])].map(({ name }) => name).sort(),
      visibleTo: isUsedFromOutside(module, edges) ? ["*"] : null,
      layer: layers.of.get(module) ?? null,
      owner: owner === undefined ? null : owner.startsWith("group:default/") ? shortName(owner) : owner,
    }),
    comments: [face.comment, domainsComment(folder, files)].flatMap((comment) => comment ?? []),
  };
}

/** Who says nothing else lets a module inside of another be used in there only. */
function isUsedFromOutside(module: ModuleFact, edges: readonly Edge[]): boolean {
  const around = module.parent;
  return around !== null && edges.some(({ from, to }) => to === module && from.ref !== around && from.parent !== around);
}

/** What others import now: nothing said where package exports or an index file say it already, and hold. */
function publicOf(
  module: ModuleFact,
  folder: string,
  edges: readonly Edge[],
): { readonly globs: readonly string[] | null; readonly comment: string | null } {
  const files = new Set(edges.filter(({ to }) => to === module).map(({ file }) => file));
  const known = new Set(module.faces.flatMap(({ files: own }) => own));
  if (module.faceSource !== "open" && [...files].every((file) => known.has(file))) return { globs: null, comment: null };
  if (files.size === 0) return { globs: null, comment: null };
  const outside = [...files].filter((file) => folder !== "" && !file.startsWith(`${folder}/`));
  const relative = [...files]
    .filter((file) => !outside.includes(file))
    .map((file) => (folder === "" ? file : file.slice(folder.length + 1)))
    // Imported as a whole, whatever file the import was led to.
    .map((file) => file.replace(/[^/]{1,300}(\.(?:go|cs))$/, "*$1"));
  const globs = relative.some((path) => /[?{}!]|\*(?!\.(?:go|cs)$)/.test(path))
    ? ["**"]
    : compressed([...new Set(relative)].sort());
  if (globs.length <= mostPublic && outside.length === 0) return { globs, comment: null };
  return { globs: ["**"], comment: `${files.size} of its files are used by others: everything is public until you say less.` };
}

/** Folders of which several files are used stand for their files. */
function compressed(files: readonly string[]): readonly string[] {
  if (files.length <= 8) return files;
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "";
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders].flatMap(([folder, own]) => (own.length > 3 && folder !== "" ? [`${folder}/*`] : own)).sort();
}

const shownDomains = 8;

/** What to make of a folder that is sorted by kind of class and not by domain; null for others. */
function domainsComment(folder: string, files: readonly string[]): string | null {
  const folders = new Set<string>();
  const domains = new Map<string, Set<string>>();
  for (const file of files) {
    if (!file.startsWith(`${folder}/`)) continue;
    const [kind = "", domain, ...rest] = file.slice(folder.length + 1).split("/");
    if (domain !== undefined) folders.add(kind);
    if (domain === undefined || !isKindOfClass(kind)) continue;
    if (rest.length > 0 && !isKindOfClass(domain)) domains.set(domain, (domains.get(domain) ?? new Set()).add(kind));
  }
  if (!isSortedByKind([...folders])) return null;
  const kinds = [...folders].filter(isKindOfClass).sort();
  const shared = [...domains].filter(([, own]) => own.size > 1).map(([domain]) => domain);
  const found =
    shared.length === 0
      ? "no name stands in two of them"
      : `names that stand in several of them: ${shared.sort().slice(0, shownDomains).join(", ")}${shared.length > shownDomains ? ", …" : ""}`;
  return `Sorted by kind of class (${kinds.slice(0, 3).join(", ")}, …), not by domain; ${found}. A domain is a module as \`match: "${folder}/*/NAME"\`.`;
}

interface Layers {
  readonly names: readonly string[];
  readonly of: ReadonlyMap<ModuleFact, string>;
  readonly reason: string | null;
}

/** Levels by the longest way down; none where the modules use each other in circles. */
function layersOf(modules: readonly ModuleFact[], uses: Uses): Layers {
  if (modules.length < 3) return without("there are fewer than three modules");
  const depths = new Map<ModuleFact, number>();
  const open = new Set<ModuleFact>();
  const depthOf = (module: ModuleFact): number => {
    const known = depths.get(module);
    if (known !== undefined) return known;
    if (open.has(module) || open.size > 500) return Number.NaN;
    open.add(module);
    let depth = 0;
    for (const used of uses.get(module) ?? []) depth = Math.max(depth, depthOf(used) + 1);
    open.delete(module);
    depths.set(module, depth);
    return depth;
  };
  for (const module of modules)
    if (Number.isNaN(depthOf(module))) return without("modules use each other in circles (drystone check shows them)");
  const deepest = Math.max(...depths.values());
  if (deepest === 0) return without("no module uses another");
  if (deepest >= mostLayers)
    return without(`the longest chain of modules has ${deepest + 1} links: name the layers that you mean`);
  const nameOf = (depth: number) => `level-${deepest - depth + 1}`;
  return {
    names: Array.from({ length: deepest + 1 }, (_, index) => `level-${index + 1}`),
    of: new Map([...depths].map(([module, depth]) => [module, nameOf(depth)])),
    reason: null,
  };
}

function without(reason: string): Layers {
  return { names: [], of: new Map(), reason };
}
