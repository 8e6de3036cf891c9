/** Types, attributes and typed names of C#: read by brackets, so that odd code is only left out. */
import { bracketPairs } from "../bracket-pairs.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface Attribute {
  /** Without `Attribute` and namespace. */
  readonly name: string;
  readonly start: number;
  /** Offset of the opening bracket of its arguments; null without. */
  readonly open: number | null;
}

export interface TypeDeclaration {
  readonly word: "class" | "interface" | "record" | "struct" | "enum";
  readonly name: string;
  readonly nameAt: number;
  readonly attributes: readonly Attribute[];
  /** Offset of the bracket of a primary constructor; null when there is none. */
  readonly parameters: number | null;
  /** What stands behind `:`, generic arguments included. */
  readonly bases: string;
  /** Offsets of the braces; null for `record A(int B);`. */
  readonly body: { readonly open: number; readonly close: number } | null;
}

export interface Method {
  readonly name: string;
  readonly nameAt: number;
  readonly attributes: readonly Attribute[];
}

export interface Structure {
  readonly types: readonly TypeDeclaration[];
  /** Methods and properties that carry attributes. */
  readonly attributed: readonly Method[];
  /** Offset of the bracket that closes the one at the offset; end of the text when it stays open. */
  readonly closeOf: (open: number) => number;
  /** The innermost type around the offset. */
  readonly typeAround: (offset: number) => TypeDeclaration | null;
  /** Declared or constructed type of a name, as written without generic arguments; of several the nearest before the offset. */
  readonly typeOf: (name: string, offset: number) => string | null;
}

/** Read once per source. */
export const structureOf = perSource(readStructure);

const maxDeclarations = 4000;

function readStructure(source: Source): Structure {
  const { bare } = source;
  const closers = bracketPairs(bare);
  const closeOf = (open: number) => closers.get(open) ?? bare.length;
  const groups = attributeGroups(bare, closeOf);
  const types = typesIn(bare, groups, closeOf);
  let names: ReadonlyMap<string, readonly Typed[]> | null = null;
  return {
    types,
    attributed: methodsIn(bare, groups),
    closeOf,
    typeAround: (offset) =>
      types.findLast(({ body, nameAt }) => body !== null && nameAt <= offset && offset < body.close) ?? null,
    typeOf(name, offset) {
      names ??= typedNames(bare);
      const found = names.get(name) ?? [];
      return (found.findLast(({ at }) => at < offset) ?? found[0])?.type ?? null;
    },
  };
}

interface Group {
  readonly attributes: readonly Attribute[];
  /** Offset behind the last `]`. */
  readonly end: number;
}

