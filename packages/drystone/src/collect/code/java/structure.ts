/** Types, methods, annotations and typed names of Java, Kotlin and Scala: read by brackets, so that odd code is only left out. */
import { bracketPairs } from "../bracket-pairs.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface Annotation {
  /** Without `@`, use site and package. */
  readonly name: string;
  readonly start: number;
  /** Offset of the opening bracket; null without arguments. */
  readonly open: number | null;
  /** Offset behind it. */
  readonly end: number;
}

export interface Declaration {
  readonly kind: "type" | "method" | "field";
  /** `class`, `interface`, `enum`, `record`, `object`, `trait`, `annotation` for types; "" for others. */
  readonly word: string;
  readonly name: string;
  /** Offset of its first annotation or word. */
  readonly start: number;
  /** Offset of the name. */
  readonly nameAt: number;
  /** Between modifiers and name, or behind it in Kotlin: what it gives or holds. "" when unknown. */
  readonly type: string;
  readonly annotations: readonly Annotation[];
  /** Offset of the bracket of parameters; null when there is none. */
  readonly parameters: number | null;
  /** Text between name (and parameters) and body: `extends JpaRepository<Order, Long>`. */
  readonly heritage: string;
  /** Offsets of the braces of the body; null without one. */
  readonly body: { readonly open: number; readonly close: number } | null;
}

export interface Structure {
  readonly types: readonly Declaration[];
  /** What carries an annotation and is no type: methods, fields, parameters. */
  readonly annotated: readonly Declaration[];
  readonly annotations: readonly Annotation[];
  /** Offset of the bracket that closes the one at the offset; end of the text when it stays open. */
  readonly closeOf: (open: number) => number;
  /** The innermost type around the offset. */
  readonly typeAround: (offset: number) => Declaration | null;
  /** Declared types of fields, parameters and variables by name, first one wins. */
  readonly typeOf: ReadonlyMap<string, string>;
}

/** Read once per source. */
export const structureOf = perSource(readStructure);

const maxDeclarations = 2000;

function readStructure(source: Source): Structure {
  const { bare } = source;
  const closers = bracketPairs(bare);
  const closeOf = (open: number) => closers.get(open) ?? bare.length;
  const annotations = annotationsIn(bare, closeOf);
  const types: Declaration[] = [];
  const annotated: Declaration[] = [];
  const seen = new Set<number>();
  for (const group of groupsOf(bare, annotations)) {
    const first = group[0];
    const last = group.at(-1);
    if (first === undefined || last === undefined) continue;
    const found = declarationAt(bare, first.start, last.end, group, closeOf);
    if (found === null) continue;
    if (found.kind === "type") {
      if (!seen.has(found.nameAt)) types.push(found);
      seen.add(found.nameAt);
    } else annotated.push(found);
    if (types.length + annotated.length > maxDeclarations) break;
  }
  const typeWord = /(?<![\w@.:])(?:class|interface|enum|record|object|trait)\s{1,20}[A-Z]\w{0,120}/g;
  for (let match = typeWord.exec(bare); match !== null && types.length < maxDeclarations; match = typeWord.exec(bare)) {
    const found = declarationAt(bare, match.index, match.index, [], closeOf);
    if (found?.kind === "type" && !seen.has(found.nameAt)) types.push(found);
  }
  types.sort((a, b) => a.nameAt - b.nameAt);
  let typeOf: ReadonlyMap<string, string> | null = null;
  return {
    types,
    annotated,
    annotations,
    closeOf,
    typeAround: (offset) => types.findLast(({ body, start }) => body !== null && start <= offset && offset < body.close) ?? null,
    get typeOf() {
      typeOf ??= typesOfNames(source);
      return typeOf;
    },
  };
}

function annotationsIn(bare: string, closeOf: (open: number) => number): Annotation[] {
  const found: Annotation[] = [];
  const pattern = /(?<![\w@])@(?:(?:file|field|get|set|param|property|receiver|delegate):)?([A-Za-z_][\w.]{0,160})/g;
  for (let match = pattern.exec(bare); match !== null && found.length < maxDeclarations; match = pattern.exec(bare)) {
    const name = match[1] ?? "";
    if (name === "interface") continue;
    const after = skipBlanks(bare, pattern.lastIndex, "\n");
    const open = bare[after] === "(" ? after : null;
    const end = open === null ? pattern.lastIndex : closeOf(open) + 1;
    found.push({ name: name.slice(name.lastIndexOf(".") + 1), start: match.index, open, end });
    pattern.lastIndex = open === null ? pattern.lastIndex : open + 1;
  }
  return found;
}

