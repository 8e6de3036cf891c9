/**
 * Whether oxc-parser can be trusted with a text. It recurses for each level of nesting and ends the whole process when the stack is full: 8 MB hold about
 * 5,000 brackets or 36,000 operators in a row (measured with 0.154). So a bracket weighs 7 here, an operator 1, and a text may weigh 20,000.
 */
import { matchAt, skipQuoted, skipTrivia } from "../text.js";

const heaviest = 20_000;

/** False only when it is certain that the text nests less deeply than the parser can stand. */
export function mayBeTooDeep(text: string, mayHoldMarkup: boolean): boolean {
  // No text can nest deeper than all its brackets and operators together: enough for nearly all files.
  if (weight(text) <= heaviest) return false;
  return (mayHoldMarkup && /<\/|\/>/.test(text)) || /\r(?!\n)|[\u2028\u2029]/.test(text) || weightOfDeepest(text) > heaviest;
}

function weight(text: string): number {
  return 7 * count(text, nesting) + count(text, chaining);
}

const nesting =
  /[([{<`?:=]|\b(?:if|else|do|new|keyof|typeof|void|delete|await|yield|extends|infer|readonly|unique|as|satisfies|in|instanceof|is|asserts|async|throw)\b/g;
const chaining = /[.!~+\-*/%&|^,@>]/g;

function count(text: string, pattern: RegExp): number {
  let times = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) times++;
  return times;
}

/**
 * An upper bound for the weight at the deepest place: of what stands before it in each bracket that is open there, since the last semicolon or comma.
 * Infinite where it cannot be known what is program and what is text.
 */
function weightOfDeepest(text: string): number {
  const open: number[] = [];
  let here = 0;
  let around = 0;
  let alternatives = 0;
  let most = 0;
  for (let at = skipTrivia(text, 0); at < text.length; at = skipTrivia(text, at)) {
    const char = text.charAt(at);
    const end = behindToken(text, at, char);
    if (end < 0) return Number.POSITIVE_INFINITY;
    if (char === "(" || char === "[" || char === "{") {
      open.push(here);
      around += here + 7;
      here = 0;
    } else if (char === ")" || char === "]" || char === "}") {
      here = open.pop() ?? 0;
      around = Math.max(0, around - here - 7);
    } else if (char === ";" || char === ",") here = 0;
    // What follows `else` is nested in it, whatever semicolons stand between.
    else if (text.startsWith("else", at) && end === at + 4) alternatives += 7;
    else if (char !== '"' && char !== "'") here += weight(text.slice(at, end));
    most = Math.max(most, around + here);
    at = end;
  }
  return most + alternatives;
}

/** Where the word, text or sign ends; -1 when that cannot be known. */
function behindToken(text: string, at: number, char: string): number {
  if (char === '"' || char === "'") {
    const end = skipQuoted(text, at);
    return text[end - 1] === char && end - at > 1 ? end : -1;
  }
  if (char === "`") return matchAt(plainTemplate, text, at) ? plainTemplate.lastIndex : -1;
  if (char === "/") return behindSlash(text, at);
  return at + (matchAt(identifier, text, at)?.[0].length ?? 1);
}

const identifier = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y;
/** Its holes hold no text, comment or bracket that could end it elsewhere. */
const plainTemplate = /`(?:[^`\\$]|\\[^]|\$(?!\{)|\$\{[^{}`"'/\\]*\})*`/y;

/**
 * A division when no other slash follows on the line. Else perhaps a regular expression: what follows on the line only adds weight and closes nothing,
 * so that the sum stays an upper bound in either case.
 */
function behindSlash(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  const rest = text.slice(at + 1, newline < 0 ? text.length : newline);
  if (!rest.includes("/")) return at + 1;
  return rest.includes("`") || rest.includes("/*") ? -1 : at + 1 + rest.length;
}
