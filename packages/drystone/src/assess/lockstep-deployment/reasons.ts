/** What a reader is told, the most important first. */
import type { Estate } from "#derive/estate/index.js";
import { shortName } from "#model/refs.js";
import { counted, listed, percent } from "../_shared/index.js";
import { failureShares } from "./failures.js";
import { minutes } from "./findings.js";
import type { Lockstep } from "./observe.js";

export function reasonsOf(estate: Estate, found: Lockstep, inPairs: number): string[] {
  return [
    ...timed(found),
    ...crowded(found),
    ...temporal(found, inPairs),
    ...(isBundled(estate) && (inPairs > 0 || found.groups.length > 0)
      ? [
          `${estate.facts.config.file ?? "drystone.yaml"} declares that customers get it as one bundle: going out together is what they ask for.`,
        ]
      : []),
    ...structural(found),
    ...ending(found),
    ...(found.isTemporal ? [] : notEnough(estate, found)),
  ];
}

function temporal({ isTemporal, judged, batches, log, pairs }: Lockstep, inPairs: number): string[] {
  if (!isTemporal || batches === null || log === null) return [];
  // Deploys that crowd into one hour leave no window in which batches could be told apart.
  const isTimed = pairs.some((pair) => pair.isTimed);
  const isOpen = isTimed || pairs.some(({ isCrowded }) => isCrowded);
  const some = isTimed
    ? "batches cannot be told apart in the hours that all share"
    : `${batches.several} of ${counted(batches.clusters, "batch", "batches")} of deploys held more than one service (deploys at most ${minutes(batches.windowSeconds)} apart)`;
  const left = log.leftOut.length > 0 ? [`Left out: ${listed(log.leftOut)}.`] : [];
  const suggested = log.proxies ? "Releases suggest lockstep: " : "";
  const first =
    inPairs > 0
      ? `${suggested}${inPairs} of ${counted(judged.length, "service")} with enough deploys ${inPairs === 1 ? "goes" : "go"} out together with another one, beyond what working days and hours explain; ${some}.`
      : `${log.proxies ? "Releases suggest no lockstep: no" : "No"}${isOpen ? " other" : ""} two services deploy together beyond what working days and hours explain; ${some}.`;
  return [
    first,
    ...left,
    ...(log.proxies
      ? [
          "Tags and commits that change versions in manifests stand for deploys here (proxy): they show when something was released, not when it ran.",
        ]
      : []),
  ];
}

/** Nightly runs and the like: the hours alone bring them together, so nothing is left that could tell. */
function timed({ pairs }: Lockstep): string[] {
  const all = pairs.filter(({ isTimed }) => isTimed);
  const [first] = all;
  if (first === undefined) return [];
  const others = all.length > 1 ? ` So do ${counted(all.length - 1, "more pair")}.` : "";
  return [
    `${shortName(first.a)} and ${shortName(first.b)} go at the same hour whenever they go: whether one pipeline or two clocks start them, and whether one could go alone, their times cannot tell.${others}`,
  ];
}

/** Deploys so dense that one that follows another is not told from chance. */
function crowded({ pairs }: Lockstep): string[] {
  const all = pairs.filter(({ isCrowded }) => isCrowded);
  const [first] = all;
  if (first === undefined) return [];
  const others = all.length > 1 ? ` So it is for ${counted(all.length - 1, "more pair")}.` : "";
  return [
    `${shortName(first.a)} and ${shortName(first.b)} deploy so often that chance brings nearly all deploys together within half an hour: whether one follows the other with such a delay, their times cannot tell.${others}`,
  ];
}

/** Declared in drystone.yaml: a product that customers get and install as a whole (metrics.md A2). */
export function isBundled({ facts }: Estate): boolean {
  return facts.config.distribution === "bundled";
}

function structural({ groups, grouped, services, versioned }: Lockstep): string[] {
  if (versioned.length === 0) return [];
  const [first] = groups;
  if (first === undefined)
    return [
      `The manifests suggest no lockstep: no version stands for several services (${counted(versioned.length, "service")} of ${services.length} with a version in a manifest).`,
    ];
  const versions = groups
    .slice(0, 3)
    .map(({ version, services: own }) => `${version} for ${own.length}`)
    .join(", ");
  const suggests = first.isExpression
    ? `The manifests suggest lockstep: ${grouped.length} of ${counted(services.length, "service")} get their version from a text that others share (${versions}): a new version of one is a new version of all.`
    : `The manifests suggest lockstep: ${grouped.length} of ${counted(services.length, "service")} carry the same version as others (${versions}); each could be given its own.`;
  return [suggests];
}

function ending({ log, batches }: Lockstep): string[] {
  const shares = failureShares(log, batches);
  if (shares === null || shares.alone.n + shares.together.n < 20) return [];
  return [`Failed deploys: ${failedOf(shares.together)} together with another service, ${failedOf(shares.alone)} alone.`];
}

function failedOf({ failed, n }: { readonly failed: number; readonly n: number }): string {
  return n === 0 ? "none" : `${percent(failed / n)} of ${n}`;
}

function notEnough(estate: Estate, { log, judged, versioned, weeks }: Lockstep): string[] {
  const { nMin, A2 } = estate.parameters;
  const { deploys } = estate.facts;
  if (log === null) {
    if (deploys.length > 0)
      return [
        deploys.some(({ component }) => component !== null)
          ? "The deploys name environments, and none of them is production."
          : `The deploys name ${listed([...new Set(deploys.map(({ service }) => service))].slice(0, 3))}; no component has such a name.`,
      ];
    return [
      versioned.length === 0
        ? "Neither deploys nor versions in manifests are known."
        : "How often they really go out together, only deploys tell.",
    ];
  }
  if (log.proxies)
    return [
      `No deploys were given; tags and commits of manifests stand for them (proxy) and tell ${counted(log.deploys.length, "release")} over ${Math.floor(weeks)} weeks: ${nMin.deploys} of each of two services over ${A2.weeks} weeks are needed.`,
    ];
  return weeks < A2.weeks
    ? [`The deploys reach over ${Math.floor(weeks)} weeks; ${A2.weeks} are needed.`]
    : [
        `${judged.length === 0 ? "No service has" : `Only ${shortName(judged[0] ?? "")} has`} ${nMin.deploys} deploys to production.`,
      ];
}
