/** Templates to texts: settings and constants put in. */
import { normalKey } from "#collect/settings/index.js";
import type { Given, Part } from "./parts.js";

export interface Resolved {
  /** Holes that nothing fills are `{}`. */
  readonly text: string;
  /** What was put in from manifests and settings. */
  readonly given: readonly Given[];
}

const maxTexts = 12;
const maxDepth = 5;

/** Every text that a template can stand for in a component: one per value that its settings have. At most 12. */
export function resolveTemplate(template: string, part: Part, shared: ReadonlyMap<string, string>): Resolved[] {
  let texts: Resolved[] = [{ text: template, given: [] }];
  for (let depth = 0; depth < maxDepth; depth++) {
    if (!texts.some(({ text }) => text.includes("${"))) break;
    texts = distinct(texts.flatMap((resolved) => step(resolved, part, shared))).slice(0, maxTexts);
  }
  return texts.map(({ text, given }) => ({ text: text.replace(/\$\{[^{}]*\}/g, "{}"), given }));
}

const innermost = /\$\{([A-Za-z_][\w.:-]{0,200}?)(?::-([^{}$]{0,500}))?\}/;

function step(resolved: Resolved, part: Part, shared: ReadonlyMap<string, string>): Resolved[] {
  const found = innermost.exec(resolved.text);
  if (found?.[1] === undefined) return [{ ...resolved, text: resolved.text.replaceAll("${", "{}") }];
  const [whole, name, fallback] = found;
  const replaced = (value: string, given: Given | null): Resolved => ({
    text: resolved.text.slice(0, found.index) + value + resolved.text.slice(found.index + whole.length),
    given: given === null ? resolved.given : [...resolved.given, given],
  });
  if (name.startsWith("const:")) return [replaced(constant(name.slice("const:".length), part, shared) ?? "{}", null)];
  const values = part.given.get(normalKey(name)) ?? [];
  const texts = values.filter(({ value }) => value !== "" && !value.includes(whole)).map((one) => replaced(one.value, one));
  if (fallback !== undefined && (texts.length === 0 || fallback !== "")) texts.push(replaced(fallback, null));
  return texts.length === 0 ? [replaced("{}", null)] : texts;
}

function constant(name: string, part: Part, shared: ReadonlyMap<string, string>): string | null {
  const last = name.split(".").at(-1) ?? name;
  return part.constants.get(name) ?? part.constants.get(last) ?? shared.get(name) ?? shared.get(last) ?? null;
}

function distinct(texts: readonly Resolved[]): Resolved[] {
  const seen = new Map<string, Resolved>();
  for (const one of texts) if (!seen.has(one.text)) seen.set(one.text, one);
  return [...seen.values()];
}
