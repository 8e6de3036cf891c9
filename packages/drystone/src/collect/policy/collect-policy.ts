/** The modules of a system and what they may use: as `drystone.yaml` and `module.yml` say, else inferred. */
import {
  fill,
  moduleFileSchema,
  policyKeys,
  type RawDependency,
  type RawModule,
  type RawStatements,
  readDocument,
  type SystemDeclaration,
  validateAs,
} from "#collect/config/index.js";
import type { FileTree } from "#collect/files/index.js";
import { componentOwnership, type OwnerRefs } from "#derive/ownership/index.js";
import type { ComponentFact, OwnershipRule, Problem, SourceFact } from "#model/facts.js";
import type { DeclaredUse, LayerFact, ModuleFact, Policy, PolicyPlace, Selector, SelectorRule } from "#model/modules.js";
import { componentRef, type Ref } from "#model/refs.js";
import { closest } from "#util/closest.js";
import { countBefore } from "#util/count-before.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { isGlob } from "#util/globs.js";
import { declaredFaces, inferredFaces } from "./faces.js";
import { inferModules } from "./inferred-modules.js";
import { type ModulePlace, modulePlaces, type PlacedPaths } from "./module-places.js";
import { ruleInstances } from "./rule-captures.js";
import { type Names, selectorOf, useOf } from "./selectors.js";

export interface PolicySources {
  readonly declaration: SystemDeclaration;
  readonly trees: readonly FileTree[];
  /** Declared components; modules and libraries among them count as modules too. */
  readonly components: readonly ComponentFact[];
  readonly ownershipRules: readonly OwnershipRule[];
  readonly ownerRefs: OwnerRefs;
}

