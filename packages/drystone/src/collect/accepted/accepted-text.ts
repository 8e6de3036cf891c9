/** A list of accepted findings as text: sorted, one line per entry, so that a review sees each decision and two branches rarely meet in one line. */
import type { AcceptedFact } from "#model/policy.js";
import { entryValue } from "./entry-line.js";

/**
 * @param entries of one file. @param before the file as it is; its comments stay: those at the top, and those above an entry that is still there (found by its line).
 * @returns text that `readAccepted` reads as the same entries; null when there is nothing to say and no comment to keep.
 */
export function acceptedText(entries: readonly AcceptedFact[], before: string | null): string | null {
  const { head, above } = commentsOf(before ?? "");
  if (entries.length === 0 && head.length === 0) return null;
  const lines = entries
    .map((entry) => ({
      comments: before === null ? [] : (above.get(entry.line) ?? []),
      key: sortKey(entry),
      line: entryLine(entry),
    }))
    .sort((a, b) => compare(a.key, b.key) || compare(a.line, b.line))
    .flatMap(({ comments, line }) => [...comments, line]);
  const top = before === null || head.length === 0 ? header : head;
  return `${[...top, entries.length === 0 ? "accepted: []" : "accepted:", ...lines].join("\n")}\n`;
}

const header = [
  "# What breaks a rule and stays for now: one line per edge, each with who decided it, why and until when.",
  "# Written by `drystone accept`; `drystone accept --prune` takes out what is gone.",
];

function entryLine({ rule, module, from, to, kind, owner, reason, until }: AcceptedFact): string {
  const fields: readonly (readonly [string, string | null])[] = [
    ["rule", rule],
    ["module", module === "" ? null : module.replace(/^component:default\//, "")],
    ["from", from],
    ["to", to],
    ["kind", kind],
    ["owner", owner],
    ["reason", reason],
    ["until", until],
  ];
  return `  - { ${fields.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${entryValue(value)}`])).join(", ")} }`;
}

function sortKey({ module, rule, from, to, kind }: AcceptedFact): string {
  return [module, rule, from, to, kind ?? ""].join("\0");
}

function commentsOf(text: string): { head: readonly string[]; above: ReadonlyMap<number, readonly string[]> } {
  const above = new Map<number, readonly string[]>();
  let head: readonly string[] = [];
  let open: string[] = [];
  let inside = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*#/.test(line)) open.push(line.trimEnd());
    else if (!inside && line.startsWith("accepted:")) {
      [inside, head, open] = [true, open, []];
    } else if (/^\s*-(?:\s|$)/.test(line)) {
      if (open.length > 0) above.set(index + 1, open);
      open = [];
    }
  }
  return { head, above };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
