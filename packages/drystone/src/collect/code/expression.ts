/** Expressions that make an address, a name or a path, as a template with holes. */
import type { Template } from "./cue.js";
import { settingReadAt } from "./setting-readers.js";
import type { Source } from "./source.js";

/** What only a run would know. */
const hole = "{}";

const maxDepth = 6;
const maxTerms = 40;
const maxSteps = 300;
/** Steps for all expressions of a file: what people write takes a tenth of it. */
const maxStepsOfFile = 200_000;

/**
 * The template of the expression at an offset: texts, their joins and holes, settings with fallbacks, constants of this file and, as `${const:A.B}`, of others.
 * Null when nothing of it is known.
 */
export function templateAt(source: Source, offset: number): Template | null {
  const leftOfFile = stepsLeft.get(source) ?? maxStepsOfFile;
  const given = Math.min(maxSteps, leftOfFile);
  const steps = { left: given };
  const read = choice(source, offset, { level: 0, steps });
  stepsLeft.set(source, leftOfFile - (given - steps.left));
  return read === null || read.template.replaceAll(hole, "") === "" ? null : read.template;
}

const stepsLeft = new WeakMap<Source, number>();

/** Offsets of the arguments of the call whose opening bracket is at `open`. Looks at most 4,000 characters ahead. */
export function argumentOffsets(source: Source, open: number): number[] {
  const { bare } = source;
  const offsets: number[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < Math.min(bare.length, open + 4000); at++) {
    const char = bare[at];
    if (char === "(" || char === "[" || char === "{") depth++;
    else if (char === ")" || char === "]" || char === "}") depth--;
    if ((char === "," && depth === 1) || depth === 0) {
      if (bare.slice(start, at).trim() !== "") offsets.push(skipBlanks(bare, start));
      start = at + 1;
    }
    if (depth === 0) break;
  }
  return offsets;
}

/** How deep a reading is nested, and how many steps the whole of it may still take. */
interface Depth {
  readonly level: number;
  readonly steps: { left: number };
}

function deeper({ level, steps }: Depth): Depth {
  return { level: level + 1, steps };
}

interface Read {
  readonly template: Template;
  readonly end: number;
}

/** `a || b`, `a ?? b`, `a or b`, `a ?: b`: the second is what the first falls back to. */
function choice(source: Source, offset: number, depth: Depth): Read | null {
  const compared = joined(source, offset, depth);
  if (compared === null) return null;
  const first = branches(source, compared, depth);
  const operator = /\s{0,60}(?:\|\||\?\?|\bor\b|\?:)\s{0,60}/y;
  operator.lastIndex = first.end;
  if (operator.exec(source.code) === null) return first;
  const second = choice(source, operator.lastIndex, deeper(depth));
  if (second === null) return first;
  const setting = /^\$\{([^{}]{1,200})\}$/.exec(first.template);
  if (setting?.[1] && !setting[1].includes(":-") && !setting[1].startsWith("const:"))
    return { template: `\${${setting[1]}:-${second.template}}`, end: second.end };
  return first.template === hole ? second : { template: first.template, end: second.end };
}

/** `a == b ? x : y`: what is compared is no value; the first branch that is known is. */
function branches(source: Source, compared: Read, depth: Depth): Read {
  const comparison = /\s{0,60}(?:===?|!==?|<=?|>=?)\s{0,60}(?!>)/y;
  comparison.lastIndex = compared.end;
  const isComparison = comparison.exec(source.code) !== null;
  const right = isComparison ? joined(source, comparison.lastIndex, deeper(depth)) : compared;
  const end = right?.end ?? compared.end;
  const question = /\s{0,60}\?(?![.?:])\s{0,60}/y;
  question.lastIndex = end;
  if (question.exec(source.code) === null) return isComparison ? { template: hole, end } : compared;
  const yes = choice(source, question.lastIndex, deeper(depth));
  const colon = /\s{0,60}:\s{0,60}/y;
  colon.lastIndex = yes?.end ?? end;
  if (yes === null || colon.exec(source.code) === null) return isComparison ? { template: hole, end } : compared;
  const no = choice(source, colon.lastIndex, deeper(depth));
  return { template: yes.template.replaceAll(hole, "") === "" ? (no?.template ?? hole) : yes.template, end: no?.end ?? yes.end };
}