export interface CollectedPolicy {
  readonly policy: Policy;
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

/** @throws UsageError (DS-C02, DS-C03, DS-C05) for a module, layer, tag or interface that is not there: a rule that is half understood would be silently green. */
export function collectPolicy(sources: PolicySources): CollectedPolicy {
  const { declaration, trees } = sources;
  const { policy: written, config } = declaration;
  const places = trees.map(
    (tree): PlacedPaths => ({
      repository: tree.repository,
      prefix: trees.length > 1 ? tree.repository : "",
      paths: tree.paths,
    }),
  );
  const drafts = [...declaredDrafts(sources, places), ...componentDrafts(sources)];
  const isDeclared = drafts.length > 0;
  const modules = unique(isDeclared ? drafts : inferredDrafts(places));
  const files = moduleFiles(modules, trees);
  const layers = written.layers.map(layerOf);
  const names: Names = {
    modules: new Set(modules.map(({ name }) => name)),
    tags: new Set([...modules, ...files.values()].flatMap(({ statements: { tags = [] } }) => tags)),
    layers: new Set(layers.flatMap((layer) => layer.names)),
  };
  const context: Context = { sources, names, layers, file: config.file ?? "drystone.yaml" };
  const facts = withParents(
    modules.map((draft) => moduleOf(draft, files.get(draft) ?? null, context)),
    new Set(modules.flatMap(({ from, name }) => (from === "modules" ? componentRef(name) : []))),
  );
  checkFaces(facts);
  const settings = written.rules;
  return {
    policy: {
      file: config.file,
      declared: isDeclared,
      modules: withInherited(facts, names),
      unmatched: unmatchedEntries(sources, drafts),
      layers,
      rules: written.rules.flatMap((rule, index) => [
        ...instancesOf(rule.deny, places).map((one) => ruleOf("deny", one, index, context)),
        ...instancesOf(rule.allow, places).map((one) => ruleOf("allow", one, index, context)),
      ]),
      types: settings.findLast(({ types }) => types !== undefined)?.types ?? "warn",
      tests: settings.findLast(({ tests }) => tests !== undefined)?.tests ?? "ignore",
      enforce: Object.assign({}, ...settings.map(({ enforce }) => enforce ?? {})) as Policy["enforce"],
    },
    sources: [...files.values()].map(({ tree, path }) => ({
      kind: "config",
      repository: tree.repository,
      path,
      read: true,
      facts: 1,
      problem: null,
      window: null,
    })),
    problems: [],
  };
}

/** A module before names in it are looked up. */
interface Draft {
  readonly name: string;
  readonly repository: string;
  readonly paths: readonly string[];
  readonly captured: ReadonlyMap<string, string>;
  readonly statements: RawStatements;
  /** Line of a key of the statements. */
  readonly lineOf: (path: readonly PropertyKey[]) => { readonly line: number; readonly text: string };
  readonly place: PolicyPlace | null;
  readonly owners: readonly Ref[];
  readonly from: "modules" | "components" | "inferred";
}

/** Entries of `modules` that make no module. */
function unmatchedEntries({ declaration: { policy, config } }: PolicySources, drafts: readonly Draft[]): Policy["unmatched"] {
  const found = new Set(drafts.map(({ place }) => place?.line));
  return policy.modules.flatMap((module, index) => {
    const { line } = policy.placeOf(["modules", index]);
    if (found.has(line)) return [];
    return [{ text: list(module.match).join(", "), place: { file: config.file ?? "drystone.yaml", line } }];
  });
}

interface Context {
  readonly sources: PolicySources;
  readonly names: Names;
  readonly layers: readonly LayerFact[];
  readonly file: string;
}

function declaredDrafts({ declaration: { policy, config } }: PolicySources, places: readonly PlacedPaths[]): Draft[] {
  return modulePlaces(policy.modules, places).map((place: ModulePlace): Draft => {
    const { name: _name, match: _match, ...statements }: RawModule = policy.modules[place.index] ?? { match: "" };
    const lineOf = (path: readonly PropertyKey[]) => policy.placeOf(["modules", place.index, ...path]);
    return {
      name: place.name,
      repository: place.repository,
      paths: place.paths,
      captured: place.captured,
      statements,
      lineOf,
      place: { file: config.file ?? "drystone.yaml", line: lineOf([]).line },
      owners: [],
      from: "modules",
    };
  });
}

/** Declared components of kind module and library, where `modules` does not speak about the same name. */
function componentDrafts({ components }: PolicySources): Draft[] {
  return components
    .filter(({ kind, built, declared }) => declared && built && (kind === "module" || kind === "library"))
    .map((component): Draft => {
      const [evidence] = component.evidence;
      const line = evidence && "line" in evidence ? evidence.line : 1;
      const file = evidence && "file" in evidence ? evidence.file : "drystone.yaml";
      return {
        name: component.name,
        repository: component.repository,
        paths: component.paths,
        captured: new Map(),
        statements: {},
        lineOf: () => ({ line, text: `${file}:${line}` }),
        place: { file, line },
        owners: component.declaredOwners.map(({ ref }) => ref),
        from: "components",
      };
    });
}

function inferredDrafts(places: readonly PlacedPaths[]): Draft[] {
  return places.flatMap(({ repository, prefix, paths }) =>
    inferModules(paths).map(
      ({ name, folder }): Draft => ({
        name: prefix === "" ? name : `${prefix}/${name}`,
        repository,
        paths: [folder],
        captured: new Map(),
        statements: {},
        lineOf: () => ({ line: 1, text: folder }),
        place: null,
        owners: [],
        from: "inferred",
      }),
    ),
  );
}

/** A name of `modules` goes before the same name of a component, and one that is written out before the same name from a capture. */
function unique(drafts: readonly Draft[]): Draft[] {
  const found = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = componentRef(draft.name);
    const before = found.get(key);
    if (!before) found.set(key, draft);
    else if (draft.from === "modules" && before.captured.size > 0 === draft.captured.size > 0) {
      const paths = [...before.paths, ...draft.paths].join(", ");
      throw new UsageError(
        "DS-C05",
        printable(`${draft.lineOf([]).text}: two modules are called ${JSON.stringify(draft.name)} (${paths})`),
        "give one of them a name",
      );
    } else if (draft.from === "modules") {
      if (before.captured.size > 0) found.set(key, draft);
    } else if (draft.from === "components") found.set(key, { ...before, owners: [...before.owners, ...draft.owners] });
    else found.set(key, { ...before, paths: [...new Set([...before.paths, ...draft.paths])] });
  }
  return [...found.values()];
}

interface ModuleFile {
  readonly path: string;
  readonly tree: FileTree;
  readonly statements: RawStatements;
  readonly lineOf: Draft["lineOf"];
}

/** `module.yml` in the folder of a module: its team owns what it says. */
function moduleFiles(drafts: readonly Draft[], trees: readonly FileTree[]): ReadonlyMap<Draft, ModuleFile> {
  const found = new Map<Draft, ModuleFile>();
  for (const tree of trees) {
    const present = tree.paths.filter((path) => /(?:^|\/)module\.ya?ml$/.test(path));
    if (present.length === 0) continue;
    const texts = tree.read(present);
    for (const draft of drafts) {
      if (draft.repository !== tree.repository || draft.place === null) continue;
      const path = draft.paths
        .flatMap((folder) => ["module.yml", "module.yaml"].map((name) => (folder === "" ? name : `${folder}/${name}`)))
        .find((one) => texts.has(one));
      if (path === undefined) continue;
      const document = readDocument(path, texts.get(path) ?? "");
      const statements = validateAs(moduleFileSchema, document, policyKeys) ?? {};
      found.set(draft, { path, tree, statements, lineOf: (at) => document.placeOf(at) });
    }
  }
  return found;
}

