/** Who answers for a component: one team, several, a named person, or nobody. */
import type { Estate } from "#derive/estate/index.js";
import type { Ref } from "#model/refs.js";

export type Responsible =
  | { readonly kind: "team"; readonly ref: Ref }
  | { readonly kind: "person"; readonly ref: Ref }
  /** Several teams or several persons, or two declarations that contradict each other. */
  | { readonly kind: "several"; readonly refs: readonly Ref[] }
  | { readonly kind: "none"; readonly cleared: boolean };

/** Components that should have an owner, by index: those whose coupling is judged, and what deploys alone. */
export function subjectsOfOwnership(estate: Estate): number[] {
  return [...new Set([...estate.subjects, ...estate.services])]
    .filter((index) => estate.components[index]?.built)
    .sort((a, b) => a - b);
}

/** A team goes before persons of the same line: they review for it. */
export function responsibleFor(estate: Estate, component: number): Responsible {
  const ownership = estate.ownership[component];
  const refs = [...new Set(ownership?.declared.map(({ ref }) => ref))];
  const teams = refs.filter((ref) => ref.startsWith("group:"));
  const answering = teams.length > 0 ? teams : refs;
  const [first] = answering;
  if (ownership === undefined || first === undefined) return { kind: "none", cleared: ownership?.state === "cleared" };
  if (answering.length > 1 || ownership.state === "contested") return { kind: "several", refs: answering };
  return { kind: teams.length > 0 ? "team" : "person", ref: first };
}

/** Teams that own at least one of the components alone, with these components by index; sorted by ref. */
export function owningTeams(estate: Estate): ReadonlyMap<Ref, readonly number[]> {
  const owned = new Map<Ref, number[]>();
  for (const component of subjectsOfOwnership(estate)) {
    const responsible = responsibleFor(estate, component);
    if (responsible.kind === "team") owned.set(responsible.ref, [...(owned.get(responsible.ref) ?? []), component]);
  }
  return new Map([...owned].sort(([a], [b]) => (a < b ? -1 : 1)));
}
