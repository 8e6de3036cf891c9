/** Constants that other files refer to, and types of data with their fields. */
import { matches } from "../common/matches.js";
import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { structureOf, type TypeDeclaration } from "./structure.js";
import { valueAt } from "./values.js";

/** Looks like the name of something: a topic, queue, host, path, key; no sentence. */
const nameLike = /^(?=.{0,300}[A-Za-z])[\w${}./:*#@?&=,+~-]{2,300}$/;

export const constants: Detector = {
  name: "csharp/constants",
  languages: ["csharp"],
  words: ["const string", "static readonly string", "static string"],
  detect(source, emit) {
    const pattern =
      /(?<![\w.])((?:(?:public|internal|protected|static|new)\s{1,9}){0,4})(?:const|readonly|static)\s{1,9}[sS]tring\??\s{1,9}([A-Za-z_]\w{0,80})\s{0,9}(?:=>|=)\s{0,60}/g;
    for (const match of matches(source.bare, pattern)) {
      const name = match[2] ?? "";
      const before = source.bare.slice(Math.max(0, match.index - 20), match.index);
      if (/\bprivate\s+$/.test(before)) continue;
      const value = valueAt(source, match.index + match[0].length);
      if (value === null || value.startsWith("{}") || !nameLike.test(value)) continue;
      const owner = structureOf(source).typeAround(match.index)?.name;
      emit(match.index, { kind: "constant", name: owner === undefined ? name : `${owner}.${name}`, value });
    }
  },
};

const minFields = 3;
const maxFields = 120;
const parts =
  /(?:Controller|Service|Repository|Handler|Exception|Attribute|Extensions?|Middleware|Context|Factory|Startup|Program|Validator|Options|Settings|Configuration|Config|Mapper|Profile|Module|Provider|Client|Worker|Migration|Tests?|PageModel|Hub|Builder|Consumer|Filter|Behavior|Endpoint)$/;

/** Classes, records and structs that hold data: properties and positional parameters. */
export const models: Detector = {
  name: "csharp/models",
  languages: ["csharp"],
  words: ["get;", "record ", "public readonly "],
  detect(source, emit) {
    for (const type of structureOf(source).types) {
      if (
        type.word === "interface" ||
        type.word === "enum" ||
        parts.test(type.name) ||
        /\b(?:Controller|ControllerBase|DbContext|PageModel|ComponentBase|Attribute|Exception)\b/.test(type.bases)
      )
        continue;
      const fields = fieldsOf(source, type);
      if (fields.length >= minFields) emit(type.nameAt, { kind: "model", name: type.name, fields });
    }
  },
};

function fieldsOf(source: Source, { word, parameters, body }: TypeDeclaration): string[] {
  const { bare } = source;
  const found = new Set<string>();
  if (word === "record" && parameters !== null) {
    const text = bare.slice(parameters + 1, Math.min(structureOf(source).closeOf(parameters), parameters + 8000));
    for (const match of text.matchAll(/[\w>\])?]\s{1,20}@?([A-Za-z_]\w{0,80})\s{0,20}(?:=[^,]{0,120})?(?=,|$)/g))
      found.add(match[1] ?? "");
  }
  if (body !== null) {
    const text = bare.slice(body.open, Math.min(body.close, body.open + 60_000));
    const property =
      /\b(?:public|internal|protected)\s{1,9}(?:(?:required|virtual|override|new|init|readonly)\s{1,9}){0,3}(?!static|const|class|record|struct|enum|event|delegate)[\w.]{1,100}(?:<[\w\s,.?<>[\]]{1,160}>)?(?:\[\])?\??\s{1,9}@?([A-Za-z_]\w{0,80})\s{0,60}\{\s{0,60}(?:private\s{1,5}|protected\s{1,5}|internal\s{1,5})?(?:get|set|init)\b/g;
    for (const match of text.matchAll(property)) found.add(match[1] ?? "");
    const field =
      /\bpublic\s{1,9}(?:readonly\s{1,9})?(?!static|const|class|record|struct|enum|event|delegate|override|virtual|required|abstract|async)[\w.]{1,100}(?:<[\w\s,.?<>[\]]{1,160}>)?(?:\[\])?\??\s{1,9}([A-Za-z_]\w{0,80})\s{0,9}(?:=[^>;][^;]{0,200})?;/g;
    for (const match of text.matchAll(field)) found.add(match[1] ?? "");
  }
  return [...found].slice(0, maxFields);
}
