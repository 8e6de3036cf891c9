/** What a parameter of a function of this file is given by its callers. */

import { countBefore } from "#util/count-before.js";
import type { Template } from "../cue.js";
import { argumentOffsets, templateAt } from "../expression.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";
import { type CallSite, callSites } from "./call-sites.js";

const typedHead =
  /\n[ \t]{0,24}(?:(?:public|protected|private|internal|static|final|async|virtual|override|synchronized|open|suspend|fun)[ \t]{1,4}){1,5}(?:<[\w ,?]{1,60}>[ \t]{1,3})?(?:[\w.<>[\],?]{1,100}[ \t]{1,3}){0,3}(\w{1,80})[ \t]{0,3}\(/g;

const heads: Readonly<Record<string, RegExp>> = {
  java: typedHead,
  kotlin: typedHead,
  csharp: typedHead,
  javascript:
    /\n[ \t]{0,24}(?:(?:export|default|public|private|protected|static|async|function|const|let)[ \t]{1,4}){0,5}([A-Za-z_$][\w$]{0,80})[ \t]{0,3}(?:=[ \t]{0,3}(?:async[ \t]{0,3})?)?(?:<[\w ,=.|]{1,80}>[ \t]{0,3})?\(/g,
  go: /\n(?=func[ \t(])(?:func[ \t]{0,3}(?:\([^()\n]{0,100}\)[ \t]{0,3})?)(\w{1,80})(?:\[[^\]\n]{0,80}\])?\(/g,
  python: /\n[ \t]{0,24}(?:async[ \t]{1,3})?def[ \t]{1,4}(\w{1,80})[ \t]{0,3}\(/g,
  rust: /\n[ \t]{0,12}(?:pub(?:\([\w ]{1,20}\))?[ \t]{1,3})?(?:async[ \t]{1,3})?fn[ \t]{1,3}(\w{1,80})(?:<[^<>\n]{0,80}>)?\(/g,
};

interface Head {
  readonly name: string;
  readonly at: number;
  readonly open: number;
  readonly parameters: readonly string[];
  /** What callers give, by index, once it was asked for. */
  readonly given: Map<number, Template | null>;
}

/** Undefined: the name is no parameter; else the one template that all known callers give, or null. */
export function parameterAt(source: Source, offset: number, name: string): Template | null | undefined {
  const head = headBefore(headsOf(source), offset);
  const index = head?.parameters.indexOf(name) ?? -1;
  if (head === undefined || index < 0) return undefined;
  // A value that the function itself gives the name wins.
  if (source.assignments.get(name)?.some((at) => at > head.at + 1 && at < offset && !isDefault(source, head, at)))
    return undefined;
  const before = head.given.get(index);
  if (before !== undefined) return before;
  // One that is being asked for has no answer yet, so circles end.
  head.given.set(index, null);
  const given = givenTo(source, head, index);
  head.given.set(index, given);
  return given;
}

export interface ParameterPlace {
  readonly function: string;
  /** Position in a call; a receiver that callers do not write is not counted. */
  readonly index: number;
  readonly name: string;
}

/** Which parameter of which function around the place has the name; null when none has, or when the function gives it a value itself. */
export function parameterPlace(source: Source, offset: number, name: string): ParameterPlace | null {
  const all = headsOf(source);
  const last = headBefore(all, offset);
  if (last === undefined) return null;
  const nearest = all.indexOf(last);
  for (let at = nearest; at >= Math.max(0, nearest - 2); at--) {
    const head = all[at];
    const index = head?.parameters.indexOf(name) ?? -1;
    if (head === undefined || index < 0) continue;
    if (source.assignments.get(name)?.some((given) => given > head.at + 1 && given < offset && !isDefault(source, head, given)))
      return null;
    return { function: head.name, index: index - (/^(?:self|cls)$/.test(head.parameters[0] ?? "") ? 1 : 0), name };
  }
  return null;
}

/** The one template that callers give the parameter; null when there is none or more than one. */
function givenTo(source: Source, head: Head, index: number): Template | null {
  const given = new Set<Template>();
  for (const call of callersOf(source).get(head.name) ?? []) {
    if (call.open === head.open) continue;
    const isBound = head.parameters[0] === "self" && call.path.includes(".");
    const argument = argumentOffsets(source, call.open)[index - (isBound ? 1 : 0)];
    const template = argument === undefined ? null : (templateAt(source, argument) ?? passedOn(source, argument));
    if (template !== null) given.add(template);
    if (given.size > 1) return null;
  }
  return [...given][0] ?? null;
}

/** The argument is itself a parameter of the caller. */
function passedOn(source: Source, argument: number): Template | null {
  const name = /^[A-Za-z_]\w{0,60}(?=\s{0,20}[,)])/.exec(source.bare.slice(argument, argument + 90))?.[0];
  return name === undefined ? null : (parameterAt(source, argument, name) ?? null);
}

function headBefore(heads: readonly Head[], offset: number): Head | undefined {
  return heads[countBefore(heads.length, (index) => (heads[index]?.at ?? 0) < offset) - 1];
}

const maxCallers = 20;

/** At most 20 of each name. */
const callersOf = perSource((source): ReadonlyMap<string, readonly CallSite[]> => {
  const found = new Map<string, CallSite[]>();
  for (const call of callSites(source)) {
    const list = found.get(call.name);
    if (list === undefined) found.set(call.name, [call]);
    else if (list.length < maxCallers) list.push(call);
  }
  return found;
});

/** `def f(host="x")`: a default stands in the head. */
function isDefault(source: Source, { at }: Head, offset: number): boolean {
  return !/[)\]]\s{0,9}(?:->[^:\n]{0,80})?[:{]\s/.test(source.bare.slice(at, offset));
}

const headsOf = perSource((source): readonly Head[] => {
  const pattern = heads[source.language];
  const found =
    pattern === undefined
      ? []
      : [...source.bare.matchAll(pattern)].slice(0, 3000).map((match) => ({
          name: match[1] ?? "",
          at: match.index,
          open: match.index + match[0].length - 1,
          parameters: parametersOf(source, match.index + match[0].length - 1),
          given: new Map(),
        }));
  return found;
});

function parametersOf(source: Source, open: number): string[] {
  const offsets = argumentOffsets(source, open);
  // `String topic`: the name stands last.
  if (source.language === "java" || source.language === "csharp")
    return offsets.map((at, index) => {
      const end = offsets[index + 1] ?? at + (source.bare.slice(at, at + 300).search(/[()]|$/) + 1);
      return /(\w{1,80})\s{0,20}(?:=[^,()]{0,60})?[,)]?\s{0,60}$/.exec(source.bare.slice(at, Math.min(end, at + 300)))?.[1] ?? "";
    });
  return offsets.flatMap(
    (at) =>
      /^(?:(?:mut|val|var|private|readonly|public)[ \t]{1,3}|\*{1,2}|&(?:mut )?){0,2}(\w{1,80})/.exec(
        source.bare.slice(at, at + 90),
      )?.[1] ?? [],
  );
}
