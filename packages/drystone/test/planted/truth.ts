/** What is true about a planted history, counted from the plan and not from the repository. */

/** One change set as planned; noise files beside it are left out. A rename is a sweep that moves the folder of its first service. */
export interface PlannedSet {
  readonly time: number;
  readonly kind: "change" | "rename" | "sweep" | "bot" | "noise";
  readonly services: readonly string[];
  readonly author: string;
}

export interface PlantedTruth {
  /** The parameter of the draw: an interval should hold it about 95 times in 100. */
  readonly planted: number;
  /** What the draw became: a count must be equal to it. */
  readonly ripple: Ratio;
  /** False when the history at hand does not hold the window, whole and from one root: then only `unknown` is right. */
  readonly decidable: boolean;
  /** Seconds since 1970: change sets at or after this time count. */
  readonly from: number;
  readonly to: number;
  readonly hub: string | null;
  /** People with at least ten change sets in the window and the effective number of services that each works on. */
  readonly developers: readonly { readonly email: string; readonly changeSets: number; readonly effectiveServices: number }[];
  readonly sweeps: number;
}

export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/** The pooled ripple: of the sets that touch a service other than the hub, those that touch two services or more. */
export function pooledRipple(sets: readonly PlannedSet[], hub: string | null): Ratio {
  let numerator = 0;
  let denominator = 0;
  for (const { services } of sets) {
    if (services.every((service) => service === hub)) continue;
    denominator++;
    if (services.length >= 2) numerator++;
  }
  return { numerator, denominator };
}

/** The service in more than half of the sets; null when there is none. */
export function hubOf(sets: readonly PlannedSet[]): string | null {
  const revisions = new Map<string, number>();
  for (const { services } of sets) for (const service of services) revisions.set(service, (revisions.get(service) ?? 0) + 1);
  for (const [service, count] of revisions) if (count > sets.length / 2) return service;
  return null;
}

/** Inverse Simpson index of the change sets that each person made per service. */
export function developersOf(sets: readonly PlannedSet[]): PlantedTruth["developers"] {
  const people = new Map<string, { changeSets: number; perService: Map<string, number> }>();
  for (const { author, services } of sets) {
    const person = people.get(author) ?? { changeSets: 0, perService: new Map<string, number>() };
    people.set(author, person);
    person.changeSets++;
    for (const service of services) person.perService.set(service, (person.perService.get(service) ?? 0) + 1);
  }
  return [...people]
    .filter(([, person]) => person.changeSets >= 10)
    .map(([email, person]) => ({
      email,
      changeSets: person.changeSets,
      effectiveServices: inverseSimpson([...person.perService.values()]),
    }))
    .sort((a, b) => (a.email < b.email ? -1 : 1));
}

function inverseSimpson(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return 1 / counts.reduce((sum, count) => sum + (count / total) ** 2, 0);
}
