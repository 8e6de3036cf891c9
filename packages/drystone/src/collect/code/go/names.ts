/** What names of a Go file stand for: imports, and variables, fields and parameters with a type of a package. */
import { type CallSite, callSites } from "../common/call-sites.js";
import { parameterAt } from "../common/parameters.js";
import type { Template } from "../cue.js";
import { argumentOffsets, templateAt } from "../expression.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface GoCall extends CallSite {
  /** With imports and variables put in: `net/http.Get`, `database/sql.DB.Query`, `database/sql.Open().Query`. Versions of modules (`/v9`) are left out. */
  readonly full: string;
}

interface Names {
  readonly imports: ReadonlyMap<string, string>;
  readonly calls: readonly GoCall[];
}

export function goCalls(source: Source): readonly GoCall[] {
  return namesOf(source).calls;
}

/** Import paths by the name they have here. */
export function goImports(source: Source): ReadonlyMap<string, string> {
  return namesOf(source).imports;
}

/** Whether an import path begins with one of these. */
export function importsAny(source: Source, ...modules: readonly string[]): boolean {
  return [...goImports(source).values()].some((path) => modules.some((one) => path === one || path.startsWith(`${one}/`)));
}

/** The template of an argument; "" for an empty text. */
export function argumentText(source: Source, open: number, index: number): Template | null {
  const offset = argumentOffsets(source, open)[index];
  if (offset === undefined) return null;
  return source.stringAt(offset)?.value === "" ? "" : textAt(source, offset);
}

/** The template of an expression that is no argument; as `argumentText`. */
export function expressionText(source: Source, offset: number): Template | null {
  return source.stringAt(offset)?.value === "" ? "" : textAt(source, offset);
}

/**
 * What a function of this file without parameters gives, where it says so plainly: `return "orders"`, or a variable of the environment and what stands in for it.
 * A function of another file whose name says that it names something is a constant. Null for everything else.
 */
export function functionText(source: Source, offset: number): Template | null {
  const [, alias, name] = /^(?:(\w{1,40})\.)?(\w{1,80})\(\)/.exec(source.bare.slice(offset, offset + 130)) ?? [];
  if (name === undefined || (alias !== undefined && !goImports(source).has(alias))) return null;
  const found = alias === undefined ? textFunctions(source).get(name) : undefined;
  if (found !== undefined) return found;
  return /(?:Name|Topic|Queue|Exchange|Subject|Channel)$/.test(name) ? `\${const:${name}}` : null;
}

/** By name; null for those that give something else. */
export const textFunctions = perSource((source): ReadonlyMap<string, Template | null> => {
  const found = new Map<string, Template | null>();
  for (const match of [...source.bare.matchAll(/^func (\w{1,80})\(\) string \{\n/gm)].slice(0, 200))
    found.set(match[1] ?? "", bodyText(source, match.index + match[0].length));
  return found;
});

function bodyText(source: Source, from: number): Template | null {
  const end = source.bare.slice(from, from + 800).indexOf("\n}");
  if (end < 0) return null;
  const body = source.bare.slice(from, from + end + 1);
  const read = /\bos\.(?:Getenv|LookupEnv)\(/.exec(body);
  const key = read === null ? undefined : source.stringAt(from + read.index + read[0].length)?.value;
  const fallbackAt = [...body.matchAll(/\n?[ \t]{1,8}return (?=_{3})/g)].at(-1);
  const fallback = fallbackAt === undefined ? undefined : source.stringAt(from + fallbackAt.index + fallbackAt[0].length)?.value;
  if (key === undefined) return fallback ?? null;
  return /^\w{1,100}$/.test(key) ? `\${${key}${fallback === undefined ? "" : `:-${fallback}`}}` : null;
}

/** The template of an expression. A parameter is what callers in this file give it; a name of elsewhere is taken for a constant. */
function textAt(source: Source, offset: number): Template | null {
  const bare = source.bare.slice(offset, offset + 200);
  const word = /^[&*]?(?:string\()?([A-Za-z_]\w{0,60})(?=\s{0,20}[,)}\n+])/.exec(bare)?.[1];
  const given = word === undefined ? undefined : parameterAt(source, offset, word);
  if (given !== undefined) return /^[&*]?(?:string\()?\w{1,60}\s{0,20}\+/.test(bare) ? null : given;
  const known = functionText(source, offset) ?? templateAt(source, offset);
  const mapped = mappedSettings(source).get(/^&?(?:\w{1,40}\.){0,3}(\w{1,60})(?=\s{0,9}[,)+])/.exec(bare)?.[1] ?? "");
  if (mapped !== undefined && (known === null || known.startsWith("{}"))) return `\${${mapped}}${known?.slice(2) ?? ""}`;
  const setting = configured.exec(bare)?.[1];
  if (setting !== undefined && (known === null || /^(?:\{\}|\$\{const:[\w.]{1,120}\})$/.test(known))) return `\${${setting}}`;
  if (known !== null) return known;
  const [, alias, name] = /^&?(?:([a-z]\w{0,40})\.)?([A-Za-z]\w{2,60})(?=\s{0,20}[,)}\n])/.exec(bare) ?? [];
  if (
    name === undefined ||
    source.assignments.has(name) ||
    (alias === undefined
      ? !/^\w{5,}$/.test(name) || !/[a-z][A-Z]/.test(name)
      : !/^[A-Z]/.test(name) || !goImports(source).has(alias))
  )
    return null;
  const of = alias === undefined ? undefined : goImports(source).get(alias)?.split("/").at(-1);
  return `\${const:${of === undefined || !/^\w+$/.test(of) ? "" : `${of}.`}${name}}`;
}

