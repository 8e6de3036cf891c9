/** Reads drystone.yaml: what cannot be inferred from the repositories. */

import { ownerRefs } from "#derive/ownership/index.js";
import {
  type AnswerFact,
  answerable,
  type ComponentFact,
  type DeclaredOwner,
  type OwnershipRule,
  type Problem,
  type SourceFact,
  type SystemConfig,
  type TeamFact,
} from "#model/facts.js";
import { componentRef, groupRef, parseRef, refName } from "#model/refs.js";
import type { WorkStates } from "#model/running.js";
import { UsageError } from "#util/errors.js";
import type { FileTree } from "../files/index.js";
import { type ConfigDocument, type Path, type Place, readDocument } from "./document.js";
import { alternatives, expansions, fill, hasCapture, trimmed } from "./globs.js";
import type { RawLayer, RawModule, RawRule } from "./policy-schema.js";
import type { RawConfig } from "./schema.js";
import { validate } from "./validate.js";

/** A value that another part of the product reads; JSON, not checked here. */
export interface KeptValue {
  readonly value: unknown;
  readonly line: number;
}

/** `modules`, `layers` and `rules` as written. */
export interface DeclaredPolicy {
  readonly modules: readonly RawModule[];
  readonly layers: readonly RawLayer[];
  readonly rules: readonly RawRule[];
  /** Where a value below one of the three stands, as `file:line:column` and line. */
  readonly placeOf: (path: Path, of?: "key" | "value") => Place;
}

