/** What a planted history is made of. Everything else follows from these numbers and the seed. */
import { type Random, seededRandom } from "../fakes/index.js";

export interface PlantedParameters {
  readonly seed: number;
  /** 3 to 20; `serviceNames` holds as many. */
  readonly services: number;
  /** Human change sets that touch a service in the last twelve months, sweeps apart. */
  readonly changeSets: number;
  /** Probability that a change set which touches a service other than the hub touches a second service. */
  readonly ripple: number;
  /** One service takes part in more than half of the change sets. */
  readonly hub: boolean;
  /** How a change set lands: one commit; one commit with a pull request number; a merged branch of one to three commits; one to three
   *  commits that name the same ticket. */
  readonly style: "commit" | "squash" | "merge" | "ticket";
  /** Change sets over more than 30 files, or over at least max(4, half) of the services. */
  readonly sweeps: number;
  /** Change sets by dependency bots, over code of several services. */
  readonly bots: number;
  /** Lock files, documents, pipelines and images: alone, and beside changes of other services. */
  readonly noise: boolean;
  /** So many service folders are renamed, each within a sweep that changes one of its own files too. */
  readonly renames: number;
  /** A third of the services came from a repository of their own so many days before the end; null for a single root. */
  readonly graftDaysBeforeEnd: number | null;
  /** Where the clone is cut: its history is whole, reaches beyond the twelve months, or ends within them. */
  readonly cut: "none" | "before-window" | "inside-window";
  /** Change sets before the twelve months, with a ripple that is not the planted one. */
  readonly older: number;
}

const ripples = [0, 0.02, 0.05, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7];

/** A mix of every trait, from the seed alone. */
export function drawParameters(seed: number): PlantedParameters {
  const random = seededRandom(seed * 7919 + 17);
  const services = 3 + random.integer(18);
  const style = random.pick(["commit", "commit", "squash", "squash", "merge", "merge", "ticket"] as const);
  const linear = style === "commit" || style === "squash";
  const graftDaysBeforeEnd = linear && random.chance(0.2) ? 15 + random.integer(320) : null;
  const cut = style === "merge" || graftDaysBeforeEnd !== null ? "none" : drawCut(random);
  const hub = services >= 5 && random.chance(0.2);
  return {
    seed,
    services,
    changeSets: 40 + random.integer(361),
    ripple: random.pick(ripples.filter((ripple) => hub || leavesNoHub(ripple, services))),
    hub,
    style,
    sweeps: random.integer(9),
    bots: random.integer(40),
    noise: random.chance(0.7),
    renames: random.chance(0.4) ? 1 + random.integer(3) : 0,
    graftDaysBeforeEnd,
    cut,
    older: cut === "before-window" || random.chance(0.6) ? 40 : 0,
  };
}

function drawCut(random: Random): PlantedParameters["cut"] {
  return random.pick(["none", "none", "none", "none", "none", "none", "none", "before-window", "inside-window"] as const);
}

/** With few services a high ripple puts each of them into half of the change sets: then the hub would be an accident of arithmetic. */
function leavesNoHub(ripple: number, services: number): boolean {
  return (1 + 1.25 * ripple) / services <= 0.4;
}