/** Annotations that stand before the same declaration; those inside of arguments are left out. */
function groupsOf(bare: string, annotations: readonly Annotation[]): Annotation[][] {
  const groups: Annotation[][] = [];
  let end = -1;
  for (const annotation of annotations) {
    if (annotation.start < end) continue;
    const last = groups.at(-1);
    if (
      last !== undefined &&
      end >= 0 &&
      annotation.start - end < 2000 &&
      /^(?:\s|public|final|static|abstract|private|protected|open|data|override)*$/.test(bare.slice(end, annotation.start))
    )
      last.push(annotation);
    else groups.push([annotation]);
    end = annotation.end;
  }
  return groups;
}

const modifiers =
  /^(?:public|private|protected|internal|static|final|abstract|default|synchronized|native|transient|volatile|sealed|non-sealed|strictfp|open|override|suspend|inline|data|inner|lateinit|const|companion|operator|implicit|lazy|case|val|var|fun|def|vararg|value|crossinline|noinline|tailrec|external|infix)$/;

/** The declaration whose words begin at `from`; null when there is none within 1,000 characters. */
function declarationAt(
  bare: string,
  start: number,
  from: number,
  annotations: readonly Annotation[],
  closeOf: (open: number) => number,
): Declaration | null {
  const stop = headEnd(bare, from);
  if (stop === null) return null;
  const head = bare.slice(from, stop);
  const type = /(?:^|[\s)])(@?interface|class|enum|record|object|trait)\s{1,20}(?:class\s{1,9})?([A-Za-z_]\w{0,120})/.exec(head);
  if (type?.[2] !== undefined) {
    const nameAt = from + type.index + type[0].length - type[2].length;
    let behind = headEnd(bare, nameAt) ?? stop;
    const generic = /^\w+\s{0,5}<[^{}()]{0,300}>/.exec(bare.slice(nameAt, nameAt + 400))?.[0];
    if (generic !== undefined) behind = Math.max(behind, nameAt + generic.length);
    const open = skipBlanks(bare, generic === undefined ? nameAt + type[2].length : nameAt + generic.length);
    const parameters = bare[open] === "(" ? open : constructorOpen(bare, open);
    const heritageFrom = parameters === null ? nameAt + type[2].length : closeOf(parameters) + 1;
    const brace = bodyOpen(bare, heritageFrom, closeOf);
    return {
      kind: "type",
      word: type[1] === "@interface" ? "annotation" : (type[1] ?? ""),
      name: type[2],
      start,
      nameAt,
      type: "",
      annotations,
      parameters,
      heritage: bare.slice(heritageFrom, brace ?? Math.min(bare.length, heritageFrom + 300, lineEnd(bare, heritageFrom))).trim(),
      body: brace === null ? null : { open: brace, close: closeOf(brace) },
    };
  }
  return memberAt(bare, start, from, stop, annotations, closeOf);
}

