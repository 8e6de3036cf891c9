import type { Detector } from "../detector.js";
import { closeOf } from "../expression.js";
import type { Source } from "../source.js";
import { classesOf } from "./classes.js";
import { take } from "./constants.js";

const notData =
  /(?:Props|State|Options|Config|Configuration|Module|Controller|Service|Component|Provider|Context|Repository|Resolver|Guard|Interceptor|Middleware|Hook|Ref|Params|Strategy|Directive|Pipe|Store|Slice|Theme|Styles?)$/;
const notDataDecorators =
  /^(?:Injectable|Controller|Module|Component|Resolver|Directive|Pipe|NgModule|WebSocketGateway|Processor|Catch)$/;
const maxFields = 60;
const maxModels = 300;

/** Classes, interfaces and types with at least three fields. */
export const dataModels: Detector = {
  name: "javascript/data-models",
  languages: ["javascript"],
  words: ["class ", "interface ", "type "],
  detect(source, emit) {
    if (/\.[jt]sx$/.test(source.path)) return;
    let count = 0;
    const model = (offset: number, name: string, open: number, end: number) => {
      if (notData.test(name) || count++ >= maxModels) return;
      const fields = fieldsOf(source, open, end);
      if (fields.length < 3) return;
      emit(offset, { kind: "model", name, fields });
    };
    for (const site of classesOf(source)) {
      if (!site.decorators.some(({ name }) => notDataDecorators.test(name)))
        model(site.start, site.name, site.open, closing(source, site.open));
    }
    const pattern =
      /(?<![\w$.])(?:interface\s{1,9}([A-Z][\w$]{0,100})(?:<[^{}()]{1,100}?>)?(?:\s{1,9}extends\s{1,9}[^{}]{1,200})?|type\s{1,9}([A-Z][\w$]{0,100})(?:<[^{}()=]{1,100}?>)?\s{0,3}=(?:\s{0,9}[\w.<>]{1,80}\s{0,9}&)?)\s{0,9}\{/g;
    for (const match of take(source, pattern)) {
      const open = match.index + match[0].length - 1;
      model(match.index, match[1] ?? match[2] ?? "", open, closing(source, open));
    }
  },
};

function closing(source: Source, open: number): number {
  return Math.min(closeOf(source, open), open + 20_000);
}

/** Names that stand at the first level of the braces and are given a type. */
function fieldsOf(source: Source, open: number, end: number): string[] {
  const { bare } = source;
  const found = new Set<string>();
  const field = /(?:(?:public|private|protected|readonly|declare|static)\s{1,9}){0,3}([A-Za-z_$][\w$]{0,80})[?!]?\s{0,9}:(?!:)/y;
  let depth = 0;
  let isStart = true;
  for (let at = open; at < end && found.size < maxFields; at++) {
    const char = bare[at] ?? "";
    if (char === "{" || char === "(" || char === "[") depth++;
    else if (char === "}" || char === ")" || char === "]") depth--;
    if (depth === 1 && (char === ";" || char === "," || char === "{" || char === "}" || char === "\n" || char === ")"))
      isStart = true;
    else if (depth === 1 && isStart && !/\s/.test(char)) {
      field.lastIndex = at;
      const match = field.exec(bare);
      if (
        match?.[1] !== undefined &&
        match[1] !== "default" &&
        match[1] !== "case" &&
        !/^(?:private|protected|static)\b/.test(match[0])
      ) {
        found.add(match[1]);
        at = field.lastIndex - 1;
      }
      isStart = false;
    }
  }
  return [...found];
}
