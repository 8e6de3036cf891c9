/** Contracts of import-linter: .importlinter, setup.cfg, or [tool.importlinter] of pyproject.toml. */
import { printable } from "#util/escape.js";
import type { FileTree } from "../files/index.js";
import { readToml } from "../manifests/index.js";
import type { ForeignRules, RuleDraft, Unread } from "./foreign-rules.js";
import { moduleGlobs } from "./python-modules.js";

export const importLinterFiles = [".importlinter", "setup.cfg", "pyproject.toml"];

/** Layers, forbidden, independence and protected contracts become rules; chains over other modules count as there. */
export function readImportLinter(tree: FileTree, file: string): ForeignRules {
  const text = tree.read([file]).get(file) ?? "";
  const sections = file.endsWith(".toml") ? tomlSections(text) : iniSections(text);
  const settings = sections.find(({ isContract }) => !isContract);
  const context: Context = { tree, file, unread: [] };
  if (settings === undefined && sections.length === 0)
    context.unread.push({ file, line: 1, what: file, why: "it says nothing about import-linter" });
  const rules = sections.filter(({ isContract }) => isContract).flatMap((contract) => rulesOf(contract, context));
  const skipsTypes = settings?.values.get("exclude_type_checking_imports")?.[0]?.toLowerCase() === "true";
  return {
    tool: "import-linter",
    files: [file],
    modules: [],
    layers: [],
    rules,
    settings: {
      types: skipsTypes ? "ignore" : "same",
      tests: "same",
      enforce: { cycle: "off", unresolved: "warn", "private-import": "off", "cross-team-private": "off", "foreign-table": "off" },
    },
    known: [],
    unread: context.unread,
  };
}

interface Section {
  readonly isContract: boolean;
  readonly line: number;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

interface Context {
  readonly tree: FileTree;
  readonly file: string;
  readonly unread: Unread[];
}

const maxLine = 2000;

/** Indented lines go on with the value above them; a value is its lines. */
function iniSections(text: string): readonly Section[] {
  const sections: { isContract: boolean; line: number; values: Map<string, string[]> }[] = [];
  let current: (typeof sections)[number] | null = null;
  let value: string[] | null = null;
  for (const [index, whole] of text.split("\n").entries()) {
    const line = whole
      .slice(0, maxLine)
      .replace(/\s[#;].*$/, "")
      .trimEnd();
    if (line.trim() === "" || /^\s*[#;]/.test(line)) continue;
    const header = /^\[([^\]]+)\]$/.exec(line)?.[1];
    if (header !== undefined) {
      const isOurs = header === "importlinter" || header.startsWith("importlinter:contract");
      current = isOurs ? { isContract: header !== "importlinter", line: index + 1, values: new Map() } : null;
      if (current !== null) sections.push(current);
      value = null;
    } else if (/^\s/.test(line)) value?.push(line.trim());
    else if (current !== null) {
      const equals = line.search(/[=:]/);
      if (equals < 1) continue;
      const rest = line.slice(equals + 1).trim();
      value = rest === "" ? [] : [rest];
      current.values.set(line.slice(0, equals).trim(), value);
    }
  }
  return sections;
}

function tomlSections(text: string): readonly Section[] {
  return readToml(text).flatMap(({ name, line, entries }) => {
    if (name !== "tool.importlinter" && name !== "tool.importlinter.contracts") return [];
    const values = new Map(entries.map(({ key, strings, raw }) => [key, strings.length > 0 ? strings : [raw.trim()]]));
    return [{ isContract: name.endsWith("contracts"), line, values }];
  });
}

function rulesOf(contract: Section, context: Context): RuleDraft[] {
  const name = contract.values.get("name")?.join(" ") ?? "a contract";
  const refuse = (why: string): RuleDraft[] => {
    context.unread.push({ file: context.file, line: contract.line, what: printable(name), why });
    return [];
  };
  const list = (key: string) => contract.values.get(key) ?? [];
  const ignored = list("ignore_imports");
  const draft = (from: readonly string[], to: readonly string[], transitive: boolean): RuleDraft => ({
    name,
    effect: "deny",
    from,
    to,
    kinds: null,
    transitive,
    why: name,
    enforce: "new",
  });
  const globsOf = (modules: readonly string[]) =>
    modules.flatMap((module) => {
      const globs = moduleGlobs(context.tree, module);
      if (globs.length === 0) refuse(`${printable(module)} is no module of this repository`);
      return globs;
    });
  const made = (() => {
    switch (list("type")[0]) {
      case "forbidden":
        return [
          draft(
            globsOf(list("source_modules")),
            globsOf(list("forbidden_modules")),
            list("allow_indirect_imports")[0]?.toLowerCase() !== "true",
          ),
        ];
      case "independence":
        return apart(
          list("modules").map((module) => globsOf([module])),
          (from, to) => draft(from, to, true),
        );
      case "protected":
        return [
          draft(
            ["**", ...globsOf([...list("allowed_importers"), ...list("protected_modules")]).map((glob) => `!${glob}`)],
            globsOf(list("protected_modules")),
            false,
          ),
        ];
      case "layers":
        return layerRules(list("layers"), list("containers"), list("exhaustive")[0]?.toLowerCase() === "true", globsOf, draft);
      default:
        return refuse(`contracts of type ${printable(list("type")[0] ?? "?")} have no counterpart`);
    }
  })();
  if (ignored.length > 0) refuse(`${ignored.length} ignore_imports: accept them with drystone accept`);
  return made.filter(({ from, to }) => from.some((glob) => !glob.startsWith("!")) && to.length > 0);
}

type Draft = (from: readonly string[], to: readonly string[], transitive: boolean) => RuleDraft;

/** A layer may not use one above it; `a | b` may not use each other. Where the layers are all there is, a chain upward has a step upward. */
function layerRules(
  layers: readonly string[],
  containers: readonly string[],
  exhaustive: boolean,
  globsOf: (modules: readonly string[]) => readonly string[],
  draft: Draft,
): RuleDraft[] {
  return (containers.length === 0 ? [""] : containers).flatMap((container) => {
    const levels = layers.map((layer) => {
      const names = layer.replace(/[()]/g, "").split(/[|:]/);
      return {
        isApart: layer.includes("|"),
        parts: names.map((name) => globsOf([container === "" ? name.trim() : `${container}.${name.trim()}`])),
      };
    });
    return levels.flatMap(({ isApart, parts }, index) => {
      const above = levels.slice(0, index).flatMap((level) => level.parts.flat());
      const upward = above.length === 0 ? [] : [draft(parts.flat(), above, !exhaustive)];
      return [...upward, ...(isApart ? apart(parts, (from, to) => draft(from, to, !exhaustive)) : [])];
    });
  });
}

function apart(
  parts: readonly (readonly string[])[],
  rule: (from: readonly string[], to: readonly string[]) => RuleDraft,
): RuleDraft[] {
  return parts
    .map((part, index) =>
      rule(
        part,
        parts.flatMap((other, at) => (at === index ? [] : other)),
      ),
    )
    .filter(({ to }) => to.length > 0);
}
