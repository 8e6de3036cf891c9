/** Services cut by technical layer: named after layers, calling each other in one chain, changing together or owned by layer teams (recovery.md 5). */
import type { BlockingCall } from "#derive/calls/index.js";
import type { Estate } from "#derive/estate/index.js";
import { responsibleFor } from "#derive/team-changes/index.js";
import type { ComponentFact } from "#model/facts.js";
import { type Estimate, wilson } from "#util/statistics/index.js";
import { wordsOf } from "./words.js";

export interface LayeredCut {
  /** From the user's side down, one per layer. */
  readonly services: readonly ComponentFact[];
  /** The calls from each to the next. */
  readonly chain: readonly BlockingCall[];
  /** Of the changes to one of them, those that touch two or more; null with too few changes. */
  readonly together: { readonly estimate: Estimate; readonly n: number; readonly isOften: boolean } | null;
  /** Each has another owning team; null where owners are not known. */
  readonly ownedByLayer: boolean | null;
  /** Names and chain, and one of the two others. */
  readonly isConfirmed: boolean;
}

const layerWords = [
  "ui web frontend front client webapp spa portal view views",
  "api bff gateway rest edge controller controllers",
  "logic business core domain processing backend middle",
  "db data dao dal persistence storage repository database datastore",
].map((words) => new Set(words.split(" ")));
const leastLayers = 3;
const dataLayer = layerWords.length - 1;
/** Half of the changes or more. */
const oftenTogether = 0.5;

/** Groups of services that differ in the name of a layer only: three layers or more, that of the data among them. */
export function layeredCuts(estate: Estate, calls: readonly BlockingCall[]): LayeredCut[] {
  const families = new Map<string, Map<number, number>>();
  for (const index of estate.services) {
    const words = wordsOf(estate.components[index]?.name ?? "").filter((word) => word !== "service" && word !== "svc");
    const layer = layerWords.findIndex((known) => known.has(words.at(-1) ?? ""));
    if (layer < 0) continue;
    const stem = words.slice(0, -1).join(" ");
    const family = families.get(stem) ?? new Map<number, number>();
    if (!family.has(layer)) family.set(layer, index);
    families.set(stem, family);
  }
  return [...families.values()].flatMap((family) => {
    if (family.size < leastLayers || !family.has(dataLayer)) return [];
    const members = [...family].sort(([a], [b]) => a - b).map(([, index]) => index);
    return cutOf(estate, members, calls) ?? [];
  });
}

function cutOf(estate: Estate, members: readonly number[], calls: readonly BlockingCall[]): LayeredCut | null {
  const services = members.flatMap((index) => estate.components[index] ?? []);
  const chain = services
    .slice(1)
    .flatMap(({ ref }, at) => calls.find(({ from, to }) => from === services[at]?.ref && to === ref) ?? []);
  if (chain.length < services.length - 1) return null;
  const together = changedTogether(estate, members);
  const ownedByLayer = differentTeams(estate, members);
  return { services, chain, together, ownedByLayer, isConfirmed: together?.isOften === true || ownedByLayer === true };
}

function changedTogether({ recent, parameters }: Estate, members: readonly number[]): LayeredCut["together"] {
  const widths = [...recent.sets, ...recent.sweeps.filter(({ files }) => files <= parameters.changeSet.maxFiles)]
    .map(({ components }) => members.filter((member) => components.includes(member)).length)
    .filter((width) => width > 0);
  const estimate = wilson(widths.filter((width) => width > 1).length, widths.length, parameters.ci.level);
  if (estimate === null || widths.length < parameters.nMin.service) return null;
  return { estimate, n: widths.length, isOften: estimate.low >= oftenTogether };
}

function differentTeams(estate: Estate, members: readonly number[]): boolean | null {
  const teams = members.flatMap((member) => {
    const owner = responsibleFor(estate, member);
    return owner.kind === "team" ? [owner.ref] : [];
  });
  return teams.length < members.length ? null : new Set(teams).size === members.length;
}
