/** Rules of dependency-cruiser, from its configuration, which is not run. */
import { printable } from "#util/escape.js";
import type { FileTree } from "../files/index.js";
import type { ForeignRules, KnownViolation, RuleDraft, SettingsDraft, Unread } from "./foreign-rules.js";
import { type RegexGlob, regexGlobs } from "./regex-globs.js";
import { type StaticValue, staticValue, unreadable } from "./static-value.js";

export const dependencyCruiserFiles = [
  ".dependency-cruiser.json",
  ".dependency-cruiser.js",
  ".dependency-cruiser.cjs",
  ".dependency-cruiser.mjs",
];
const knownFile = ".dependency-cruiser-known-violations.json";
const maxFiles = 10;

/** @param file path in the tree; paths of its rules are relative to its folder. */
export function readDependencyCruiser(tree: FileTree, file: string): ForeignRules {
  const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/") + 1) : "";
  const context: Context = { tree, folder, file, files: [], unread: [] };
  const config = readConfigFile(file, context);
  const forbidden = mapsIn(config?.get("forbidden"));
  const options = mapIn(config?.get("options"));
  const outside = outsideOf(options, context);
  const settings = settingsOf(forbidden, options);
  const rules = forbidden.flatMap((rule) => rulesOf(rule, outside, context));
  for (const key of ["allowed", "required"])
    for (const rule of mapsIn(config?.get(key)))
      note(
        context,
        `${key}: ${text(rule.get("comment")) || text(rule.get("name")) || "a rule"}`,
        `${key} rules have no counterpart; write what is forbidden`,
      );
  return {
    tool: "dependency-cruiser",
    files: context.files,
    modules: [],
    layers: [],
    rules,
    settings,
    known: knownViolations(context),
    unread: context.unread,
  };
}

interface Context {
  readonly tree: FileTree;
  readonly folder: string;
  readonly file: string;
  readonly files: string[];
  readonly unread: Unread[];
}

type Fields = ReadonlyMap<string, StaticValue>;

/** The file with what it extends, own rules first; a rule of the same name replaces the extended one. */
function readConfigFile(file: string, context: Context): Fields | null {
  if (context.files.includes(file) || context.files.length >= maxFiles) return null;
  context.files.push(file);
  const source = context.tree.read([file]).get(file);
  const reading = source === undefined ? null : staticValue(source, file.endsWith(".json"));
  if (reading === null || !(reading.value instanceof Map)) {
    note(context, file, "it is no configuration that can be read without running it", file);
    return null;
  }
  for (const { line, text: expression } of reading.unread)
    context.unread.push({ file, line, what: printable(expression), why: "it would have to be run" });
  const own: Fields = reading.value as Fields;
  const bases = listIn(own.get("extends")).flatMap((name) => {
    const base = extended(text(name), file, context);
    return base === null ? [] : [base];
  });
  const forbidden = [own, ...bases].flatMap((one) => mapsIn(one.get("forbidden")));
  const named = new Map<string, Fields>();
  for (const rule of forbidden) {
    const name = text(rule.get("name")) || `rule ${named.size + 1}`;
    const earlier = named.get(name);
    named.set(name, earlier === undefined ? rule : new Map([...rule, ...earlier]));
  }
  const options = bases
    .toReversed()
    .concat(own)
    .flatMap((one) => [...mapIn(one.get("options"))]);
  return new Map<string, StaticValue>([...own, ["forbidden", [...named.values()]], ["options", new Map(options)]]);
}

function extended(name: string, from: string, context: Context): Fields | null {
  if (!name.startsWith(".")) {
    note(context, `extends ${name}`, "rules of a package are not read; copy those that you need", from);
    return null;
  }
  const path = joined(from.slice(0, from.lastIndexOf("/") + 1), name);
  const found = [path, ...["js", "cjs", "mjs", "json"].map((ending) => `${path}.${ending}`)].find((one) =>
    context.tree.paths.includes(one),
  );
  if (found !== undefined) return readConfigFile(found, context);
  note(context, `extends ${name}`, "there is no such file", from);
  return null;
}

