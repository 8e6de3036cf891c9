import type { Ref } from "#model/refs.js";
import type { Result } from "#model/result.js";
import { clean, shorten } from "#report/_shared/index.js";
import { closestWords } from "#util/closest-words.js";
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
  return closestWords(candidates, text).map((candidate) => shorten(candidate, 60));
}

function quoted(text: string): string {
  return `"${clean(text, 100)}"`;
}
