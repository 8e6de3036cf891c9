/** `${key:default}` as Spring, Micronaut and Quarkus write it. */
import type { Template } from "../cue.js";

const maxDepth = 8;

/** Spring's `${key:default}` as `${key:-default}`; constants and what has no default stay as they are. */
export function springTemplate(text: string): Template {
  return text.includes("${")
    ? parts(text, 0, (key, fallback) => (fallback === null ? `\${${key}}` : `\${${key}:-${fallback}}`))
    : text;
}

/** The text as an expression of Java: `"http://" + System.getenv("host", "x")`. */
export function springExpression(text: string): string {
  return expression(text, 0);
}

function expression(text: string, depth: number): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, key, fallback } of placeholdersIn(text)) {
    if (start > at) pieces.push(quoted(text.slice(at, start)));
    const known = fallback === null || depth >= maxDepth ? "" : `, ${expression(fallback, depth + 1)}`;
    pieces.push(`System.getenv(${quoted(key)}${known})`);
    at = end;
  }
  if (at < text.length || pieces.length === 0) pieces.push(quoted(text.slice(at)));
  return pieces.join(" + ");
}

function parts(text: string, depth: number, written: (key: string, fallback: string | null) => string): string {
  let result = "";
  let at = 0;
  for (const { start, end, key, fallback } of placeholdersIn(text)) {
    const inner = fallback === null || depth >= maxDepth ? fallback : parts(fallback, depth + 1, written);
    result += text.slice(at, start) + written(key, inner);
    at = end;
  }
  return result + text.slice(at);
}

interface Placeholder {
  readonly start: number;
  readonly end: number;
  readonly key: string;
  readonly fallback: string | null;
}

function placeholdersIn(text: string): Placeholder[] {
  const found: Placeholder[] = [];
  for (let start = text.indexOf("${"); start >= 0 && found.length < 50; ) {
    const end = closing(text, start + 2);
    if (end === null) break;
    const inner = text.slice(start + 2, end);
    const named = /^([\w.[\]-]{1,160})(?::-?(.*))?$/s.exec(inner);
    if (named?.[1] !== undefined && named[1] !== "const")
      found.push({ start, end: end + 1, key: named[1], fallback: named[2] ?? null });
    start = text.indexOf("${", end);
  }
  return found;
}

/** Offset of the brace that closes a placeholder. */
function closing(text: string, from: number): number | null {
  let depth = 1;
  for (let at = from; at < Math.min(text.length, from + 2000); at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return null;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"\n$]/g, "")}"`;
}
