/**
 * Channels that a function of the system's own is handed: `publish(topic, event)` around a client of a broker. Which channel is meant, only the callers say, often in other files.
 * The client's place carries a mark, the callers' places carry what they give; links join the two in each component.
 */
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Language } from "../language.js";
import type { Source } from "../source.js";
import { type CallSite, callSites } from "./call-sites.js";
import { type ParameterPlace, parameterPlace } from "./parameters.js";

/** `${arg:publish:0:topic}` for the name of a parameter, or of a field that a function is handed; null for any other expression. */
export function handedMark(source: Source, offset: number): Template | null {
  const bare = source.bare.slice(offset, offset + 160);
  const [, owner, name] = /^[&*]?(?:((?:\w{1,40}\.){1,2}))?([A-Za-z_]\w{0,60})(?=\s{0,20}[,)}\]\n;])/.exec(bare) ?? [];
  if (name === undefined) return null;
  const place = owner === undefined ? parameterPlace(source, offset, name) : null;
  const found = place ?? fieldPlace(source, name);
  return found === null || !carries.test(found.function) ? null : `\${arg:${found.function}:${found.index}:${found.name}}`;
}

/** `p.topic = topic`, `Producer{topic: topic}`: the field is what the function around is handed. */
function fieldPlace(source: Source, field: string): ParameterPlace | null {
  for (const { at, name } of fieldsOf(source).get(field) ?? []) {
    const place = parameterPlace(source, at, name);
    if (place !== null) return place;
  }
  return null;
}

interface Given {
  readonly at: number;
  readonly name: string;
}

const known = new WeakMap<Source, ReadonlyMap<string, readonly Given[]>>();
const maxGiven = 10;

/** Names that fields are given, at most ten of each field. One pass. */
function fieldsOf(source: Source): ReadonlyMap<string, readonly Given[]> {
  const before = known.get(source);
  if (before !== undefined) return before;
  const found = new Map<string, Given[]>();
  const pattern = /(?<!\w)([A-Za-z_]\w{0,60})\s{0,9}(?::=?|=)\s{0,9}([A-Za-z_]\w{0,60})(?=\s{0,9}[,;)}\n])/g;
  for (const match of source.bare.matchAll(pattern)) {
    const [whole, field = "", name = ""] = match;
    const list = found.get(field) ?? [];
    if (list.length < maxGiven) list.push({ at: match.index + whole.length - name.length, name });
    found.set(field, list);
  }
  known.set(source, found);
  return found;
}

/** Names of functions and classes that carry messages: a word like `send` alone may carry anything. */
const carries =
  /publish|produce|enqueue|dequeue|consume|subscri|listen|broadcast|(?:send|emit|push|dispatch|put|post|write|notify|handle|poll|receive|read|process|fetch)\w{0,30}(?:message|event|msg|topic|queue|kafka|rabbit|amqp|exchange|stream|broker|channel|sqs|sns|nats|bus|task|recommender)|(?:message|event|topic|queue|kafka|rabbit|exchange|stream|consumer|producer)\w{0,20}(?:send|emit|push|reader|writer|worker|handler|client|service)|^(?:send|emit|push|notify)_?to|(?:start|run|init|setup|create|new|make|register|add)\w{0,20}(?:consumer|producer|publisher|reader|writer|worker)/i;

const channelLike = /^(?!\d+$)(?!.*\/\/)(?=.*[A-Za-z])[\w.${}:/#*@-]{2,200}$/;
const maxCalls = 300;

/** What such functions are handed. @param read the language's way to read an expression as a template. @param calls those of the file that are of no library. */
export function handedTexts(
  language: Language,
  read: (source: Source, offset: number) => Template | null,
  calls: (source: Source) => readonly CallSite[] = callSites,
): Detector {
  return {
    name: `${language}/handed-channels`,
    languages: [language],
    words: null,
    detect(source, emit) {
      let count = 0;
      for (const { name, open, start } of calls(source)) {
        if (!carries.test(name) || ++count > maxCalls) continue;
        const given: Record<string, Template> = {};
        let index = 0;
        for (const offset of argumentOffsets(source, open).slice(0, 8)) {
          const label = /^([A-Za-z_]\w{0,60})\s{0,3}(?:=(?![=>])|:(?!:))\s{0,40}/.exec(source.bare.slice(offset, offset + 120));
          const key = label?.[1] ?? String(index++);
          const at = offset + (label?.[0].length ?? 0);
          const text = handedMark(source, at) ?? read(source, at);
          if (text !== null && channelLike.test(text) && text.replace(/\{\}/g, "") !== "") given[key] = text;
        }
        if (Object.keys(given).length > 0) emit(start, { kind: "handed", function: name, given });
      }
    },
  };
}
