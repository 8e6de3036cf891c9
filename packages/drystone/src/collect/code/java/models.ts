/** Types of data with their fields: entities, messages, requests, responses. */
import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { matches } from "./matches.js";
import { type Declaration, structureOf } from "./structure.js";

const minFields = 3;
const maxFields = 120;

/** Parts of a program, not data. */
const parts =
  /^(?:Service|Component|Repository|Controller|RestController|Configuration|SpringBootApplication|Aspect|ControllerAdvice|RestControllerAdvice|Singleton|ApplicationScoped|RequestScoped|Path|FeignClient|ConfigurationProperties|ConfigMapping|Client|Mapper|WebServlet|Stateless|Named|RunWith|SpringBootTest|GrpcService|Factory|Bean)$/;
const collaborators =
  /(?:Service|Repository|Template|Client|Logger|Log|Factory|Dao|DAO|Manager|Controller|Handler|Provider|Publisher|Producer|Consumer|Executor|Registry|Context|Gateway|Builder|Adapter|ObjectMapper|Environment|Resolver|DataSource|Converter|Encoder)$/;

export const models: Detector = {
  name: "java/models",
  languages: ["java", "kotlin", "scala"],
  words: ["class ", "record ", "interface "],
  detect(source, emit) {
    for (const type of structureOf(source).types) {
      if (type.word !== "class" && type.word !== "record") continue;
      if (
        type.annotations.some(({ name }) => parts.test(name)) ||
        /(?:Exception|Error|Test|Config|Configuration|Application|Controller|Repository|Impl)$/.test(type.name)
      )
        continue;
      const fields = fieldsOf(source, type);
      if (fields.length < minFields || fields.some(({ type: given }) => collaborators.test(given))) continue;
      emit(type.nameAt, { kind: "model", name: type.name, fields: fields.map(({ name }) => name).slice(0, maxFields) });
    }
  },
};

interface Field {
  readonly name: string;
  readonly type: string;
}

function fieldsOf(source: Source, { word, body, parameters }: Declaration): Field[] {
  const { bare } = source;
  const { closeOf } = structureOf(source);
  const found: Field[] = [];
  if (parameters !== null) {
    const text = bare.slice(parameters + 1, Math.min(closeOf(parameters), parameters + 8000));
    const pattern =
      source.language === "java"
        ? word === "record"
          ? /\b([A-Za-z][\w.]{0,80})(?:<[\w\s,.?<>]{1,120}>)?(?:\[\])?\s{1,9}([a-z]\w{0,80})\s{0,9}(?=,|$)/g
          : null
        : /\b(?:va[lr]\s{1,9})?([a-z]\w{0,80})\s{0,3}:\s{0,3}([A-Z]\w{0,80})/g;
    if (pattern !== null && (source.language === "java" || /\bva[lr]\s/.test(text) || source.language === "scala"))
      for (const match of matches(text, pattern))
        found.push(
          source.language === "java"
            ? { type: match[1] ?? "", name: match[2] ?? "" }
            : { name: match[1] ?? "", type: match[2] ?? "" },
        );
  }
  if (body !== null) found.push(...ownFields(source, body, closeOf));
  return found.slice(0, maxFields);
}

/** Fields at the top of the body, without static ones. */
function ownFields(
  source: Source,
  body: { readonly open: number; readonly close: number },
  closeOf: (open: number) => number,
): Field[] {
  const { bare } = source;
  const found: Field[] = [];
  const java =
    /(?:^|[;{}]|\s)((?:(?:public|private|protected|final|transient|volatile)\s{1,9}){0,3})([A-Za-z][\w.]{0,80})(?:<[\w\s,.?<>]{1,160}>)?(?:\[\])?\s{1,9}([a-z]\w{0,80})\s{0,9}(?:=[^;]{0,400})?;$/;
  const kotlin = /(?:^|\s)(?:lateinit\s{1,5})?va[lr]\s{1,9}([a-z]\w{0,80})\s{0,3}:\s{0,3}([A-Z]\w{0,80})/;
  let start = body.open + 1;
  for (let at = body.open + 1; at < Math.min(body.close, body.open + 60_000) && found.length < maxFields; at++) {
    const char = bare[at];
    if (char === "{" || char === "(") {
      at = closeOf(at);
      if (char === "{") start = at + 1;
    } else if (char === ";" || (char === "\n" && source.language !== "java")) {
      const statement = bare.slice(Math.max(start, at - 600), at + 1);
      start = at + 1;
      if (/\bstatic\b|\breturn\b|\bimport\b/.test(statement)) continue;
      const match = (source.language === "java" ? java : kotlin).exec(
        source.language === "java" ? statement : statement.trimEnd(),
      );
      if (match === null) continue;
      found.push(
        source.language === "java"
          ? { type: match[2] ?? "", name: match[3] ?? "" }
          : { name: match[1] ?? "", type: match[2] ?? "" },
      );
    }
  }
  return found;
}