function layerOf(written: string | { readonly name: string; readonly closed?: boolean | undefined }): LayerFact {
  const name = typeof written === "string" ? written : written.name;
  return {
    names: name
      .split("|")
      .map((one) => one.trim())
      .filter(Boolean),
    closed: typeof written !== "string" && written.closed === true,
  };
}

/** What module.yml says replaces what drystone.yaml says under the same key. */
function moduleOf(draft: Draft, own: ModuleFile | null, context: Context): ModuleFact {
  const { sources, names, file } = context;
  const statements: RawStatements = { ...draft.statements, ...own?.statements };
  const at = (path: readonly PropertyKey[]) => {
    const [key = ""] = path;
    return own && Object.hasOwn(own.statements, key) ? own.lineOf(path) : draft.lineOf(path);
  };
  const filled = (text: string) => fill(text, draft.captured);
  const fileOf = (key: keyof RawStatements) => (own?.statements[key] === undefined ? file : own.path);
  const selector = (text: string, path: readonly PropertyKey[]) => selectorOf(filled(text), names, () => at(path).text, false);
  const tree = sources.trees.find(({ repository }) => repository === draft.repository);
  const faces =
    statements.public !== undefined
      ? declaredFaces(
          statements.public,
          draft.paths,
          (text, face) => selector(text, ["public", face, "to"]),
          (path) => ({ file: fileOf("public"), line: at(["public", ...path]).line }),
        )
      : inferredFaces(
          draft.paths,
          pathSet(tree),
          (path) => tree?.read([path], { quiet: true }).get(path),
          draft.from === "modules",
        );
  if (statements.layer !== undefined && !names.layers.has(filled(statements.layer))) {
    const meant = closest(statements.layer, [...names.layers]);
    throw new UsageError(
      "DS-C05",
      printable(`${at(["layer"]).text}: no layer is called ${JSON.stringify(statements.layer)}`),
      printable(meant === null ? `add it to layers in ${file}` : `did you mean ${meant}?`),
    );
  }
  return {
    ref: componentRef(draft.name),
    name: draft.name,
    repository: draft.repository,
    paths: draft.paths,
    place: draft.place,
    parent: null,
    ...faces,
    uses:
      statements.uses === undefined
        ? null
        : statements.uses.map((text, index) => declaredUse(filled(text), names, fileOf("uses"), at(["uses", index]))),
    visibleTo:
      statements.visibleTo === undefined
        ? null
        : list(statements.visibleTo).map((text, index) => selector(text, ["visibleTo", index])),
    layer: statements.layer === undefined ? null : filled(statements.layer),
    utility: statements.utility ?? false,
    tags: statements.tags ?? [],
    owners: ownersOf(draft, statements, tree, sources),
    enforce: statements.enforce ?? {},
    tables: list(statements.tables).map(filled),
  };
}

const pathSets = new WeakMap<FileTree, ReadonlySet<string>>();

function pathSet(tree: FileTree | undefined): ReadonlySet<string> {
  if (!tree) return new Set();
  let known = pathSets.get(tree);
  if (!known) pathSets.set(tree, (known = new Set(tree.paths)));
  return known;
}

function declaredUse(
  text: string,
  names: Names,
  file: string,
  at: { readonly line: number; readonly text: string },
): DeclaredUse {
  return useOf(text, names, () => at.text, { file, line: at.line });
}

function ownersOf(
  draft: Draft,
  { owner }: RawStatements,
  tree: FileTree | undefined,
  { ownershipRules, ownerRefs }: PolicySources,
): readonly Ref[] {
  if (owner !== undefined) return list(owner).flatMap((text) => ownerRefs(fill(text, draft.captured), "github") ?? []);
  if (draft.owners.length > 0) return [...new Set(draft.owners)];
  if (ownershipRules.length === 0 || !tree) return [];
  const files = draft.paths.flatMap((folder) => (isGlob(folder) ? [] : filesIn(tree.paths, folder)));
  return componentOwnership(asComponent(draft), files, ownershipRules, ownerRefs).declared.map(({ ref }) => ref);
}

/** Of sorted paths those at or below a folder. */
function filesIn(paths: readonly string[], folder: string): readonly string[] {
  if (folder === "") return paths;
  const from = firstAtLeast(paths, folder);
  return paths
    .slice(from, firstAtLeast(paths, `${folder}0`))
    .filter((path) => path.length === folder.length || path[folder.length] === "/");
}

