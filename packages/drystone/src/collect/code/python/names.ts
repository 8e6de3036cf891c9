/** What names of a Python file stand for: imports, and variables that hold what a call made. */
import { type CallSite, callSites } from "../common/call-sites.js";
import { parameterAt } from "../common/parameters.js";
import type { Template } from "../cue.js";
import { argumentOffsets, templateAt } from "../expression.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface PythonCall extends CallSite {
  /** With imports and variables put in: `requests.get`, `httpx.Client().get` for `with httpx.Client() as c: c.get(…)`. */
  readonly full: string;
  /** The call that made the receiver, where the file shows it. */
  readonly made: CallSite | null;
}

interface Names {
  readonly imports: ReadonlyMap<string, string>;
  readonly calls: readonly PythonCall[];
}

export function pythonCalls(source: Source): readonly PythonCall[] {
  return namesOf(source).calls;
}

/** Modules and names as imported, by what they are called here. */
export function pythonImports(source: Source): ReadonlyMap<string, string> {
  return namesOf(source).imports;
}

/** Whether the file imports one of these modules or something below it. */
export function importsAny(source: Source, ...modules: readonly string[]): boolean {
  return [...pythonImports(source).values()].some((name) => modules.some((one) => name === one || name.startsWith(`${one}.`)));
}

/** Offset of a positional argument or of one that is given by name. */
export function argumentAt(source: Source, open: number, index: number | null, ...names: readonly string[]): number | null {
  let position = 0;
  let positional: number | null = null;
  let spread: number | null = null;
  for (const offset of argumentOffsets(source, open)) {
    if (source.bare.startsWith("**", offset)) {
      spread ??= spreadAt(source, offset + 2, names);
      continue;
    }
    const named = /^([A-Za-z_]\w{0,80})\s{0,5}=(?!=)\s{0,60}/.exec(source.bare.slice(offset, offset + 200));
    if (named === null) {
      if (position++ === index) positional = offset;
    } else if (named[1] !== undefined && names.includes(named[1])) return offset + named[0].length;
  }
  return positional ?? spread;
}

/** `connect(**settings)` where `settings = {"host": …}` or `dict(host=…)` stands in this file. */
function spreadAt(source: Source, offset: number, names: readonly string[]): number | null {
  const name = /^(?:\w{1,40}\.){0,2}(\w{1,80})/.exec(source.bare.slice(offset, offset + 160))?.[1] ?? "";
  for (const value of source.assignments.get(name) ?? []) {
    const isCall = source.bare.startsWith("dict(", value);
    const found = isCall ? argumentAt(source, value + 4, null, ...names) : keyAt(source, value, ...names);
    if (found !== null) return found;
  }
  return null;
}

export function argumentText(source: Source, open: number, index: number | null, ...names: readonly string[]): Template | null {
  const offset = argumentAt(source, open, index, ...names);
  if (offset === null) return null;
  return source.stringAt(offset)?.value === "" ? "" : textAt(source, offset);
}

/** The template of an expression that is no argument. */
export function expressionText(source: Source, offset: number): Template | null {
  return textAt(source, offset);
}

/** The template of an expression, `"{host}/x".format(host=…)` included. */
function textAt(source: Source, offset: number): Template | null {
  const word = /^(?:self\.)?([A-Za-z_]\w{0,60})(?=\s{0,20}[,)\n\]}])/.exec(source.bare.slice(offset, offset + 90));
  const given = word?.[1] === undefined || word[0].startsWith("self.") ? undefined : parameterAt(source, offset, word[1]);
  if (given !== undefined) return given;
  const literal = source.stringAt(offset);
  const format = literal === null ? null : /^\s{0,20}\.format\(/.exec(source.bare.slice(literal.end, literal.end + 40));
  const known = format === null ? configured(source, templateAt(source, offset)) : null;
  if (known !== null) return known;
  if (literal === null || format === null || !/\{[A-Za-z_]\w{0,60}\}/.test(literal.value)) return templateAt(source, offset);
  const open = literal.end + format[0].length - 1;
  let next = 0;
  return literal.value.replace(/\{(\w{0,60})(?::[^{}]{0,20})?\}/g, (_, name: string) => {
    const at = argumentAt(source, open, name === "" ? next++ : /^\d+$/.test(name) ? Number(name) : null, name);
    return (at === null ? null : templateAt(source, at)) ?? "{}";
  });
}

/** `app.config["ORDERS_URI"] = …` of this file says what the setting is. */
function configured(source: Source, template: Template | null): Template | null {
  const [whole, key = ""] = /^\$\{([\w.-]{1,100})\}/.exec(template ?? "") ?? [];
  if (template === null || whole === undefined) return template;
  for (const match of source.bare.matchAll(/\bconfig\[(_{3,})\][ \t]{0,3}=(?!=)[ \t]{0,9}/g)) {
    const at = match.index + "config[".length;
    if (source.stringAt(at)?.value !== key) continue;
    const value = textAt(source, match.index + match[0].length);
    if (value !== null && !value.includes(whole)) return value + template.slice(whole.length);
  }
  return template;
}