/** `s.cfg.KafkaTopics.Created.Name`: fields of a configuration are called like the keys of its file. */
const configured =
  /^&?(?:\w{1,40}\.){0,3}(?:[cC]fg|[cC]onf|[cC]onfig|[sS]ettings|app(?:Config|Cfg))\.((?:[A-Z]\w{0,60}\.){0,4}[A-Z]\w{0,60})(?=\s{0,20}(?:[,)}\n:]|$))/;

/** `mustMapEnv(&svc.cartAddr, "CART_ADDR")`: the field holds the setting. */
const mappedSettings = perSource((source): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const match of source.bare.matchAll(/\w{0,30}[eE]nv\w{0,30}\(\s{0,20}&(?:\w{1,40}\.){0,3}(\w{1,60}),\s{0,20}(?=_{3})/g)) {
    const key = source.stringAt(match.index + match[0].length)?.value ?? "";
    if (match[1] !== undefined && /^[A-Z][A-Z0-9_]{1,100}$/.test(key)) found.set(match[1], key);
  }
  return found;
});

/** Offset of the value of a key in the struct literals between the two places. */
export function fieldAt(source: Source, from: number, to: number, ...keys: readonly string[]): number | null {
  const match = new RegExp(`(?<![\\w.])(?:${keys.join("|")})\\s{0,3}:\\s{0,40}(?!:)`).exec(
    source.bare.slice(from, Math.min(to, from + 4000)),
  );
  return match === null ? null : from + match.index + match[0].length;
}

export function fieldText(source: Source, from: number, to: number, ...keys: readonly string[]): Template | null {
  const offset = fieldAt(source, from, to, ...keys);
  return offset === null ? null : textAt(source, offset);
}

