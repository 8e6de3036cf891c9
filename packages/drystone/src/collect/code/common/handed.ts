/**
 * Channels that a function of the system's own is handed: `publish(topic, event)` around a client of a broker. Which channel is meant, only the callers say, often in other files.
 * The client's place carries a mark, the callers' places carry what they give; links join the two in each component.
 */
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Language } from "../language.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";
import { type CallSite, callSites } from "./call-sites.js";
import { type ParameterPlace, parameterPlace } from "./parameters.js";

/** `${arg:publish:0:topic}` for the name of a parameter, or of a field that a function is handed; null for any other expression. */
export function handedMark(source: Source, offset: number): Template | null {
  const bare = source.bare.slice(offset, offset + 160);
  const [, owner, name] = /^[&*]?(?:((?:\w{1,40}\.){1,2}))?([A-Za-z_]\w{0,60})(?=\s{0,20}[,)}\]\n;])/.exec(bare) ?? [];
  if (name === undefined) return null;
  const holder = owner?.replace(/\.$/, "");
  const found =
    (holder === undefined ? parameterPlace(source, offset, name) : memberPlace(source, offset, holder, name)) ??
    unpackedPlace(source, offset, name) ??
    fieldPlace(source, name);
  return found === null || !carries.test(found.function) ? null : `\${arg:${found.function}:${found.index}:${found.name}}`;
}

/** `options.topic` of a parameter that holds several. */
function memberPlace(source: Source, offset: number, holder: string, name: string): ParameterPlace | null {
  const place = /^\w+$/.test(holder) ? parameterPlace(source, offset, holder) : null;
  return place === null ? null : { ...place, name };
}

/** `const { exchange, queue } = options` of a parameter, or `({ exchange, queue }: Options)` in its place. */
function unpackedPlace(source: Source, offset: number, name: string): ParameterPlace | null {
  if (source.language !== "javascript") return null;
  for (const { at, holder } of unpacked(source).get(name) ?? []) {
    const place = at < offset ? parameterPlace(source, offset, holder) : null;
    if (place !== null) return { ...place, name };
  }
  return null;
}

const unpacked = perSource((source): ReadonlyMap<string, readonly { readonly at: number; readonly holder: string }[]> => {
  const found = new Map<string, { at: number; holder: string }[]>();
  for (const match of source.bare.matchAll(
    /\b(?:const|let|var)\s{1,9}\{([^{}]{1,800})\}\s{0,9}(?::[^=]{1,80})?=\s{0,9}(\w{1,60})\s{0,5}[;\n]/g,
  ))
    for (const part of (match[1] ?? "").split(",").slice(0, 30)) {
      const name = /^\s{0,200}(\w{1,60})/.exec(part)?.[1];
      if (name !== undefined)
        found.set(name, [...(found.get(name) ?? []), { at: match.index, holder: match[2] ?? "" }].slice(0, 10));
    }
  return found;
});

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

const maxGiven = 10;

/** Names that fields are given, at most ten of each field. One pass. */
const fieldsOf = perSource((source): ReadonlyMap<string, readonly Given[]> => {
  const found = new Map<string, Given[]>();
  const pattern = /(?<!\w)([A-Za-z_]\w{0,60})\s{0,9}(?::=?|=)\s{0,9}([A-Za-z_]\w{0,60})(?=\s{0,9}[,;)}\n])/g;
  for (const match of source.bare.matchAll(pattern)) {
    const [whole, field = "", name = ""] = match;
    const list = found.get(field) ?? [];
    if (list.length < maxGiven) list.push({ at: match.index + whole.length - name.length, name });
    found.set(field, list);
  }
  return found;
});

type Read = (source: Source, offset: number) => Template | null;

/** Of an object each of its members: `{ exchange: "orders", queue: "mails" }`. */
function put(given: Record<string, Template>, source: Source, key: string, at: number, read: Read): void {
  if (source.language === "javascript" && source.bare[at] === "{") {
    for (const member of argumentOffsets(source, at).slice(0, 12)) {
      const label = /^(\w{1,60})\s{0,3}:\s{0,40}/.exec(source.bare.slice(member, member + 110));
      if (label?.[1] !== undefined)
        put(given, source, label[1], member + label[0].length, (from, place) =>
          from.bare[place] === "{" ? null : read(from, place),
        );
    }
    return;
  }
  const text = handedMark(source, at) ?? read(source, at);
  if (text !== null && channelLike.test(text) && text.replace(/\{\}/g, "") !== "") given[key] = text;
}

/** Names of functions and classes that carry messages: a word like `send` alone may carry anything. */
const carries =
  /publish|produce|enqueue|dequeue|consume|subscri|listen|broadcast|(?:send|emit|push|dispatch|put|post|write|notify|handle|poll|receive|read|process|fetch)\w{0,30}(?:message|event|msg|topic|queue|kafka|rabbit|amqp|exchange|stream|broker|channel|sqs|sns|nats|bus|task|recommender)|(?:message|event|topic|queue|kafka|rabbit|exchange|stream|consumer|producer)\w{0,20}(?:send|emit|push|reader|writer|worker|handler|client|service)|^(?:send|emit|push|notify)_?to|(?:start|run|init|setup|create|new|make|register|add)\w{0,20}(?:consumer|producer|publisher|reader|writer|worker)/i;

const channelLike = /^(?!\d+$)(?!.*\/\/)(?=.*[A-Za-z])[\w.${}:/#*@-]{2,200}$/;
const maxCalls = 300;

/** What such functions are handed. @param read the language's way to read an expression as a template. @param calls those of the file that are of no library. */
export function handedTexts(
  language: Language,
  read: Read,
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
          put(given, source, key, offset + (label?.[0].length ?? 0), read);
        }
        if (Object.keys(given).length > 0) emit(start, { kind: "handed", function: name, given });
      }
    },
  };
}