/** Texts of a list, tuple or set, or of one text. */
export function textsAt(source: Source, offset: number | null): Template[] {
  if (offset === null) return [];
  const isList = /[[({]/.test(source.bare[offset] ?? "");
  const offsets = isList ? argumentOffsets(source, offset) : [offset];
  return offsets.slice(0, 50).flatMap((at) => textAt(source, at) ?? []);
}

/** Value of a key of a dict literal; null when there is none. */
function keyAt(source: Source, dict: number | null, ...keys: readonly string[]): number | null {
  if (dict === null || source.bare[dict] !== "{") return null;
  for (const offset of argumentOffsets(source, dict)) {
    const literal = source.stringAt(offset);
    if (literal === null || !keys.includes(literal.value)) continue;
    const colon = /^\s{0,20}:\s{0,60}/.exec(source.bare.slice(literal.end, literal.end + 90));
    if (colon !== null) return literal.end + colon[0].length;
  }
  return null;
}

const namesOf = perSource((source): Names => {
  const imports = importsOf(source.bare);
  return { imports, calls: resolved(source, imports) };
});

function importsOf(bare: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of bare.matchAll(/^[ \t]{0,40}import[ \t]{1,9}([\w., \t]{1,300})/gm)) {
    for (const one of (match[1] ?? "").split(",")) {
      const [, module, alias] = /^\s*([\w.]+)(?:\s+as\s+(\w+))?/.exec(one) ?? [];
      if (module === undefined) continue;
      if (alias !== undefined) found.set(alias, module);
      else {
        const root = module.split(".")[0] ?? module;
        // `import a.b` binds `a`, and says that `a.b` is used.
        if (!found.has(root)) found.set(root, root);
        if (module !== root) found.set(`${module}.`, module);
      }
    }
  }
  for (const match of bare.matchAll(
    /^[ \t]{0,40}from[ \t]{1,9}([\w.]{1,120})[ \t]{1,9}import[ \t]{1,9}(?:\(([^()]{1,2000})\)|([\w., \t*\\]{1,500}))/gm,
  )) {
    for (const one of (match[2] ?? match[3] ?? "").split(",")) {
      const [, name, alias] = /^[\s\\]*(\w+)(?:\s+as\s+(\w+))?/.exec(one) ?? [];
      if (name !== undefined) found.set(alias ?? name, `${match[1] ?? ""}.${name}`);
    }
  }
  return found;
}

function resolved(source: Source, imports: ReadonlyMap<string, string>): PythonCall[] {
  const made = new Map<string, PythonCall>();
  const types = annotated(source.bare, imports);
  const byStart = new Map<number, PythonCall>();
  const calls: PythonCall[] = [];
  for (const call of callSites(source)) {
    const on = call.on === null ? null : (byStart.get(call.on.start) ?? null);
    const maker = on ?? (call.path.includes(".") ? (made.get(call.receiver) ?? null) : null);
    const one: PythonCall = { ...call, full: fullName(call, on, maker, imports, types), made: maker };
    calls.push(one);
    byStart.set(call.start, one);
    for (const name of heldBy(source.bare, one)) if (!made.has(name) || isMaker(one)) made.set(name, one);
  }
  return calls;
}

function fullName(
  call: CallSite,
  on: PythonCall | null,
  maker: PythonCall | null,
  imports: ReadonlyMap<string, string>,
  types: ReadonlyMap<string, string>,
): string {
  if (on !== null) return `${on.full}().${call.name}`.slice(-300);
  const [root = "", ...rest] = call.path.split(".");
  if (maker !== null && !(rest.length === 1 && imports.has(root))) return `${maker.full}().${call.name}`.slice(-300);
  const type = call.path.includes(".") ? types.get(call.receiver) : undefined;
  const module = imports.get(root);
  if (type !== undefined && module === undefined) return `${type}().${call.name}`;
  return [module ?? root, ...rest].join(".");
}

/** A constructor or a function of a library says more than any other value. */
function isMaker({ full, path }: PythonCall): boolean {
  return full !== path || /(?:^|\.)[A-Z]\w*$/.test(full);
}

/** `x = call(…)`, `self.x = await call(…)`, `with call(…) as x`. */
function heldBy(bare: string, call: CallSite): string[] {
  const before =
    /(?:^|[\n;])[ \t]{0,60}(?:[\w.]{1,80}\.)?(\w{1,80})(?:[ \t]{0,3}:[ \t]{0,3}[\w.[\], |]{1,80})?[ \t]{0,9}=[ \t]{0,9}\(?[ \t\n]{0,60}(?:await[ \t]{1,3})?$/.exec(
      bare.slice(Math.max(0, call.start - 240), call.start),
    );
  const after = /^[ \t\n]{0,40}as[ \t]{1,3}(\w{1,80})/.exec(bare.slice(call.close, call.close + 130));
  return [before?.[1], after?.[1]].flatMap((name) => name ?? []);
}

/** Parameters and attributes with a type that is imported: `client: AsyncClient`. */
function annotated(bare: string, imports: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, type] of bare.matchAll(
    /(?<![\w.])(?:self\.)?(\w{1,60})[ \t]{0,3}:[ \t]{0,3}(?:Optional\[|Annotated\[)?([A-Za-z_][\w.]{1,100})/g,
  )) {
    const [root = "", ...rest] = (type ?? "").split(".");
    const module = imports.get(root);
    if (name !== undefined && module !== undefined && found.size < 2000) found.set(name, [module, ...rest].join("."));
  }
  return found;
}
