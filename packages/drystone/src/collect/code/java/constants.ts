/** Constants that other files refer to, and settings that frameworks put into fields. */
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { attributeText } from "./arguments.js";
import { settingExpression } from "./expanded.js";
import { matches } from "./matches.js";
import { springTemplate } from "./placeholders.js";
import { type Declaration, structureOf } from "./structure.js";
import { argument, attribute, valueAt } from "./values.js";

/** Looks like a name of something: a topic, queue, host, path, key; no sentence. */
const nameLike = /^(?=.{0,300}[A-Za-z])[\w${}./:*#@?&=,+~-]{2,300}$/;

export const constants: Detector = {
  name: "java/constants",
  languages: ["java", "kotlin", "scala"],
  words: ["String", "const val", "val "],
  detect(source, emit) {
    const { typeAround } = structureOf(source);
    const java =
      /(?<![\w.])((?:(?:public|protected|private|static|final)\s{1,20}){0,4})(?:java\.lang\.)?String\s{1,20}([A-Za-z_]\w{0,80})\s{0,20}=\s{0,60}/g;
    const kotlin =
      /(?<![\w.])((?:(?:public|private|internal|const|final)\s{1,9}){0,3})val\s{1,20}([A-Za-z_]\w{0,80})\s{0,9}(?::\s{0,9}String)?\s{0,9}=\s{0,60}(?=[_A-Z])/g;
    for (const match of matches(source.bare, source.language === "java" ? java : kotlin)) {
      const [whole, words = "", name = ""] = match;
      if (words.includes("private")) continue;
      const owner = typeAround(match.index);
      const isConstant =
        source.language === "java"
          ? (/static/.test(words) && /final/.test(words)) || (owner?.word === "interface" && atTop(source, owner, match.index))
          : /const/.test(words) || (owner?.word === "object" && /^[A-Z]/.test(name));
      if (!isConstant) continue;
      const value = valueAt(source, match.index + whole.length);
      if (value === null || value.startsWith("{}") || !nameLike.test(value)) continue;
      emit(match.index, { kind: "constant", name: owner === null ? name : `${ownerName(owner, source)}.${name}`, value });
    }
    for (const type of structureOf(source).types) if (type.word === "enum") emitMembers(source, emit, type);
  },
};

/** Companions are spoken of by the name of the class around them. */
function ownerName(owner: Declaration, source: Source): string {
  const around = structureOf(source).types.findLast(
    ({ body }) => body !== null && body.open < owner.start && owner.start < body.close,
  );
  return /^Companion$/.test(owner.name) && around !== undefined ? around.name : owner.name;
}

function atTop(source: Source, { body }: Declaration, offset: number): boolean {
  if (body === null) return false;
  const before = source.bare.slice(body.open + 1, offset);
  return before.length < 20_000 && (before.match(/\{/g) ?? []).length === (before.match(/\}/g) ?? []).length;
}

/** `enum Topic { ORDERS("orders") }`: a member with one text stands for it. */
function emitMembers(source: Source, emit: Emit, { name, body }: Declaration): void {
  if (body === null) return;
  const members = /(?<![\w.])([A-Z][A-Z0-9_]{1,60})\s{0,5}(?=\()/g;
  members.lastIndex = body.open;
  for (let match = members.exec(source.bare); match !== null && match.index < body.close; match = members.exec(source.bare)) {
    const value = argument(source, members.lastIndex, 0);
    if (value !== null && nameLike.test(value) && source.stringAt(members.lastIndex + 1) !== null)
      emit(match.index, { kind: "constant", name: `${name}.${match[1] ?? ""}`, value });
  }
}

/** `@Value("${order.url:http://orders}")`, `@ConfigProperty(name = "order.url")`. */
export const injectedSettings: Detector = {
  name: "java/injected-settings",
  languages: ["java", "kotlin", "scala"],
  words: ["@Value", "@ConfigProperty", "@Property", "@param:Value", "@field:Value"],
  detect(source, emit) {
    for (const annotation of structureOf(source).annotations) {
      if (settingExpression(source, annotation) === null) continue;
      if (annotation.name === "Value") {
        const template = springTemplate(attributeText(source, annotation, "value") ?? "");
        for (const found of template.matchAll(/\$\{([\w.[\]-]{1,160})(?::-((?:[^{}]|\$\{[^{}]{0,200}\}){0,400}))?\}/g))
          emit(annotation.start, { kind: "setting", key: found[1] ?? "", fallback: found[2] ?? null });
        continue;
      }
      emit(annotation.start, {
        kind: "setting",
        key: attributeText(source, annotation, "name") ?? "",
        fallback: attributeText(source, annotation, "defaultValue"),
      });
    }
  },
};

/** Classes that hold settings: `@ConfigurationProperties(prefix = "order.destinations")` with its fields. */
export const settingClasses: Detector = {
  name: "java/setting-classes",
  languages: ["java", "kotlin"],
  words: ["ConfigurationProperties", "ConfigMapping"],
  detect(source, emit) {
    for (const type of structureOf(source).types) {
      const annotation = type.annotations.find(({ name }) => /^(?:ConfigurationProperties|ConfigMapping)$/.test(name));
      if (annotation === undefined) continue;
      const prefix = attribute(source, annotation, "prefix", "value") ?? "";
      if (!/^[\w.-]{0,120}$/.test(prefix)) continue;
      for (const { name, offset, valueAt: at } of fieldsOf(source, type)) {
        const key = prefix === "" ? name : `${prefix}.${name}`;
        const fallback = at === null ? null : valueAt(source, at);
        emit(offset, { kind: "setting", key, fallback });
        emit(offset, {
          kind: "constant",
          name: `${type.name}.${name}`,
          value: fallback === null ? `\${${key}}` : `\${${key}:-${fallback}}`,
        });
      }
    }
  },
};

/** Nested types hold settings of their own. */
function depthIs(before: string, depth: number): boolean {
  return (before.match(/\{/g) ?? []).length - (before.match(/\}/g) ?? []).length === depth;
}

interface Field {
  readonly name: string;
  readonly offset: number;
  /** Offset of what it is given; null when nothing. */
  readonly valueAt: number | null;
}

/** Text fields of a class, parameters of a record or data class, and methods without parameters of an interface. */
function fieldsOf(source: Source, { word, body, parameters }: Declaration): Field[] {
  const { bare } = source;
  const found: Field[] = [];
  const scan = (from: number, to: number, pattern: RegExp): void => {
    const text = bare.slice(from, Math.min(to, from + 20_000));
    for (const match of matches(text, pattern)) {
      const end = from + match.index + match[0].length;
      const valued = /[=]\s{0,20}$/.test(match[0]);
      if (found.length < 100 && (from !== body?.open || depthIs(text.slice(0, match.index), 1)))
        found.push({ name: match[1] ?? match[2] ?? "", offset: from + match.index, valueAt: valued ? end : null });
    }
  };
  if (parameters !== null)
    scan(
      parameters,
      structureOf(source).closeOf(parameters),
      /\bString\s{1,9}(\w{1,80})\s{0,9}(?=[,)])|\b(\w{1,80})\s{0,3}:\s{0,3}String\??\s{0,9}(?:=\s{0,20})?/g,
    );
  if (body === null) return found;
  if (word === "interface") scan(body.open, body.close, /\b(?:String|URI)\s{1,9}(\w{1,80})\s{0,3}\(\)/g);
  else
    scan(
      body.open,
      body.close,
      /(?<!static\s{1,9}(?:final\s{1,9})?)\b(?:String|URI)\s{1,9}([a-z]\w{0,80})\s{0,9}(?:=\s{0,20}|(?=;))|\b(?:var|val)\s{1,9}(\w{1,80})\s{0,3}:\s{0,3}String\??\s{0,9}(?:=\s{0,20})?/g,
    );
  return found;
}
