/** Calls of methods with receiver, generic arguments and arguments. */
import type { Source } from "../source.js";
import { genericEnd, lastName, structureOf } from "./structure.js";

export interface Call {
  /** Offset of the receiver, or of the name where there is none. */
  readonly start: number;
  /** Last name before the point: `_bus` of `this._bus.Publish(`, `PubSub` of `bus.PubSub.Publish(`. "" without one or behind a call. */
  readonly receiver: string;
  /** All names before the point: `this._bus`. */
  readonly path: string;
  readonly name: string;
  /** As written: `OrderPlaced, Handler`. "" without. */
  readonly generic: string;
  readonly open: number;
}

/** Every call of a method whose name fits. @param names a pattern without groups, of whole names. */
export function callsOf(source: Source, names: string): Call[] {
  const { bare } = source;
  const found: Call[] = [];
  const pattern = new RegExp(`(?<![\\w@])(${names})(?=\\s{0,9}[(<])`, "g");
  for (let match = pattern.exec(bare); match !== null && found.length < 1000; match = pattern.exec(bare)) {
    const name = match[1] ?? "";
    let open = pattern.lastIndex + (/^\s*/.exec(bare.slice(pattern.lastIndex, pattern.lastIndex + 10))?.[0].length ?? 0);
    let generic = "";
    if (bare[open] === "<") {
      const end = genericEnd(bare, open);
      generic = bare.slice(open + 1, Math.max(open + 1, end - 1));
      open = end + (/^\s*/.exec(bare.slice(end, end + 10))?.[0].length ?? 0);
    }
    if (bare[open] !== "(") continue;
    const before = bare.slice(Math.max(0, match.index - 200), match.index);
    const path = /(?:[A-Za-z_]\w{0,80}(?:<[\w.]{1,80}>)?[?!]?\s{0,60}\.\s{0,9}){0,6}$/.exec(before)?.[0] ?? "";
    const parts = path.split(".").map((part) => part.trim().replace(/[?!]$/, ""));
    const isCall = /\.\s{0,9}$/.test(before);
    // `Task PublishAsync(` declares a method; `await PublishAsync(` and `return PublishAsync(` call one.
    if (
      !isCall &&
      /\b(?!await\b|return\b|else\b)[\w>\])?]{1,80}\s{1,9}$/.test(before) &&
      !/(?:await|return|else|=>|[=(,!&|?:;{}])\s{1,200}$/.test(before)
    )
      continue;
    found.push({
      start: match.index - path.trimStart().length,
      receiver: parts.at(-2) ?? "",
      path: parts.slice(0, -1).join("."),
      name,
      generic,
      open,
    });
  }
  return found;
}

/** Types that the expression at the offset may have: it is made there, or is a name of known type. Last names only; several where a name is given several. */
export function typesAt(source: Source, offset: number): string[] {
  const text = source.bare.slice(offset, offset + 220);
  const made = /^(?:\w{1,60}\s{0,3}:\s{0,3})?new\s{1,9}([A-Z][\w.]{0,140})\s{0,60}[({<]/.exec(text);
  if (made?.[1] !== undefined) return [lastName(made[1])];
  const mapped = /^[\w.!?]{1,80}\.(?:Adapt|Map|MapTo)<([A-Z][\w.]{0,100})>\(/.exec(text);
  if (mapped?.[1] !== undefined) return [lastName(mapped[1])];
  const method = /^([A-Z]\w{0,80})\s{0,3}\(/.exec(text)?.[1];
  if (method !== undefined) {
    const returned = new RegExp(
      `\\b(?:private|public|internal|protected|static)\\s{1,9}([A-Z][\\w.]{0,140})\\s{1,9}${method}\\s{0,3}\\(`,
    ).exec(source.bare)?.[1];
    return returned === undefined ? [] : [lastName(returned)];
  }
  const name = /^(?:\w{1,60}\s{0,3}:\s{0,3})?(?:\(\w{1,60}\)\s{0,3})?@?([A-Za-z_]\w{0,80})\s{0,9}(?=[,)])/.exec(text)?.[1];
  if (name === undefined) return [];
  const type = structureOf(source).typeOf(name, offset);
  return [...(type === null ? [] : [lastName(type)]), ...typesGiven(source, name, offset)];
}

/** `e = isPaid ? new Paid(…) : new Failed(…)` before the offset, where the declared type is only what they share. */
function typesGiven({ bare }: Source, name: string, offset: number): string[] {
  const from = Math.max(0, offset - 3000);
  const before = bare.slice(from, offset);
  const found = new Set<string>();
  for (const match of before.matchAll(new RegExp(`(?<![\\w.])${name}\\s{0,9}=(?![=>])`, "g"))) {
    const rest = before.slice(match.index + match[0].length, match.index + match[0].length + 500);
    const end = rest.indexOf(";");
    const value = end < 0 ? rest : rest.slice(0, end);
    for (const made of value.matchAll(
      /(?:^\s{0,60}|[?:]\s{0,60})(?:\([\w.]{1,80}\)\s{0,5})?new\s{1,9}([A-Z][\w.]{0,140})\s{0,60}[({]/g,
    ))
      found.add(lastName(made[1] ?? ""));
  }
  return [...found];
}
