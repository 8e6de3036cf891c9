/** Templates to texts: settings and constants put in. */
import { normalKey } from "#collect/settings/index.js";
import type { Given, Part } from "./parts.js";

export interface Resolved {
  /** Holes that nothing fills are `{}`. */
  readonly text: string;
  /** What was put in from manifests and settings. */
  readonly given: readonly Given[];
  /** The setting without any value that stands where the host would; null where there is none. */
  readonly missing: string | null;
}

const maxTexts = 12;
const maxDepth = 5;

/** Every text that a template can stand for in a component: one per value that its settings have. At most 12. */
export function resolveTemplate(template: string, part: Part, shared: ReadonlyMap<string, string>): Resolved[] {
  let texts: Resolved[] = [{ text: template, given: [], missing: null }];
  for (let depth = 0; depth < maxDepth; depth++) {
    if (!texts.some(({ text }) => text.includes("${"))) break;
    texts = distinct(texts.flatMap((resolved) => step(resolved, part, shared))).slice(0, maxTexts);
  }
  return texts.map((one) => ({ ...one, text: one.text.replace(/\$\{[^{}]*\}/g, "{}") }));
}

const innermost = /\$\{([A-Za-z_][\w./:-]{0,200}?)(?::-([^{}$]{0,500}))?\}/;

function step(resolved: Resolved, part: Part, shared: ReadonlyMap<string, string>): Resolved[] {
  const found = innermost.exec(resolved.text);
  if (found?.[1] === undefined) return [{ ...resolved, text: resolved.text.replaceAll("${", "{}") }];
  const [whole, name, fallback] = found;
  const replaced = (value: string, given: Given | null): Resolved => ({
    text: resolved.text.slice(0, found.index) + value + resolved.text.slice(found.index + whole.length),
    given: given === null ? resolved.given : [...resolved.given, given],
    missing: resolved.missing,
  });
  if (name.startsWith("const:")) return [replaced(constant(name.slice("const:".length), part, shared) ?? "{}", null)];
  const values = part.given.get(normalKey(name)) ?? [];
  const texts = values.filter(({ value }) => value !== "" && !value.includes(whole)).map((one) => replaced(one.value, one));
  // Configuration that is code itself gives its values as constants.
  const configured = texts.length === 0 ? (part.constants.get(name) ?? null) : null;
  if (configured !== null && !configured.includes(whole)) texts.push(replaced(configured, null));
  if (fallback !== undefined && (texts.length === 0 || fallback !== "")) texts.push(replaced(fallback, null));
  const isHost = /^(?:[a-z]{2,10}:\/\/)?$/.test(resolved.text.slice(0, found.index));
  return texts.length === 0 ? [{ ...replaced("{}", null), missing: isHost ? name : resolved.missing }] : texts;
}

function constant(name: string, part: Part, shared: ReadonlyMap<string, string>): string | null {
  const exact = part.constants.get(name) ?? shared.get(name);
  if (exact !== undefined) return exact;
  // Where only the member is known, it must be a name that nobody else would have by chance.
  const last = name.split(".").at(-1) ?? name;
  return /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$|^[A-Z]{5,}$/.test(last) || !name.includes(".")
    ? (part.constants.get(last) ?? shared.get(last) ?? null)
    : null;
}

function distinct(texts: readonly Resolved[]): Resolved[] {
  const seen = new Map<string, Resolved>();
  for (const one of texts) if (!seen.has(one.text)) seen.set(one.text, one);
  return [...seen.values()];
}