function firstAtLeast(paths: readonly string[], text: string): number {
  return countBefore(paths.length, (index) => (paths[index] ?? "") < text);
}

function asComponent({ name, repository, paths }: Draft): ComponentFact {
  return {
    ref: componentRef(name),
    name,
    kind: "module",
    built: true,
    partOf: null,
    repository,
    paths,
    aliases: [],
    technology: null,
    declaredOwners: [],
    declared: true,
    inferredFrom: [],
    evidence: [],
  };
}

/** The module with the longest path around each. A module of `modules` inside another is visible to that one, unless it says to whom. */
function withParents(modules: readonly ModuleFact[], nestable: ReadonlySet<Ref>): ModuleFact[] {
  const byFolder = new Map<string, ModuleFact>();
  for (const module of modules) for (const path of module.paths) byFolder.set(`${module.repository}\n${path}`, module);
  return modules.map((module) => {
    const [path = ""] = module.paths;
    for (let folder = above(path); folder !== null; folder = above(folder)) {
      const parent = byFolder.get(`${module.repository}\n${folder}`);
      if (!parent || parent === module) continue;
      const isHidden = module.visibleTo === null && nestable.has(module.ref) && nestable.has(parent.ref);
      const within: Selector = { of: "module", value: parent.name, not: false };
      return { ...module, parent: parent.ref, visibleTo: isHidden ? [within] : module.visibleTo };
    }
    return module;
  });
}

function above(path: string): string | null {
  if (path === "") return null;
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** A module that says no layer is in the layer of its name, else in that of the module around it, whose owner it has too unless it names one. */
function withInherited(modules: readonly ModuleFact[], { layers }: Names): ModuleFact[] {
  const byRef = new Map(modules.map((module) => [module.ref, module]));
  const layerFor = (module: ModuleFact, depth: number): string | null => {
    if (module.layer !== null) return module.layer;
    if (layers.has(module.name)) return module.name;
    const parent = module.parent === null ? undefined : byRef.get(module.parent);
    return parent && depth < 50 ? layerFor(parent, depth + 1) : null;
  };
  const ownersFor = (module: ModuleFact, depth: number): readonly Ref[] => {
    const parent = module.parent === null ? undefined : byRef.get(module.parent);
    return module.owners.length > 0 || !parent || depth >= 50 ? module.owners : ownersFor(parent, depth + 1);
  };
  return modules.map((module) => ({ ...module, layer: layerFor(module, 0), owners: ownersFor(module, 0) }));
}

/** `orders::event` names no interface of orders: most likely misspelt, and never fulfilled. */
function checkFaces(modules: readonly ModuleFact[]): void {
  const byName = new Map(modules.map((module) => [module.name, module]));
  for (const { name, uses } of modules) {
    for (const { text, selector, face, place } of uses ?? []) {
      const target = selector.of === "module" ? byName.get(selector.value) : undefined;
      if (face === null || !target || target.faces.some((one) => one.name === face)) continue;
      const known = target.faces.map((one) => one.name);
      const meant = closest(face, known);
      throw new UsageError(
        "DS-C05",
        printable(
          `${place.file}:${place.line}: ${name} uses ${JSON.stringify(text)}, and ${target.name} has no interface of that name`,
        ),
        printable(
          meant === null
            ? `known: ${known.join(", ") || "none; name it under public"}`
            : `did you mean ${target.name}::${meant}?`,
        ),
      );
    }
  }
}

function instancesOf(rule: RawDependency | undefined, places: readonly PlacedPaths[]): readonly RawDependency[] {
  return rule === undefined ? [] : ruleInstances(rule, places.flatMap(({ paths }) => paths).sort());
}

function ruleOf(
  effect: "deny" | "allow",
  written: RawDependency,
  index: number,
  { sources, names, file }: Context,
): SelectorRule {
  const at = (key: "from" | "to", item: number) => sources.declaration.policy.placeOf(["rules", index, effect, key, item]).text;
  const selectors = (key: "from" | "to"): Selector[] => {
    const found = list(written[key]).map((text, item) => selectorOf(text, names, () => at(key, item), true));
    return found[0]?.not ? [{ of: "any", value: "*", not: false }, ...found] : found;
  };
  return {
    effect,
    from: selectors("from"),
    to: selectors("to"),
    fromText: list(written.from).join(", "),
    toText: list(written.to).join(", "),
    kinds: written.kinds ?? null,
    transitive: written.transitive ?? false,
    why: written.why ?? null,
    see: written.see ?? null,
    enforce: written.enforce ?? null,
    place: { file, line: sources.declaration.policy.placeOf(["rules", index]).line },
  };
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}
