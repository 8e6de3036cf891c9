/** Functions on texts. */

import { linearPattern } from "./linear-pattern.js";
import { trimMarked } from "./marks.js";
import { isList, isTrue, jsonOf, numberOf, type TemplateFunction, textOf, type Value } from "./value.js";
import { toYamlText } from "./yaml-text.js";

/** Longer texts are cut: a template of a few bytes must not fill the memory. */
const maxTextLength = 500_000;

export const textFunctions: Readonly<Record<string, TemplateFunction>> = {
  print: (args) => args.map((arg) => textOf(arg)).join(""),
  println: (args) => `${args.map((arg) => textOf(arg)).join(" ")}\n`,
  printf: ([format, ...args]) => formatted(textOf(format), args),
  quote: (args) =>
    args
      .filter(isGiven)
      .map((arg) => JSON.stringify(textOf(arg)))
      .join(" "),
  squote: (args) =>
    args
      .filter(isGiven)
      .map((arg) => `'${textOf(arg)}'`)
      .join(" "),
  cat: (args) => args.map((arg) => textOf(arg)).join(" "),
  toString: on((text) => text),
  trim: on(trimMarked),
  trimAll: ([signs, text]) => trimmed(textOf(text), textOf(signs)),
  trimPrefix: ([prefix, text]) => withoutPrefix(textOf(text), textOf(prefix)),
  trimSuffix: ([suffix, text]) => withoutSuffix(textOf(text), textOf(suffix)),
  trunc: ([length, text]) =>
    numberOf(length) < 0 ? textOf(text).slice(numberOf(length)) : textOf(text).slice(0, numberOf(length)),
  abbrev: ([length, text]) => textOf(text).slice(0, Math.max(0, numberOf(length))),
  substr: ([from, to, text]) => textOf(text).slice(numberOf(from), numberOf(to) < 0 ? undefined : numberOf(to)),
  lower: on((text) => text.toLowerCase()),
  upper: on((text) => text.toUpperCase()),
  title: on((text) => text.replace(/(^|\s)(\S)/g, (_, space: string, sign: string) => space + sign.toUpperCase())),
  untitle: on((text) => text.charAt(0).toLowerCase() + text.slice(1)),
  camelcase: on((text) =>
    words(text)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(""),
  ),
  snakecase: on((text) => words(text).join("_").toLowerCase()),
  kebabcase: on((text) => words(text).join("-").toLowerCase()),
  nospace: on((text) => text.replace(/\s/g, "")),
  replace: ([old, fresh, text]) => replaced(textOf(text), textOf(old), textOf(fresh)),
  repeat: ([count, text]) => repeated(textOf(text), numberOf(count)),
  contains: ([part, text]) => textOf(text).includes(textOf(part)),
  hasPrefix: ([part, text]) => textOf(text).startsWith(textOf(part)),
  hasSuffix: ([part, text]) => textOf(text).endsWith(textOf(part)),
  indent: ([width, text]) => indented(textOf(text), numberOf(width)),
  nindent: ([width, text]) => `\n${indented(textOf(text), numberOf(width))}`,
  join: ([separator, list]) => (isList(list) ? list.map((item) => textOf(item)).join(textOf(separator)) : textOf(list)),
  split: ([separator, text]) =>
    new Map(
      textOf(text)
        .split(textOf(separator))
        .slice(0, 1000)
        .map((part, index) => [`_${index}`, part]),
    ),
  splitList: ([separator, text]) => textOf(text).split(textOf(separator)).slice(0, 1000),
  b64enc: on((text) => Buffer.from(text).toString("base64")),
  b64dec: on((text) => Buffer.from(text, "base64").toString("utf8")),
  toYaml: ([value]) => toYamlText(value ?? null),
  toJson: ([value]) => jsonOf(value ?? null),
  toPrettyJson: ([value]) => jsonOf(value ?? null),
  toRawJson: ([value]) => jsonOf(value ?? null),
  base: on((text) => text.slice(text.lastIndexOf("/") + 1)),
  dir: on((text) => text.slice(0, Math.max(0, text.lastIndexOf("/")))),
  urlquery: on((text) => text),
  regexMatch: ([pattern, text]) => linearPattern(textOf(pattern))?.test(textOf(text).slice(0, 1000)) ?? false,
  regexReplaceAll: ([pattern, text, fresh]) => patternReplaced(textOf(pattern), textOf(text), textOf(fresh)),
  regexReplaceAllLiteral: ([pattern, text, fresh]) => patternReplaced(textOf(pattern), textOf(text), textOf(fresh)),
  // What changes with every rendering has no meaning for us, but must not be empty.
  sha256sum: () => "sum",
  sha1sum: () => "sum",
  adler32sum: () => "sum",
  randAlphaNum: () => "random",
  randAlpha: () => "random",
  randNumeric: () => "0",
  uuidv4: () => "random",
  now: () => "",
  date: () => "",
  htmlDate: () => "",
};

function on(change: (text: string) => string): TemplateFunction {
  return (args) => change(textOf(args.at(-1)));
}

function isGiven(value: Value): boolean {
  return value !== null;
}

function withoutPrefix(text: string, prefix: string): string {
  return prefix !== "" && text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function withoutSuffix(text: string, suffix: string): string {
  return suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

function trimmed(text: string, signs: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && signs.includes(text.charAt(from))) from++;
  while (to > from && signs.includes(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}

function words(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]/)
    .filter((word) => word !== "");
}

function replaced(text: string, old: string, fresh: string): string {
  return old === "" || fresh.length > 1000 ? text : text.replaceAll(old, () => fresh).slice(0, maxTextLength);
}

function patternReplaced(pattern: string, text: string, fresh: string): string {
  const known = text.length <= 1000 ? linearPattern(pattern, "g") : null;
  return known ? text.replace(known, () => fresh) : text;
}

function repeated(text: string, count: number): string {
  return text.repeat(Math.max(0, Math.min(count, Math.floor(10_000 / Math.max(1, text.length)))));
}

function indented(text: string, width: number): string {
  const pad = " ".repeat(Math.max(0, Math.min(width, 200)));
  return text
    .split("\n")
    .map((line) => pad + line)
    .join("\n")
    .slice(0, maxTextLength);
}

/** The verbs that names and addresses are made of. */
function formatted(format: string, args: readonly Value[]): string {
  let next = 0;
  return format.replace(/%(?:%|[-+# 0]{0,3}\d{0,3}(?:\.\d{1,3})?([a-zA-Z]))/g, (_, verb: string | undefined) => {
    if (verb === undefined) return "%";
    const value = args[next++];
    if (verb === "q") return JSON.stringify(textOf(value));
    if (verb === "d") return String(Math.trunc(numberOf(value)));
    return verb === "t" ? String(isTrue(value)) : textOf(value);
  });
}
