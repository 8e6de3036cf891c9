import type { Ref } from "#model/refs.js";
import type { Result } from "#model/result.js";
import { clean, shorten } from "#report/_shared/index.js";
import { UsageError } from "#util/errors.js";

/** The ref of a component, resource or team by ref, name or alias, without case. @throws UsageError with a did-you-mean list */
export function findSubject(result: Result, text: string): Ref {
  const wanted = text.toLowerCase();
  const known = [
    ...result.model.components,
    ...result.model.resources,
    ...result.model.teams.map((team) => ({ ...team, aliases: [] })),
  ];
  const byRef = known.find(({ ref }) => ref.toLowerCase() === wanted);
  if (byRef !== undefined) return byRef.ref;
  const byName = known.filter(({ name }) => name.toLowerCase() === wanted);
  const found =
    byName.length > 0 ? byName : known.filter(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === wanted));
  const refs = [...new Set(found.map(({ ref }) => ref))];
  if (refs.length > 1)
    throw new UsageError("DS-U33", `${quoted(text)} means several things`, `say which: ${refs.slice(0, 5).join(", ")}`);
  if (refs[0] !== undefined) return refs[0];
  const codes = result.assessments.flatMap(({ id, findings }) => [id, ...findings.map(({ code }) => code)]);
  const close = suggestions([...known.flatMap(({ name, aliases }) => [name, ...aliases]), ...codes], text);
  throw new UsageError(
    "DS-U32",
    `nothing in this result is called ${quoted(text)}`,
    close.length > 0 ? `did you mean ${close.join(", ")}?` : "`drystone assess --format json` lists findings and components",
  );
}

/** At most five of `candidates` that are spelled like `text`, the closest first. */
export function suggestions(candidates: readonly string[], text: string): string[] {
  const wanted = text.toLowerCase().slice(0, 64);
  return [...new Set(candidates)]
    .slice(0, 5000)
    .map((candidate) => ({ candidate, distance: distance(candidate.toLowerCase().slice(0, 64), wanted) }))
    .filter(({ distance: edits }) => edits <= Math.max(2, wanted.length / 3))
    .toSorted((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 5)
    .map(({ candidate }) => shorten(candidate, 60));
}

function quoted(text: string): string {
  return `"${clean(text, 100)}"`;
}

// Levenshtein; a word that holds the other whole is close, because names are often given in part.
function distance(a: string, b: string): number {
  if (b.length >= 3 && a.includes(b)) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