/** Texts of `[]string{…}`, `strings.Split(x, ",")` or of one text. */
function textsAt(source: Source, offset: number | null): Template[] {
  if (offset === null) return [];
  const list = /^(?:\[\d{0,3}\]\w{1,20}\{|strings\.Split\()/.exec(source.bare.slice(offset, offset + 40));
  if (list === null) return [textAt(source, offset) ?? []].flat();
  const offsets = argumentOffsets(source, offset + list[0].length - 1);
  return (list[0].startsWith("strings") ? offsets.slice(0, 1) : offsets.slice(0, 30)).flatMap((at) => textAt(source, at) ?? []);
}

/** Like `textsAt`, through a name of this file that holds the list. */
export function listAt(source: Source, offset: number | null): Template[] {
  if (offset === null) return [];
  const name = /^(?:\w{1,40}\.){0,2}(\w{1,80})(?!\s{0,3}[.({\w])/.exec(source.bare.slice(offset, offset + 160))?.[1];
  const value =
    name === undefined
      ? undefined
      : source.assignments
          .get(name)
          ?.find((at) => /^\[\d{0,3}\]\w{1,20}\{|^strings\.Split\(/.test(source.bare.slice(at, at + 40)));
  return textsAt(source, value ?? offset);
}

const namesOf = perSource((source): Names => {
  const imports = importsOf(source);
  return { imports, calls: resolved(source, imports) };
});

function importsOf(source: Source): Map<string, string> {
  const found = new Map<string, string>();
  const put = (alias: string | undefined, at: number) => {
    const path = source
      .stringAt(at)
      ?.value.replace(/\/v\d{1,3}(?=\/|$)/g, "")
      .replace(/\.v\d{1,3}$/, "");
    if (path === undefined) return;
    const last = path.split("/").at(-1) ?? path;
    found.set(
      alias === undefined || alias === "_" || alias === "."
        ? alias === undefined
          ? last.replace(/^go-|-go$|\.go$/g, "").replaceAll("-", "")
          : `_${path}`
        : alias,
      path,
    );
    if (alias === undefined && /^go-|-go$/.test(last)) found.set(last.replace(/^go-|-go$/g, "").replaceAll("-", "_"), path);
  };
  for (const match of source.bare.matchAll(/^import[ \t]{1,4}(?:([\w.]{1,60})[ \t]{1,4})?(?=_{3})/gm))
    put(match[1], match.index + match[0].length);
  for (const match of source.bare.matchAll(/^import[ \t]{0,4}\(([^()]{0,12000})\)/gm)) {
    const from = match.index + match[0].indexOf("(") + 1;
    for (const one of (match[1] ?? "").matchAll(/(?:^|\n|;)[ \t]{0,20}(?:([A-Za-z.][\w.]{0,60}|_)[ \t]{1,4})?(_{3,})/g))
      put(one[1], from + one.index + one[0].length - (one[2]?.length ?? 0));
  }
  return found;
}

function resolved(source: Source, imports: ReadonlyMap<string, string>): GoCall[] {
  const declared = declaredTypes(source.bare, imports);
  const types = new Map<string, string>();
  const byStart = new Map<number, GoCall>();
  const calls: GoCall[] = [];
  for (const call of callSites(source)) {
    const on = call.on === null ? null : (byStart.get(call.on.start) ?? null);
    const one: GoCall = {
      ...call,
      full: fullName(call, on, imports, typeOf(declared.get(call.receiver), call.start) ?? types.get(call.receiver)),
    };
    calls.push(one);
    byStart.set(call.start, one);
    if (one.full !== one.path)
      for (const name of heldBy(source.bare, one)) if (!types.has(name)) types.set(name, `${one.full}()`);
  }
  return calls;
}

function fullName(call: CallSite, on: GoCall | null, imports: ReadonlyMap<string, string>, type: string | undefined): string {
  if (on !== null) return `${on.full}().${call.name}`.slice(-300);
  const names = call.path.split(".");
  if (names.length === 1) return call.path;
  const module = imports.get(names[0] ?? "");
  if (names.length === 2 && module !== undefined && type === undefined) return `${module}.${call.name}`;
  if (type !== undefined) return `${type}.${call.name}`;
  return module === undefined ? call.path : [module, ...names.slice(1)].join(".");
}

/** `x := call(…)`, `x, err := call(…)`, `s.x = call(…)`, `X: call(…)`. */
function heldBy(bare: string, call: CallSite): string[] {
  const before = bare.slice(Math.max(0, call.start - 200), call.start);
  const name =
    /(?:^|[\n;{(,])[ \t]{0,60}(?:if[ \t]{1,3}|var[ \t]{1,3})?(?:[\w.]{1,60}\.)?(\w{1,60})(?:[ \t]{0,2},[ \t]{0,2}\w{1,40}){0,3}(?:[ \t]{1,3}\*?[\w.]{1,60})?[ \t]{0,9}(?::=|=|:)[ \t]{0,9}&?$/.exec(
      before,
    )?.[1];
  return name === undefined ? [] : [name];
}

interface Declared {
  readonly at: number;
  readonly type: string;
}

/** The declaration before the use, else the first. */
function typeOf(declared: readonly Declared[] | undefined, usedAt: number): string | undefined {
  return (declared?.findLast(({ at }) => at < usedAt) ?? declared?.[0])?.type;
}

/** Fields, parameters and variables whose type is of an imported package: `db *sql.DB`, `client pb.CartServiceClient`. */
function declaredTypes(bare: string, imports: ReadonlyMap<string, string>): Map<string, Declared[]> {
  const found = new Map<string, Declared[]>();
  let count = 0;
  for (const match of bare.matchAll(
    /(?<![\w.])([A-Za-z_]\w{0,60})[ \t]{1,40}(?:\.\.\.|\[\])?\*?([A-Za-z_]\w{0,60})\.([A-Z]\w{0,80})(?![\w.(])/g,
  )) {
    const [, name = "", alias = "", type = ""] = match;
    const module = imports.get(alias);
    if (module === undefined || /^(?:return|type|func|case|range|go|defer|var|map|chan|const)$/.test(name) || count++ > 3000)
      continue;
    const one = { at: match.index, type: `${module}.${type}` };
    const before = found.get(name);
    if (before === undefined) found.set(name, [one]);
    else before.push(one);
  }
  return found;
}
