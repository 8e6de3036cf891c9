import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import { closeOf } from "../expression.js";
import type { Source } from "../source.js";
import { classesOf } from "./classes.js";
import { textAt } from "./text-at.js";

const maxEach = 300;
/** Names of what other components may also know. */
const telling =
  /TOPIC|QUEUE|EVENT|CHANNEL|EXCHANGE|SUBJECT|URL|URI|HOST|ADDR|PATH|ROUTE|SERVICE|ENDPOINT|STREAM|TABLE|COLLECTION|BROKER|PATTERN|CMD|COMMAND|MESSAGE|JOB|CLIENT|PREFIX|BASE|API|SUBSCRIPTION|TOKEN|NAME|CACHE|DATABASE/i;

const enums = /(?<![\w$])enum\s{1,9}([A-Za-z_$][\w$]{0,100})\s{0,9}\{/g;
const exported =
  /(?<![\w$.])export\s{1,9}const\s{1,9}([A-Za-z_$][\w$]{0,100})(?:\s{0,3}:\s{0,3}[\w<>.|]{1,60})?\s{0,3}=\s{0,9}(?=[_`A-Za-z])/g;
const inCapitals = /(?<![\w$.])const\s{1,9}([A-Z][A-Z0-9_]{2,100})\s{0,3}=\s{0,9}(?=[_`])/g;
const commonJs = /(?<![\w$])(?:module\.)?exports\.([A-Z][\w$]{0,100})\s{0,3}=\s{0,9}(?=[_`])/g;
const statics =
  /(?<![\w$])static\s{1,9}(?:readonly\s{1,9})?([A-Za-z_$][\w$]{0,100})(?:\s{0,3}:\s{0,3}string)?\s{0,3}=\s{0,9}(?=[_`])/g;
const settings = /(?<![\w$])this\.([A-Z][A-Z0-9_]{2,100})\s{0,3}=\s{0,9}(?=process\.env)/g;

/** Exported constants, enum members and static fields with plain texts, by the names other files use for them. */
export const constants: Detector = {
  name: "javascript/constants",
  languages: ["javascript"],
  words: ["const ", "enum ", "static ", "exports.", "process.env"],
  detect(source, emit) {
    for (const match of take(source, enums)) members(source, match, emit);
    for (const match of take(source, exported)) single(source, match, "", emit);
    if (/module\.exports|exports\.|export\s{0,3}\{/.test(source.bare))
      for (const match of take(source, inCapitals)) single(source, match, "", emit);
    for (const match of take(source, commonJs)) single(source, match, "", emit);
    for (const match of take(source, statics)) {
      const owner = classesOf(source).findLast(({ open }) => open < match.index);
      if (owner !== undefined) single(source, match, `${owner.name}.`, emit);
    }
    for (const match of take(source, settings)) single(source, match, "", emit);
  },
};

export function take(source: Source, pattern: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (const match of source.bare.matchAll(pattern)) {
    if (found.length >= maxEach) break;
    found.push(match);
  }
  return found;
}

function members(source: Source, match: RegExpExecArray, emit: Emit): void {
  const open = match.index + match[0].length - 1;
  const end = closeOf(source, open);
  const pattern = /[{,]\s{0,200}([A-Za-z_$][\w$]{0,100})\s{0,9}=\s{0,9}/y;
  for (let at = open; at >= 0 && at < end; at = source.bare.indexOf(",", at + 1)) {
    pattern.lastIndex = at;
    const member = pattern.exec(source.bare);
    if (member !== null)
      constant(emit, at, `${match[1] ?? ""}.${member[1] ?? ""}`, source.stringAt(pattern.lastIndex)?.value ?? null);
  }
}

function single(source: Source, match: RegExpExecArray, owner: string, emit: Emit): void {
  constant(emit, match.index, `${owner}${match[1] ?? ""}`, textAt(source, match.index + match[0].length));
}

/** Emits what can be a name that others know: no sentence, no number, and nothing that neither name nor value tells about. */
export function constant(emit: Emit, offset: number, name: string, value: Template | null): void {
  if (value === null || value.length < 2 || value.length > 200 || /[\s<>"'`;]/.test(value) || /^\d{1,20}$/.test(value)) return;
  if (!telling.test(name) && !/[a-z]:\/\/|^\/[a-z]|[\w-][.:_/-][\w-]|\$\{/i.test(value)) return;
  if (name.split(".").some((part) => value === `\${const:${part}}`)) return;
  emit(offset, { kind: "constant", name, value });
}