function memberAt(
  bare: string,
  start: number,
  from: number,
  stop: number,
  annotations: readonly Annotation[],
  closeOf: (open: number) => number,
): Declaration | null {
  const kotlin =
    /^\s{0,400}(?:[a-z]{3,12}\s{1,9}){0,6}(fun|val|var|def)\s{1,20}(?:<[^()]{0,80}>\s{0,5})?(?:[\w<>]{1,60}\.)?([A-Za-z_]\w{0,120}|`[^`]{1,80}`)\s{0,9}([(:=]?)/.exec(
      bare.slice(from, stop + 1),
    );
  if (kotlin?.[2] !== undefined) {
    const isMethod = kotlin[1] === "fun" || kotlin[1] === "def";
    const behind = from + kotlin[0].length;
    const open = isMethod && bare[behind - 1] === "(" ? behind - 1 : null;
    const nameAt = from + kotlin[0].lastIndexOf(kotlin[2]);
    const tail = open === null ? behind - 1 : closeOf(open) + 1;
    const given = /^\s{0,9}:\s{0,9}([\w.<>?,\s*]{1,160}?)\s{0,9}(?=[={;,)\n]|$)/.exec(bare.slice(tail, tail + 220));
    const brace = isMethod ? bodyOpen(bare, tail, closeOf) : null;
    return {
      kind: isMethod ? "method" : "field",
      word: "",
      name: kotlin[2],
      start,
      nameAt,
      type: (given?.[1] ?? "").trim(),
      annotations,
      parameters: open,
      heritage: "",
      body: brace === null ? null : { open: brace, close: closeOf(brace) },
    };
  }
  // A Kotlin constructor property or parameter: `name: Type`.
  const property = /^\s{0,400}([a-z_]\w{0,120})\s{0,5}:\s{0,5}([\w.<>?,\s]{1,160}?)\s{0,9}$/.exec(bare.slice(from, stop));
  if (property?.[1] !== undefined) {
    return member("field", property[1], from + property[0].indexOf(property[1]), (property[2] ?? "").trim(), null, null);
  }
  const words = /([\w.<>?,\s[\]&]{0,599}[\w.<>?,[\]&])\s{1,60}([A-Za-z_]\w{0,120})\s{0,60}$/.exec(
    bare.slice(Math.max(from, stop - 800), stop),
  );
  if (words?.[2] === undefined) return null;
  const nameAt = stop - (/\w{1,121}\s{0,60}$/.exec(words[0])?.[0].length ?? 0);
  const type = (words[1] ?? "")
    .trim()
    .split(/\s+/)
    .filter((word) => !modifiers.test(word))
    .join(" ");
  if (modifiers.test(words[2])) return null;
  if (bare[stop] !== "(") return type === "" ? null : member("field", words[2], nameAt, type, null, null);
  const brace = bodyOpen(bare, closeOf(stop) + 1, closeOf);
  return member("method", words[2], nameAt, type, stop, brace === null ? null : { open: brace, close: closeOf(brace) });

  function member(
    kind: "method" | "field",
    name: string,
    at: number,
    given: string,
    parameters: number | null,
    body: Declaration["body"],
  ): Declaration {
    return { kind, word: "", name, start, nameAt: at, type: given, annotations, parameters, heritage: "", body };
  }
}

/** Offset of what ends the words of a declaration: a bracket, `;`, `=` or `,` outside of `<…>`. */
function headEnd(bare: string, from: number): number | null {
  let depth = 0;
  for (let at = from; at < Math.min(bare.length, from + 1000); at++) {
    const char = bare[at];
    if (char === "<") depth++;
    else if (char === ">" && depth > 0) depth--;
    else if (char === "(" || char === "{" || char === ";" || char === "}" || char === "=") return at;
    else if (depth === 0 && (char === "," || char === ")")) return at;
  }
  return bare.length - from < 1000 ? bare.length : null;
}

/** `class A @Inject constructor(`, `class A private constructor(`. */
function constructorOpen(bare: string, from: number): number | null {
  const found =
    /^(?:@\w{1,60}(?:\([^()]{0,100}\))?\s{1,20}|private\s|internal\s|protected\s){0,4}\s{0,9}constructor\s{0,5}\(/.exec(
      bare.slice(from, from + 400),
    );
  return found === null ? null : from + found[0].length - 1;
}

/** The `{` that follows, with only types, `throws` and calls of a base before it. */
function bodyOpen(bare: string, from: number, closeOf: (open: number) => number): number | null {
  for (let at = from; at < Math.min(bare.length, from + 2000); at++) {
    const char = bare[at];
    if (char === "{") return at;
    if (char === "(") at = closeOf(at);
    else if (char === ";" || char === "}" || char === "@" || char === "=" || char === ")") return null;
    else if (
      char === "\n" &&
      /^\s*(?:(?:public|private|internal|data|open|abstract|sealed|override|suspend|inline)\s+)*(?:class|interface|object|fun|val|var|enum|def|import)\b/.test(
        bare.slice(at, at + 160),
      )
    )
      return null;
  }
  return null;
}

/** `Type name`, `Type<X> name`, `name: Type`. */
function typesOfNames({ bare }: Source): Map<string, string> {
  const found = new Map<string, string>();
  const java = /\b([A-Z][\w.]{0,100})(?:<[\w\s,.?<>[\]]{1,200}>)?(?:\[\])?\s{1,20}([a-z_]\w{0,80})\s{0,9}(?=[;=,):])/g;
  for (const match of bare.matchAll(java))
    if (match[1] && match[2] && !found.has(match[2])) found.set(match[2], lastName(match[1]));
  const kotlin = /\b([a-z_]\w{0,80})\s{0,5}:\s{0,5}([A-Z][\w.]{0,100})/g;
  for (const match of bare.matchAll(kotlin))
    if (match[1] && match[2] && !found.has(match[1])) found.set(match[1], lastName(match[2]));
  const made = /\b(?:val|var)\s{1,9}([a-z_]\w{0,80})\s{0,5}=\s{0,5}([A-Z]\w{0,100})\s{0,3}\(/g;
  for (const match of bare.matchAll(made)) if (match[1] && match[2] && !found.has(match[1])) found.set(match[1], match[2]);
  return found;
}

function lastName(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1);
}

function lineEnd(bare: string, from: number): number {
  const end = bare.indexOf("\n", from);
  return end < 0 ? bare.length : end;
}

/** @param but a blank that is not skipped. */
function skipBlanks(text: string, from: number, but = ""): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? "") && text[at] !== but) at++;
  return at;
}