/** Attributes that stand before the same declaration: `[Route("x")] [HttpGet, Authorize]`. */
function attributeGroups(bare: string, closeOf: (open: number) => number): Group[] {
  const groups: { attributes: Attribute[]; end: number }[] = [];
  const pattern = /\[(?=\s{0,20}[A-Za-z])/g;
  for (let match = pattern.exec(bare); match !== null && groups.length < maxDeclarations; match = pattern.exec(bare)) {
    if (!beginsDeclaration(bare, match.index)) continue;
    const close = closeOf(match.index);
    if (close >= bare.length || close - match.index > 4000) continue;
    const attributes = attributesIn(bare, match.index + 1, close, closeOf);
    pattern.lastIndex = close + 1;
    const last = groups.at(-1);
    if (last !== undefined && match.index - last.end < 2000 && bare.slice(last.end, match.index).trim() === "") {
      last.attributes.push(...attributes);
      last.end = close + 1;
    } else groups.push({ attributes, end: close + 1 });
  }
  return groups;
}

/** What stands before is the end of a statement or block, another bracket, the end of a line or nothing. */
function beginsDeclaration(bare: string, offset: number): boolean {
  for (let at = offset - 1; at >= 0 && offset - at <= 400; at--) {
    const character = bare[at] ?? "";
    if (character === "\n" && offset - at <= 200) return true;
    if (!/\s/.test(character)) return "{};])".includes(character);
  }
  return offset <= 400;
}

function attributesIn(bare: string, from: number, to: number, closeOf: (open: number) => number): Attribute[] {
  const found: Attribute[] = [];
  const name =
    /[\s,]{0,100}(?:(?:assembly|return|method|property|field|type|module)\s{0,5}:\s{0,5})?([A-Za-z_][\w.]{0,160})(?:<[^()[\]]{0,160}>)?\s{0,20}/y;
  let at = from;
  while (at < to && found.length < 40) {
    name.lastIndex = at;
    const match = name.exec(bare);
    if (match?.[1] === undefined || name.lastIndex > to) break;
    const open = bare[name.lastIndex] === "(" ? name.lastIndex : null;
    const start = name.lastIndex - match[0].trimStart().length;
    found.push({ name: match[1].slice(match[1].lastIndexOf(".") + 1).replace(/Attribute$/, ""), start, open });
    at = open === null ? name.lastIndex : closeOf(open) + 1;
  }
  return found;
}

function typesIn(bare: string, groups: readonly Group[], closeOf: (open: number) => number): TypeDeclaration[] {
  const found: TypeDeclaration[] = [];
  const byEnd = new Map(groups.map(({ end, attributes }) => [end, attributes]));
  const pattern =
    /(?<![\w.@:<])((?:(?:public|internal|private|protected|static|abstract|sealed|partial|readonly|file|new|ref|unsafe)\s{1,40}){0,6})(class|interface|record|struct|enum)\s{1,20}(?:struct\s{1,9}|class\s{1,9})?([A-Z_]\w{0,120})/g;
  for (let match = pattern.exec(bare); match !== null && found.length < maxDeclarations; match = pattern.exec(bare)) {
    const [whole, , word, name] = match;
    if (name === undefined) continue;
    const nameAt = match.index + whole.length - name.length;
    let at = skipBlanks(bare, nameAt + name.length);
    if (bare[at] === "<") at = skipBlanks(bare, genericEnd(bare, at));
    const parameters = bare[at] === "(" ? at : null;
    if (parameters !== null) at = skipBlanks(bare, closeOf(parameters) + 1);
    const stop = bodyStart(bare, at, closeOf);
    const bases = bare[at] === ":" ? bare.slice(at + 1, stop).trim() : "";
    const isBody = bare[stop] === "{";
    if (!isBody && parameters === null && bare[stop] !== ";") continue;
    let before = match.index;
    while (before > 0 && /\s/.test(bare[before - 1] ?? "")) before--;
    found.push({
      word: word as TypeDeclaration["word"],
      name,
      nameAt,
      attributes: byEnd.get(before) ?? [],
      parameters,
      bases,
      body: isBody ? { open: stop, close: closeOf(stop) } : null,
    });
  }
  return found;
}

/** Offset of the `{` or `;` that ends the head of a type; at most 2,000 characters on. */
function bodyStart(bare: string, from: number, closeOf: (open: number) => number): number {
  const end = Math.min(bare.length, from + 2000);
  for (let at = from; at < end; at++) {
    const char = bare[at];
    if (char === "{" || char === ";" || char === "}") return at;
    if (char === "(") at = closeOf(at);
  }
  return end;
}

function methodsIn(bare: string, groups: readonly Group[]): Method[] {
  return groups.flatMap(({ attributes, end }) => {
    const head = /^[\s\w.<>,?[\]()]{0,300}?\b([A-Za-z_]\w{0,120})\s{0,5}(?:<[\w\s,]{0,80}>)?\s{0,5}[({=]/.exec(
      bare.slice(end, end + 700),
    );
    if (head?.[1] === undefined || /\b(?:class|interface|record|struct|enum)\s/.test(head[0])) return [];
    return [{ name: head[1], nameAt: end + head[0].lastIndexOf(head[1]), attributes }];
  });
}

interface Typed {
  readonly type: string;
  readonly at: number;
}

const notTypes =
  /^(?:return|new|await|throw|in|out|ref|is|as|var|using|namespace|class|case|public|private|internal|static|readonly|else|where|get|set|yield|record|enum|struct|interface|params|this|override|async|virtual|abstract|const|protected|partial|sealed|event|delegate|typeof|nameof|and|or|not|when|goto)$/;

/** `Type name`, `Type<X> name`, `var name = new Type(`, `var name = mapper.Map<Type>(`. Generic arguments are kept out. */
function typedNames(bare: string): Map<string, Typed[]> {
  const found = new Map<string, Typed[]>();
  const put = (name: string | undefined, type: string | undefined, at: number) => {
    if (name === undefined || type === undefined || notTypes.test(type) || notTypes.test(name)) return;
    const known = found.get(name);
    if (known === undefined) found.set(name, [{ type, at }]);
    else if (known.length < 200) known.push({ type, at });
  };
  const declared =
    /(?<![\w.])([A-Za-z_][\w.]{0,140})(?:<[\w\s,.?<>[\]()]{1,160}>)?(?:\[\])?\??\s{1,20}@?([A-Za-z_]\w{0,80})\s{0,9}(?=[;=,){]|in\b)(?!=>|==)/g;
  for (const match of bare.matchAll(declared)) put(match[2], match[1], match.index);
  const made =
    /\bvar\s{1,9}@?([A-Za-z_]\w{0,80})\s{0,9}=\s{0,40}(?:await\s{1,9})?(?:new\s{1,9}([A-Z][\w.]{0,140})\s{0,60}[({<]|\(([A-Z][\w.]{0,140})\)|([A-Z]\w{2,100})\.(?:From[A-Z]?\w{0,40}|CreateFrom\w{0,40}|Create|Of|New)\s{0,3}\(|[\w.!?()]{1,120}(?:Adapt|Map|MapTo|Deserialize\w{0,20}|DeserializeObject|To|ToObject|CreateEvent|GetRequiredService|GetService|Create)<([A-Z][\w.]{0,140})>\s{0,5}\()/g;
  for (const match of bare.matchAll(made)) put(match[1], match[2] ?? match[3] ?? match[4] ?? match[5], match.index);
  for (const list of found.values()) list.sort((a, b) => a.at - b.at);
  return found;
}

/** Offset behind the `>` of generic arguments; the offset itself when they do not end. */
export function genericEnd(bare: string, open: number): number {
  let depth = 0;
  for (let at = open; at < Math.min(bare.length, open + 400); at++) {
    const char = bare[at];
    if (char === "<") depth++;
    else if (char === ">" && --depth === 0) return at + 1;
    else if (char === ";" || char === "{") break;
  }
  return open;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? "")) at++;
  return at;
}

/** `Shop.Orders.OrderPlaced` and `OrderPlaced<X>` give `OrderPlaced`. */
export function lastName(type: string): string {
  const bare = type.replace(/<.*$/s, "").replace(/[?[\]\s]/g, "");
  return bare.slice(bare.lastIndexOf(".") + 1);
}