function joined(folder: string, relative: string): string {
  const parts = folder.split("/").filter(Boolean);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** Globs that every rule leaves out or is limited to. */
interface Outside {
  readonly only: readonly string[] | null;
  readonly without: readonly string[];
}

function outsideOf(options: Fields, context: Context): Outside {
  const globs = (key: string): readonly string[] => {
    const value = options.get(key);
    const sources = listIn(value instanceof Map ? value.get("path") : value).map(text);
    const read = globsFor(sources, context, {});
    if ("problem" in read) {
      note(context, `options.${key}`, read.problem);
      return [];
    }
    return read.globs.map(({ glob }) => glob);
  };
  const only = globs("includeOnly");
  return { only: only.length === 0 ? null : only, without: globs("exclude").map((glob) => `!${glob}`) };
}

function settingsOf(forbidden: readonly Fields[], options: Fields): SettingsDraft {
  const cycles = forbidden.filter((rule) => mapIn(rule.get("to")).get("circular") === true);
  const resolved = forbidden.find((rule) => mapIn(rule.get("to")).get("couldNotResolve") === true);
  return {
    types: options.get("tsPreCompilationDeps") === undefined || options.get("tsPreCompilationDeps") === false ? "ignore" : "same",
    tests: "same",
    enforce: {
      cycle: cycles[0] === undefined ? "off" : enforcementOf(cycles[0]),
      unresolved: resolved === undefined ? "warn" : enforcementOf(resolved),
      "private-import": "off",
      "cross-team-private": "off",
      "foreign-table": "off",
    },
  };
}

function enforcementOf(rule: Fields): "new" | "warn" {
  return rule.get("severity") === "error" ? "new" : "warn";
}

const readKeys = {
  from: ["path", "pathNot"],
  to: ["path", "pathNot", "circular", "couldNotResolve", "dependencyTypes", "dependencyTypesNot", "reachable"],
};

function rulesOf(rule: Fields, outside: Outside, context: Context): RuleDraft[] {
  const name = text(rule.get("name")) || "a rule without a name";
  const refuse = (why: string): RuleDraft[] => {
    note(context, name, why);
    return [];
  };
  const [from, to] = [mapIn(rule.get("from")), mapIn(rule.get("to"))];
  if (rule.get("severity") === "ignore") return [];
  if ([...rule.values(), ...from.values(), ...to.values()].includes(unreadable))
    return refuse("a part of it would have to be run");
  if (to.get("circular") === true) {
    const more = [...from.keys(), ...to.keys()].filter((key) => key !== "circular");
    return more.length === 0
      ? []
      : refuse(`cycles are a rule of their own (enforce: cycle); ${more.join(", ")} cannot be said of them`);
  }
  if (to.get("couldNotResolve") === true && to.size === 1) return [];
  const unknown = [
    ...[...from.keys()].filter((key) => !readKeys.from.includes(key)).map((key) => `from.${key}`),
    ...[...to.keys()].filter((key) => !readKeys.to.includes(key)).map((key) => `to.${key}`),
    ...(rule.get("scope") === undefined || rule.get("scope") === "module" ? [] : ["scope"]),
    ...(to.get("reachable") === false ? ["to.reachable: false"] : []),
  ];
  if (unknown.length > 0) return refuse(`${unknown.join(", ")} cannot be said in drystone.yaml`);
  const types = typesOf(to);
  if (typeof types === "string") return refuse(types);
  const drafts = pathsOf(from, to, types, outside, context);
  if (typeof drafts === "string") return refuse(drafts);
  const comment = text(rule.get("comment"));
  return drafts.map((paths) => ({
    name,
    effect: "deny",
    ...paths,
    kinds: types.kinds,
    transitive: to.get("reachable") === true,
    why: comment === "" ? name : `${name}: ${comment}`,
    enforce: enforcementOf(rule),
  }));
}

interface Types {
  /** Packages that are meant instead of files; null: files. */
  readonly packages: readonly string[] | null;
  readonly isCore: boolean;
  readonly kinds: readonly string[] | null;
}

const packageTypes = new Map([
  ["npm", "npm:*"],
  ["npm-dev", "npm:(dev)"],
  ["npm-no-pkg", "npm:(undeclared)"],
  ["npm-unknown", "npm:(undeclared)"],
  ["core", "node:*"],
]);

/** What the kinds of dependency select, or why that cannot be said. */
function typesOf(to: Fields): Types | string {
  const wanted = listIn(to.get("dependencyTypes")).map(text);
  const unwanted = listIn(to.get("dependencyTypesNot")).map(text);
  const isTypeOnly = wanted.length === 1 && wanted[0] === "type-only";
  const kinds = isTypeOnly ? ["type"] : unwanted.includes("type-only") ? ["value", "dynamic", "reexport"] : null;
  const strange = unwanted.filter((one) => one !== "type-only" && one !== "type-import");
  if (strange.length > 0) return `dependencyTypesNot ${strange.join(", ")} cannot be said in drystone.yaml`;
  if (wanted.length === 0 || isTypeOnly) return { packages: null, isCore: false, kinds };
  const unknown = wanted.filter((one) => !packageTypes.has(one));
  if (unknown.length > 0) return `dependencyTypes ${unknown.join(", ")} cannot be said in drystone.yaml`;
  return { packages: [...new Set(wanted.flatMap((one) => packageTypes.get(one) ?? []))], isCore: wanted.includes("core"), kinds };
}

type Paths = Pick<RuleDraft, "from" | "to">;

function pathsOf(from: Fields, to: Fields, types: Types, outside: Outside, context: Context): readonly Paths[] | string {
  const toSources = listIn(to.get("path")).map(text);
  const toNot = listIn(to.get("pathNot")).map(text);
  const captures = new Set(
    [...toSources, ...toNot].flatMap((one) => [...one.matchAll(/\$([1-9])/g)].map(([, digit]) => Number(digit))),
  );
  const users = globsFor(listIn(from.get("path")).map(text), context, { captures });
  if ("problem" in users) return `from.path: ${users.problem}`;
  const spared = globsFor(listIn(from.get("pathNot")).map(text), context, {});
  if ("problem" in spared) return `from.pathNot: ${spared.problem}`;
  const without = [...spared.globs.map(({ glob }) => `!${glob}`), ...outside.without];
  const drafts: Paths[] = [];
  for (const { globs, groups } of byGroups(users.globs)) {
    const used = targetsOf(toSources, groups, types, outside, context);
    if (typeof used === "string") return `to.path: ${used}`;
    const kept = globsFor(toNot, context, { groups });
    if ("problem" in kept) return `to.pathNot: ${kept.problem}`;
    drafts.push({
      from: [...(globs.length === 0 ? (outside.only ?? [anywhere(context)]) : globs), ...without],
      to: [...used, ...kept.globs.map(({ glob }) => `!${glob}`), ...(used.every(isPackage) ? [] : outside.without)],
    });
  }
  return drafts;
}

function isPackage(selector: string): boolean {
  return /^(?:npm|node):/.test(selector);
}

function anywhere({ folder }: Context): string {
  return `${folder}**`;
}

/** Globs of `from` that agree in what the groups stand for make one rule. */
function byGroups(globs: readonly RegexGlob[]): readonly { globs: readonly string[]; groups: ReadonlyMap<number, string> }[] {
  if (globs.length === 0) return [{ globs: [], groups: new Map() }];
  const found = new Map<string, { globs: string[]; groups: ReadonlyMap<number, string> }>();
  const mentioned = globs.some(({ groups }) => groups.size > 0);
  for (const { glob, groups } of globs) {
    const key = mentioned ? [...groups].join("\0") : "";
    const group = found.get(key) ?? { globs: [], groups };
    group.globs.push(glob);
    found.set(key, group);
  }
  return [...found.values()];
}

function targetsOf(
  sources: readonly string[],
  groups: ReadonlyMap<number, string>,
  { packages, isCore }: Types,
  outside: Outside,
  context: Context,
): readonly string[] | string {
  if (packages !== null && sources.length === 0) return packages;
  if (packages !== null && !isCore) return "paths of packages together with dependencyTypes cannot be said in drystone.yaml";
  if (sources.length === 0) return outside.only ?? [anywhere(context)];
  if (isCore) {
    const names = globsFor(sources, { ...context, folder: "" }, { groups });
    return "problem" in names ? names.problem : names.globs.map(({ glob }) => `node:${glob}`);
  }
  const targets = globsFor(sources, context, { groups });
  if ("problem" in targets) return targets.problem;
  return targets.globs.map(({ glob }) => {
    const inPackage = /^(?:\*\*\/\*?\/?)?node_modules\/(.*)$/.exec(
      glob.slice(glob.startsWith(context.folder) ? context.folder.length : 0),
    )?.[1];
    if (inPackage === undefined) return glob.includes("node_modules") ? "npm:*" : glob;
    const name = inPackage.replace(/\/\*\*$|\*$|\/$/g, "");
    return `npm:${name === "" || name === "*" ? "*" : name}`;
  });
}

function globsFor(
  sources: readonly string[],
  { folder }: Context,
  options: { captures?: ReadonlySet<number>; groups?: ReadonlyMap<number, string> },
): { readonly globs: readonly RegexGlob[] } | { readonly problem: string } {
  const globs: RegexGlob[] = [];
  for (const source of sources) {
    const read = regexGlobs(source, options);
    if ("problem" in read) return { problem: `${printable(source.slice(0, 200))}: ${read.problem}` };
    globs.push(...read.globs.map((one) => ({ ...one, glob: `${folder}${one.glob}` })));
  }
  return { globs };
}

function knownViolations({ tree, folder, files }: Context): KnownViolation[] {
  const file = `${folder}${knownFile}`;
  if (!tree.paths.includes(file)) return [];
  const source = tree.read([file], { maxBytes: 20 * 1024 * 1024 }).get(file);
  const reading = source === undefined ? null : staticValue(source, true);
  if (reading === null || !Array.isArray(reading.value)) return [];
  files.push(file);
  return mapsIn(reading.value).flatMap((entry) => {
    const [from, to] = [text(entry.get("from")), text(entry.get("to"))];
    return from === "" || to === ""
      ? []
      : [{ rule: null, from: folder + from, toFile: folder + to, toModule: null, file, line: 1 }];
  });
}

function note(context: Context, what: string, why: string, file = context.file): void {
  context.unread.push({ file, line: 1, what: printable(what.slice(0, 300)), why });
}

function text(value: StaticValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function mapIn(value: StaticValue | undefined): Fields {
  return value instanceof Map ? (value as Fields) : new Map<string, StaticValue>();
}

function mapsIn(value: StaticValue | undefined): readonly Fields[] {
  return listIn(value).filter((one): one is Fields => one instanceof Map);
}

function listIn(value: StaticValue | undefined): readonly StaticValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly StaticValue[]) : [value];
}
