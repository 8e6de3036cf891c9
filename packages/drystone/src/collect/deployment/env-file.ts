/** `.env` files and those that `env_file` names. */
import { interpolate, interpolateKnown, type Variables } from "./interpolate.js";

export interface EnvLine {
  readonly key: string;
  /** Variables resolved; null for a key that only lets a value of the outside pass. */
  readonly value: string | null;
  readonly line: number;
}

const maxLines = 5000;
const maxText = 1024 * 1024;

/** Lines of an env file in order. Values may use earlier ones and those of outside. @param outside known before the file is read. */
export function readEnvLines(text: string, outside: Variables = new Map()): EnvLine[] {
  const known = new Map(outside);
  const found: EnvLine[] = [];
  const lines = text.slice(0, maxText).split("\n").slice(0, maxLines);
  for (let at = 0; at < lines.length; at++) {
    const written = /^\s{0,20}(?:export\s{1,5})?([A-Za-z_][\w.-]{0,200})\s{0,5}(?:[=:](.{0,4000}))?$/.exec(
      lines[at]?.trimEnd() ?? "",
    );
    const [, key, rest] = written ?? [];
    if (key === undefined) continue;
    const line = at + 1;
    let value: string | null = known.get(key) ?? null;
    if (rest !== undefined) {
      const whole = quotedLines(rest.trim(), lines, at);
      at += whole.more;
      value = valueOf(whole.text, known);
    }
    if (value !== null) known.set(key, value);
    found.push({ key, value, line });
  }
  return found;
}

/** Variables of a `.env` file by name; the last of two wins. */
export function readEnv(text: string): Map<string, string> {
  return new Map(readEnvLines(text).flatMap(({ key, value }) => (value === null ? [] : [[key, value] as const])));
}

/** A text in quotes may go on for some lines; one that stays open is taken as it stands. */
function quotedLines(start: string, lines: readonly string[], at: number): { text: string; more: number } {
  const quote = start[0];
  if (quote !== "'" && quote !== '"') return { text: start, more: 0 };
  let text = start;
  for (let more = 0; more <= maxQuoted && at + more < lines.length; more++) {
    if (more > 0) text += `\n${lines[at + more]?.trimEnd() ?? ""}`;
    if (text.indexOf(quote, 1) > 0) return { text, more };
  }
  return { text: start, more: 0 };
}

const maxQuoted = 100;

function valueOf(written: string, known: Variables): string | null {
  const quote = written[0];
  const end = quote === "'" || quote === '"' ? written.indexOf(quote, 1) : -1;
  if (end < 0) return interpolateKnown(written.replace(/(?:^|\s)#.*$/, "").trim(), known);
  const inner = written.slice(1, end);
  return quote === "'" ? inner : interpolate(inner.replaceAll("\\n", "\n"), known);
}