export interface SystemDeclaration {
  readonly config: SystemConfig;
  /** In file order, with captures filled in; `declared` is true. */
  readonly components: readonly ComponentFact[];
  readonly teams: readonly TeamFact[];
  /** `owners`, in file order, as rules of the GitHub dialect; their file is the configuration. They go before CODEOWNERS. */
  readonly ownershipRules: readonly OwnershipRule[];
  readonly system: string | null;
  /** Folders relative to the file, below it. */
  readonly repositories: readonly string[];
  readonly policy: DeclaredPolicy;
  readonly units: ReadonlyMap<string, KeptValue>;
  /** Files relative to the configuration. */
  readonly inputs: DeclaredInputs;
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

interface DeclaredInputs {
  readonly traces: readonly string[];
  readonly deploys: readonly string[];
  readonly work: readonly string[];
  readonly load: readonly string[];
  readonly states: WorkStates | null;
}

const names = ["drystone.yaml", "drystone.yml"];

/**
 * The declaration at the root of a tree, or at another path of it; empty when there is none.
 *
 * ```yaml
 * system: shop
 * components:
 *   orders: { paths: [services/orders/**], kind: service, owner: team-orders, aliases: [orders-api] }
 *   "{name}": { match: "services/{name}" }          # one component per folder
 * teams:
 *   team-orders: { members: [ada@example.com, "@grace", { id: joan, from: 2026-01-01 }], functions: [backend], mission: …, parent: sales }
 * owners: { "services/orders/**": team-orders, "services/orders/vendor/**": }   # last match wins; nothing clears
 * aliases: { people: [[ada, ada@example.com, lovelace@example.org]], bots: [deploy-script] }
 * thresholds: { A1.tHi: { value: 0.3, reason: releases are monthly } }
 * people: teams
 * distribution: bundled
 * answers: { payments: { owner: { answer: yes, by: team-money, on: 2026-01-31, why: … } } }
 * ```
 * @throws UsageError (DS-C01 … DS-C04) with file, line, column, value and fix: a configuration that is half understood would be worse than none.
 */
export function readConfig(tree: FileTree, at?: string): SystemDeclaration {
  const present = at === undefined ? names.filter((name) => tree.paths.includes(name)) : [at];
  const [file] = present;
  if (file === undefined) return empty;
  const text = tree.read([file]).get(file);
  if (text === undefined || !tree.paths.includes(file)) {
    const why = tree.problems.find(({ path }) => path === file)?.message ?? `${file}: cannot be read as text`;
    throw new UsageError(
      "DS-C04",
      why,
      at !== undefined
        ? "pass the path of a drystone.yaml"
        : why.endsWith("missing")
          ? `git restore ${file}, or git rm --cached ${file} to do without it`
          : "make it a text file below 512 kB",
    );
  }
  const document = readDocument(file, text);
  const raw = validate(document);
  const declaration = declared(raw, { document, tree, problems: unusedFiles(present) });
  const facts = declaration.components.length + declaration.teams.length + declaration.ownershipRules.length;
  const source: SourceFact = {
    kind: "config",
    repository: tree.repository,
    path: file,
    read: true,
    facts,
    problem: null,
    window: null,
  };
  return { ...declaration, sources: [source] };
}

const empty: SystemDeclaration = {
  config: { file: null, people: null, personAliases: [], bots: [], ticketPattern: null, thresholds: {} },
  components: [],
  teams: [],
  ownershipRules: [],
  system: null,
  repositories: [],
  policy: { modules: [], layers: [], rules: [], placeOf: () => ({ text: "drystone.yaml:1:1", line: 1, offset: 0 }) },
  units: new Map(),
  inputs: { traces: [], deploys: [], work: [], load: [], states: null },
  sources: [],
  problems: [],
};

function unusedFiles([used, ...others]: readonly string[]): Problem[] {
  return others.map((path) => ({ path, line: null, message: `${path} is ignored: ${used} is used`, hint: "keep one of them" }));
}

interface Context {
  readonly document: ConfigDocument;
  readonly tree: FileTree;
  readonly problems: Problem[];
}

function declared(raw: RawConfig, context: Context): Omit<SystemDeclaration, "sources"> {
  const { document } = context;
  const repositories = repositoriesOf(raw, document);
  const teams = teamsOf(raw, context);
  const components = componentsOf(raw, teams, context);
  const ownershipRules = rulesOf(raw, repositories, context);
  reportUnknownTeams(raw, components, context);
  const units = Object.entries(raw.units ?? {}).map(
    ([name, value]) => [name, { value, line: document.placeOf(["units", name], "key").line }] as const,
  );
  return {
    config: {
      file: document.file,
      people: raw.people ?? null,
      personAliases: raw.aliases?.people ?? [],
      bots: raw.aliases?.bots ?? [],
      ticketPattern: typeof raw.system === "object" ? (raw.system.tickets ?? null) : null,
      thresholds: raw.thresholds ?? {},
      distribution: raw.distribution ?? null,
      answers: answersOf(raw, context),
    },
    components,
    teams,
    ownershipRules,
    system: typeof raw.system === "object" ? raw.system.name : (raw.system ?? null),
    repositories,
    policy: {
      modules: raw.modules ?? [],
      layers: raw.layers ?? [],
      rules: raw.rules ?? [],
      placeOf: (path, of) => document.placeOf(path, of),
    },
    units: new Map(units),
    inputs: inputsOf(raw.inputs),
    problems: context.problems,
  };
}

function answersOf(raw: RawConfig, { document, tree }: Context): readonly AnswerFact[] {
  return Object.entries(raw.answers ?? {}).flatMap(([part, questions]) =>
    answerable.flatMap((question): AnswerFact[] => {
      const given = questions[question];
      if (given === undefined) return [];
      return [
        {
          part,
          question,
          answer: given.answer === "yes" || given.answer === true ? "yes" : "no",
          by: given.by,
          on: given.on,
          until: given.until ?? null,
          why: given.why,
          evidence: declaration(document, tree, ["answers", part, question]),
        },
      ];
    }),
  );
}

function inputsOf(inputs: RawConfig["inputs"]): DeclaredInputs {
  const { states } = inputs ?? {};
  return {
    traces: list(inputs?.traces),
    deploys: list(inputs?.deploys),
    work: list(inputs?.work),
    load: list(inputs?.load),
    states:
      states === undefined
        ? null
        : { active: list(states.active), waiting: list(states.waiting), done: list(states.done), teams: states.teams ?? {} },
  };
}

/** A repository under analysis must not lead the tool to others that happen to lie beside it. */
function repositoriesOf(raw: RawConfig, document: ConfigDocument): readonly string[] {
  return (raw.repositories ?? []).map((path, index) => {
    const escapes = /^(?:\/|\\|~|[A-Za-z]:|[a-z+]+:\/\/)/.test(path) || path.split(/[\\/]/).includes("..");
    if (!escapes) return trimmed(path);
    const place = document.placeOf(["repositories", index]).text;
    throw new UsageError(
      "DS-C03",
      `${place}: repositories.${index} is ${JSON.stringify(path)}`,
      "list folders below this file; give others on the command line",
    );
  });
}

function teamsOf(raw: RawConfig, { document, tree }: Context): readonly TeamFact[] {
  return Object.entries(raw.teams ?? {}).map(([name, team]) => ({
    ref: groupRef(name),
    name,
    parent: team?.parent === undefined ? null : parseRef(team.parent, "group"),
    members: (team?.members ?? []).map((member) =>
      typeof member === "string"
        ? { id: member, from: null, to: null }
        : { id: member.id, from: member.from ?? null, to: member.to ?? null },
    ),
    functions: team?.functions ?? [],
    mission: team?.mission ?? null,
    source: "declared",
    evidence: [declaration(document, tree, ["teams", name])],
  }));
}

function declaration(
  document: ConfigDocument,
  tree: FileTree,
  path: readonly PropertyKey[],
  text = String(path.at(-1)),
): AnswerFact["evidence"] {
  return {
    type: "declaration",
    repository: tree.repository,
    file: document.file,
    line: document.placeOf(path, "key").line,
    text,
  };
}

type RawComponent = NonNullable<NonNullable<RawConfig["components"]>[string]>;

/** A name that is written out goes before the same name from a capture. */
function componentsOf(raw: RawConfig, teams: readonly TeamFact[], context: Context): readonly ComponentFact[] {
  const entries = Object.entries(raw.components ?? {});
  const literal = new Set(entries.map(([name]) => refName(name)));
  const refOf = ownerRefs([], teams);
  const found = new Map<string, ComponentFact>();
  for (const [name, entry] of entries) {
    for (const { glob: filled, captured, globs } of instancesOf(name, entry ?? {}, context)) {
      if (hasCapture(name) && literal.has(refName(filled))) continue;
      const component = componentOf(filled, entry ?? {}, globs, captured, [name, refOf], context);
      const known = found.get(component.ref);
      found.set(
        component.ref,
        known ? { ...known, paths: [...new Set([...known.paths, ...component.paths])].sort() } : component,
      );
    }
  }
  return [...found.values()];
}

interface Instance {
  /** The name, filled in. */
  readonly glob: string;
  readonly captured: ReadonlyMap<string, string>;
  readonly globs: readonly string[];
}

function instancesOf(name: string, entry: RawComponent, { document, tree, problems }: Context): readonly Instance[] {
  const globs = [...list(entry.paths), ...list(entry.match)].flatMap(alternatives);
  const plain = globs.filter((glob) => !hasCapture(glob));
  const filled = globs.filter(hasCapture).flatMap((glob) => expansions(glob, tree.paths));
  if (!hasCapture(name)) return [{ glob: name, captured: new Map(), globs: [...plain, ...filled.map(({ glob }) => glob)] }];
  if (filled.length === 0) {
    const { line } = document.placeOf(["components", name], "key");
    problems.push({
      path: document.file,
      line,
      message: `components.${name} matches no folder`,
      hint: "name the capture in paths, as in services/{name}",
    });
  }
  return filled.map(({ glob, captured }) => ({ glob: fill(name, captured), captured, globs: [glob] }));
}

function componentOf(
  name: string,
  entry: RawComponent,
  globs: readonly string[],
  captured: ReadonlyMap<string, string>,
  [key, refOf]: readonly [string, ReturnType<typeof ownerRefs>],
  { document, tree, problems }: Context,
): ComponentFact {
  const evidence = declaration(document, tree, ["components", key], name);
  const ownerEvidence = declaration(document, tree, ["components", key, "owner"], `owner of ${name}`);
  const owners = list(entry.owner)
    .map((owner) => refOf(fill(owner, captured), "github"))
    .filter((ref) => ref !== null);
  const paths = [...new Set(globs.map(folderOf))].sort();
  const elsewhere = entry.repository !== undefined && entry.repository !== tree.repository;
  const isThere = elsewhere || paths.some((path) => hasFiles(path, tree.paths));
  if (paths.length > 0 && !isThere) {
    const { line } = document.placeOf(["components", key], "key");
    problems.push({
      path: document.file,
      line,
      message: `components.${key}: no file under ${paths.join(", ")}`,
      hint: "correct the path or take it out",
    });
  }
  return {
    ref: componentRef(name),
    name,
    kind: entry.kind ?? "service",
    built: entry.kind !== "external" && paths.length > 0 && isThere,
    partOf: entry.partOf === undefined ? null : parseRef(fill(entry.partOf, captured), "component"),
    repository: entry.repository ?? tree.repository,
    paths,
    aliases: (entry.aliases ?? []).map((alias) => fill(alias, captured)),
    technology: entry.technology ?? null,
    declaredOwners: [...new Set(owners)].map(
      (ref): DeclaredOwner => ({ ref, source: "drystone.yaml", evidence: [ownerEvidence] }),
    ),
    declared: true,
    inferredFrom: [],
    evidence: [evidence],
  };
}

/** `services/orders/**` is the folder; other globs stay. */
function folderOf(glob: string): string {
  return trimmed(trimmed(glob).replace(/(?:^|\/)\*\*$/, ""));
}

/** Looks at the part before the first wildcard only. */
function hasFiles(path: string, paths: readonly string[]): boolean {
  const wildcard = path.search(/[*?]/);
  if (wildcard >= 0) return paths.some((file) => file.startsWith(path.slice(0, wildcard)));
  return path === "" || paths.some((file) => file === path || file.startsWith(`${path}/`));
}

/** Globs are anchored; `*` and `**` alone mean everything. A path below a listed repository belongs to that one. */
function rulesOf(raw: RawConfig, repositories: readonly string[], { document, tree }: Context): readonly OwnershipRule[] {
  const entries = Object.entries(raw.owners ?? {}).map(([glob, owner]) => ({
    glob,
    owner,
    ...document.placeOf(["owners", glob], "key"),
  }));
  // Objects move keys that look like numbers to the front; the order of the file is what counts.
  entries.sort((a, b) => a.offset - b.offset);
  return entries.flatMap(({ glob, owner, line }) =>
    alternatives(glob)
      .flatMap((one) => expansions(one, tree.paths))
      .map(({ glob: path, captured }): OwnershipRule => {
        const home = repositories.find((repository) => trimmed(path).startsWith(`${repository}/`));
        return {
          repository: home === undefined ? tree.repository : home.slice(home.lastIndexOf("/") + 1),
          dialect: "github",
          file: document.file,
          line,
          pattern: patternOf(home === undefined ? path : trimmed(path).slice(home.length + 1)),
          owners: list(owner ?? undefined).map((text) => fill(text, captured)),
          section: null,
          optional: false,
          exclusion: false,
          noParent: false,
        };
      }),
  );
}

function patternOf(glob: string): string {
  const plain = trimmed(glob);
  if (plain === "" || plain === "*" || plain === "**") return "*";
  return `/${plain.replace(/ /g, "\\ ")}${glob.endsWith("/") ? "/" : ""}`;
}

/** An owner that is no declared team is most likely misspelt; but teams need not be declared, so it is a problem only when some are. */
function reportUnknownTeams(raw: RawConfig, components: readonly ComponentFact[], { document, problems }: Context): void {
  const declaredTeams = new Set(Object.keys(raw.teams ?? {}).map((name) => groupRef(name)));
  if (declaredTeams.size === 0) return;
  const unknown = new Map<string, number>();
  for (const { declaredOwners } of components) {
    for (const { ref, evidence } of declaredOwners) {
      const [place] = evidence;
      if (ref.startsWith("group:") && !declaredTeams.has(ref) && place?.type === "declaration")
        unknown.set(ref, unknown.get(ref) ?? place.line);
    }
  }
  for (const [ref, line] of unknown) {
    problems.push({
      path: document.file,
      line,
      message: `${ref} owns components but is not among teams`,
      hint: "declare it under teams, or correct the name",
    });
  }
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}
