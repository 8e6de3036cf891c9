/** Which names of a file come from which module. */
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface Binding {
  /** Name in this file. */
  readonly local: string;
  /** Name in the module; `default` also for `require` of the whole, `*` for a namespace. */
  readonly imported: string;
  readonly module: string;
}

const maxLiterals = 5000;
const maxNames = 100;

/** ES imports, `require` and `await import`, in order. */
export const bindingsOf = perSource((source: Source): readonly Binding[] =>
  moduleUses(source).flatMap(({ bindings }) => bindings),
);

/** Every module that the file imports, also for its effects only. */
export const modulesOf = perSource(
  (source: Source): ReadonlySet<string> => new Set(moduleUses(source).map(({ module }) => module)),
);

/** Whether the file imports one of the modules or a part of it: `mongodb` also stands for `mongodb/lib/x`, `@nats-io/*` for all of a scope. */
export function imports(source: Source, ...modules: readonly string[]): boolean {
  return [...modulesOf(source)].some((used) => modules.some((module) => isModule(used, module)));
}

/** Names of this file for what is imported under one of the names, or for all of the module. */
export function localsOf(
  source: Source,
  modules: readonly string[],
  imported: readonly string[] | null = null,
): ReadonlySet<string> {
  return new Set(
    bindingsOf(source)
      .filter((binding) => modules.some((module) => isModule(binding.module, module)))
      .filter((binding) => imported === null || imported.includes(binding.imported))
      .map(({ local }) => local),
  );
}

export function isModule(used: string, module: string): boolean {
  if (module.endsWith("/*")) return used.startsWith(module.slice(0, -1));
  return used === module || used.startsWith(`${module}/`);
}

export function isRelative(module: string): boolean {
  return /^(?:\.{1,2}(?:\/|$)|[@~#]\/|src\/)/.test(module);
}

interface ModuleUse {
  readonly module: string;
  readonly bindings: readonly Binding[];
}

const moduleUses = perSource((source: Source): readonly ModuleUse[] => {
  const found: ModuleUse[] = [];
  for (const { start, end, value } of source.strings.slice(0, maxLiterals)) {
    if (value === "" || value.length > 200 || /\s/.test(value)) continue;
    const before = source.code.slice(Math.max(0, start - 20), start);
    if (/\bfrom\s{0,9}$/.test(before)) found.push({ module: value, bindings: clauseBindings(source, start, value) });
    else if (/\b(?:require|import)\s?\(\s{0,9}$/.test(before))
      found.push({ module: value, bindings: requireBindings(source, start, end, value) });
    else if (/\bimport\s{1,9}$/.test(before)) found.push({ module: value, bindings: [] });
  }
  return found;
});

/** `import a, { b as c }, * as d from "…"`. */
function clauseBindings(source: Source, start: number, module: string): Binding[] {
  const from = source.bare.lastIndexOf("import", start);
  if (from < 0 || start - from > 4000) return [];
  const clause = source.bare.slice(from + 6, start).replace(/\bfrom\s{0,9}$/, "");
  if (/[;=]/.test(clause)) return [];
  const braces = /\{([^{}]{0,4000})\}/.exec(clause);
  const namespace = /\*\s{0,9}as\s{1,9}([\w$]{1,100})/.exec(clause)?.[1];
  const standard = /^\s{0,9}(?:type\s{1,9})?([A-Za-z_$][\w$]{0,100})\s{0,9}(?:,|$)/.exec(clause)?.[1];
  return [
    ...(standard === undefined || standard === "type" ? [] : [{ local: standard, imported: "default", module }]),
    ...(namespace === undefined ? [] : [{ local: namespace, imported: "*", module }]),
    ...namesIn(braces?.[1] ?? "", /\s{1,9}as\s{1,9}/, module),
  ];
}

/** `const a = require("…")`, `const { b: c } = require("…")`, `const d = require("…").D`. */
function requireBindings(source: Source, start: number, end: number, module: string): Binding[] {
  const before = source.bare.slice(Math.max(0, start - 500), start);
  const target =
    /(\{[^{}]{0,400}\}|[A-Za-z_$][\w$]{0,100})\s{0,9}=\s{0,9}(?:await\s{1,9})?(?:[\w$.]{1,40}\(\s{0,9})?(?:require|import)\s?\(\s{0,9}$/.exec(
      before,
    )?.[1];
  if (target === undefined) return [];
  if (target.startsWith("{")) return namesIn(target.slice(1, -1), /\s{0,9}:\s{0,9}/, module);
  const member = /^\s{0,9}\)\s{0,9}\.([A-Za-z_$][\w$]{0,100})(?!\s{0,9}\()/.exec(source.bare.slice(end, end + 120))?.[1];
  return [{ local: target, imported: member ?? "default", module }];
}

function namesIn(list: string, rename: RegExp, module: string): Binding[] {
  return list
    .split(",", maxNames)
    .map((one) => one.trim().replace(/^type\s{1,9}/, ""))
    .filter((one) => /^[A-Za-z_$]/.test(one))
    .map((one) => {
      const [imported = one, local = imported] = one.split(rename);
      return { local: local.replace(/\s{0,9}=.{0,200}$/s, "").trim(), imported: imported.trim(), module };
    });
}