/** Texts and values joined by `+`, `.` (PHP), `<>` (Elixir), `&`. */
function joined(source: Source, offset: number, depth: Depth): Read | null {
  if (depth.level > maxDepth || depth.steps.left-- <= 0) return null;
  const first = term(source, offset, depth);
  if (first === null) return null;
  let { template, end } = first;
  const operator =
    source.language === "php"
      ? /\s{0,60}\.\s{0,60}(?!\w{1,60}\()/y
      : source.language === "elixir"
        ? /\s{0,60}<>\s{0,60}/y
        : /\s{0,60}\+\s{0,60}(?![+=])/y;
  for (let count = 0; count < maxTerms; count++) {
    operator.lastIndex = end;
    if (operator.exec(source.code) === null) break;
    const next = term(source, operator.lastIndex, depth);
    if (next === null) break;
    template += next.template;
    end = next.end;
  }
  return template.length > 2000 ? null : { template, end };
}

function term(source: Source, from: number, depth: Depth): Read | null {
  const { code } = source;
  const offset = skipBlanks(code, from);
  const literal = source.stringAt(offset);
  if (literal !== null) return formatted(source, literal.end, filled(source, literal.value, literal.holes, depth), depth);
  if (code[offset] === "(") {
    const inner = choice(source, offset + 1, deeper(depth));
    if (inner === null) return null;
    const close = skipBlanks(code, inner.end);
    return code[close] === ")" ? { template: inner.template, end: close + 1 } : null;
  }
  const setting = settingReadAt(source, offset);
  if (setting !== null) {
    const fallback = setting.fallbackAt === null ? null : choice(source, setting.fallbackAt, deeper(depth));
    const known = fallback !== null && fallback.template !== hole;
    return { template: `\${${setting.key}${known ? `:-${fallback.template}` : ""}}`, end: skipCalls(source, setting.end) };
  }
  const format = /(?:fmt\.Sprintf|String\.format|string\.Format|sprintf|format!|String\.Format|f?format)\(/y;
  format.lastIndex = offset;
  if (format.exec(code) !== null) return formatCall(source, format.lastIndex - 1, depth);
  const wrapper =
    /(?:new\s{1,9}[\w.]{1,60}|[\w.]{0,60}(?:URI\.create|Uri|URL|UriComponentsBuilder\.\w{1,40}|HttpUrl\.parse|String|str|url\.parse|toString|encodeURI|from_static|to_string|to_owned|into))\(/y;
  wrapper.lastIndex = offset;
  if (wrapper.exec(code) !== null) {
    const open = wrapper.lastIndex - 1;
    const first = argumentOffsets(source, open)[0];
    const inner = first === undefined ? null : choice(source, first, deeper(depth));
    return { template: inner?.template ?? hole, end: skipCalls(source, closeOf(source, open)) };
  }
  return named(source, offset, depth);
}

/** A name: what this file gives it, else a constant of another file or a hole. */
function named(source: Source, offset: number, depth: Depth): Read | null {
  const pattern = /[&*!$@]{0,2}(?:await\s{1,9})?[A-Za-z_$][\w$]{0,80}(?:(?:\??\.|::|->)[A-Za-z_$][\w$]{0,80}){0,6}/y;
  pattern.lastIndex = offset;
  const found = pattern.exec(source.code);
  if (found === null) {
    const number = /\d{1,9}/y;
    number.lastIndex = offset;
    const digits = number.exec(source.code);
    return digits ? { template: digits[0], end: number.lastIndex } : null;
  }
  const name = found[0].replace(/^[&*!$@]*(?:await\s+)?/, "");
  const end = skipCalls(source, pattern.lastIndex);
  return { template: valueOf(source, name, offset, depth, end > pattern.lastIndex), end };
}

function valueOf(source: Source, name: string, usedAt: number, depth: Depth, isCall: boolean): Template {
  // In a page it is the machine that the page came from.
  if (source.language === "javascript" && /(?:^|\.)location\.(?:hostname|host)$/.test(name)) return "localhost";
  const parts = name.split(/\??\.|::|->/);
  const last = parts.at(-1) ?? name;
  if (!isCall && depth.level < maxDepth) {
    const offsets = source.assignments.get(last) ?? source.assignments.get(`$${last}`) ?? [];
    // The nearest value before the use is the likeliest; what stands only behind it is a field or a constant.
    const nearest = [...offsets].filter((at) => at < usedAt).reverse();
    for (const at of [...nearest, ...offsets.filter((one) => one > usedAt)]) {
      if (at <= usedAt && usedAt <= at + 1) continue;
      const value = choice(source, at, deeper(depth));
      if (value !== null && value.template.replaceAll(hole, "") !== "") return value.template;
    }
  }
  const isConstant = parts.length > 1 ? /^[A-Z]/.test(parts.at(-2) ?? "") : /^[A-Z][A-Z0-9_]{2,}$/.test(last);
  return isConstant && !isCall ? `\${const:${parts.slice(-2).join(".")}}` : hole;
}

/** `"…%s…" % x` and `"…{}…".format(x)`: the values go into the text in order. */
function formatted(source: Source, end: number, template: Template, depth: Depth): Read {
  const { code } = source;
  const percent = /\s{0,20}%\s{0,20}(?=[\w("'$@])/y;
  percent.lastIndex = end;
  if ((source.language === "python" || source.language === "ruby") && percent.exec(code) !== null) {
    const at = percent.lastIndex;
    const offsets = code[at] === "(" || code[at] === "[" ? argumentOffsets(source, at) : [at];
    const close = code[at] === "(" || code[at] === "[" ? closeOf(source, at) : (term(source, at, deeper(depth))?.end ?? at);
    return { template: inserted(source, template, offsets, depth), end: close };
  }
  const method = /\s{0,20}\.(?:format|formatted)\(/y;
  method.lastIndex = end;
  if (method.exec(code) !== null) {
    const open = method.lastIndex - 1;
    return { template: inserted(source, template, argumentOffsets(source, open), depth), end: closeOf(source, open) };
  }
  return { template, end: skipCalls(source, end) };
}

function formatCall(source: Source, open: number, depth: Depth): Read | null {
  const [format, ...values] = argumentOffsets(source, open);
  if (format === undefined || depth.level > maxDepth) return null;
  const literal = source.stringAt(format);
  const text = literal === null ? choice(source, format, deeper(depth))?.template : literal.value;
  if (text === undefined) return null;
  return { template: inserted(source, text, values, depth), end: closeOf(source, open) };
}

/** Replaces `%s`, `%d`, `{}`, `{0}` in order by the templates of the values. */
function inserted(source: Source, text: string, offsets: readonly number[], depth: Depth): Template {
  let next = 0;
  return text.replace(/%(?:\d\$)?[-+0-9.]{0,6}[sdvqf]|(?<!\$)\{(\d{0,2})(?::[^{}]{0,20})?\}/g, (_, index: string | undefined) => {
    const offset = offsets[index !== undefined && index !== "" ? Number(index) : next++];
    return offset === undefined || depth.level >= maxDepth ? hole : (choice(source, offset, deeper(depth))?.template ?? hole);
  });
}

/** The holes of a literal: `${name}`, `{name}`, `#{name}`, `$name`; what stands in them is looked up by name. */
function filled(source: Source, value: string, holes: "" | "${}" | "{}" | "#{}" | "$", depth: Depth): Template {
  if (holes === "") return value.replace(/\$\{(?!const:)([^{}]{0,200})\}/g, "${$1}");
  const inner = (expression: string): Template => {
    const env = /^(?:process\.env\.|import\.meta\.env\.|ENV\[["']|env::var\(")(\w{1,100})/.exec(expression.trim());
    if (env?.[1]) return `\${${env[1]}}`;
    const setting =
      /(?:getenv|environ\.get|environ|fetch|get|env|[cC]onfig\w{0,20})[([]\s{0,5}["']([A-Za-z][\w.:]{1,100})["']/.exec(
        expression,
      );
    if (setting?.[1]) return `\${${setting[1]}}`;
    const name = /^[$@]?(?:this\.|self\.|\$this->)?[A-Za-z_$][\w$]{0,80}(?:(?:\.|->|::)[A-Za-z_]\w{0,80}){0,4}(?=$|\s|:)/.exec(
      expression.trim(),
    );
    return name === null || depth.level >= maxDepth
      ? hole
      : valueOf(source, name[0].replace(/^[$@]/, ""), Number.MAX_SAFE_INTEGER, deeper(depth), false);
  };
  if (holes === "${}") return value.replace(/\$\{((?:[^{}]|\{[^{}]{0,200}\}){0,400})\}/g, (_, name: string) => inner(name));
  if (holes === "#{}") return value.replace(/#\{([^{}]{0,300})\}/g, (_, name: string) => inner(name));
  if (holes === "{}")
    return value.replace(/\{([^{}]{0,300})\}/g, (_, name: string) =>
      name === "" || /^\d$/.test(name) ? `{${name}}` : inner(name),
    );
  return value.replace(/\{?\$\{?([A-Za-z_]\w{0,80}(?:(?:->|\.)\w{1,80}){0,3}|[^{}$]{1,80})\}{0,2}/g, (whole, name: string) =>
    /^[A-Za-z_]/.test(name) ? inner(name) : whole,
  );
}

/** Calls that leave a text what it is: `.trim()`, `.toString()`, `!`, `as string`, `?.replace(…)`; the value of others is unknown but goes on. */
function skipCalls(source: Source, from: number): number {
  const { code } = source;
  let end = from;
  for (let count = 0; count < 8; count++) {
    const pattern = /!(?!=)|\s{1,9}as\s{1,9}\w{1,40}(?:\[\])?|\s{0,40}\??\.\w{1,60}(?=\()|\?(?=[;,)\s])|(?=\()/y;
    pattern.lastIndex = end;
    if (pattern.exec(code) === null) break;
    end = pattern.lastIndex;
    if (code[end] === "(") end = closeOf(source, end);
  }
  return end;
}

/** Offset behind the bracket that closes the one at `open`. */
export function closeOf(source: Source, open: number): number {
  const { bare } = source;
  let depth = 0;
  for (let at = open; at < Math.min(bare.length, open + 20_000); at++) {
    const char = bare[at];
    if (char === "(" || char === "[" || char === "{") depth++;
    else if ((char === ")" || char === "]" || char === "}") && --depth === 0) return at + 1;
  }
  return open + 1;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? "")) at++;
  return at;
}
