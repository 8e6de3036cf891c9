/** What to show of services that deploy together. */
import type { ReleaseGroup } from "#derive/deploys/index.js";
import type { Estate } from "#derive/estate/index.js";
import { type Evidence, maxEvidence } from "#model/evidence.js";
import { shortName } from "#model/refs.js";
import type { Finding } from "#model/result.js";
import { counted, finding, listed, percent, proofOf, rounded } from "../_shared/index.js";
import type { Lockstep } from "./observe.js";
import type { Pair } from "./pairs.js";

const id = "lockstep-deployment";

/** One version for several services. */
export function groupFindings({ groups, services }: Lockstep, estate: Estate): Finding[] {
  return groups.map((group) => {
    const named = listed(group.services.map(shortName), 4);
    return finding({
      code: `${id}/shared-version`,
      severity: group.services.length / services.length >= estate.parameters.A2.structuralShare ? "warning" : "note",
      subjects: group.services,
      message: `${counted(group.services.length, "service")} ${group.isExpression ? `take their version from ${group.version}` : `all carry the version ${group.version}`} (${named}): ${group.isExpression ? "none of them can get a new version alone." : "they are released as one."}`,
      fix: "Give each service a version of its own in the manifest, and let its own pipeline set it.",
      value: group.services.length,
      unit: "services",
      sample: { n: services.length, of: "services" },
      ...proofOf(placesOf(group)),
    });
  });
}

function placesOf({ places }: ReleaseGroup): Evidence[] {
  return places.map(({ repository, file, line, imageExpression, image, imagePlace }) => {
    const text = imageExpression ?? image;
    return { type: "file", repository, ...(imagePlace ?? { file, line }), ...(text === null ? {} : { text }) };
  });
}

/** Pairs in lockstep, the strongest first. */
export function pairFindings({ pairs }: Lockstep): Finding[] {
  return pairs
    .filter(({ isLockstep }) => isLockstep)
    .toSorted((a, b) => b.strongest.rate.low - a.strongest.rate.low || (a.a + a.b < b.a + b.b ? -1 : 1))
    .map((pair) => {
      const { strongest, from, to, a, b } = pair;
      return finding({
        code: `${id}/together`,
        severity: "warning",
        subjects: [a, b],
        message: `${strongest.joint} of ${counted(strongest.n, "deploy")} of ${shortName(from)} came with one of ${shortName(to)} within ${minutes(strongest.windowSeconds)}; working days and hours explain ${percent(strongest.expected)}. ${causes[pair.cause ?? "habit"]}`,
        fix: "Ask what the second deploy waits for: a contract that breaks, a common release, or only custom.",
        ...shareTogether(pair),
      });
    });
}

/** Pairs that always go at the same hour: a note, because their times do not tell whether one waits for the other. */
export function timedFindings({ pairs }: Lockstep): Finding[] {
  return pairs
    .filter(({ isTimed }) => isTimed)
    .map((pair) => {
      const { strongest, from, to, a, b } = pair;
      return finding({
        code: `${id}/timed`,
        severity: "note",
        subjects: [a, b],
        message: `${strongest.joint} of ${counted(strongest.n, "deploy")} of ${shortName(from)} came with one of ${shortName(to)} within ${minutes(strongest.windowSeconds)}, and their hours alone explain ${percent(strongest.expected)}: no log of these hours can tell whether they wait for each other.`,
        fix: "See what starts them: one pipeline for both is one release; two clocks can be set apart.",
        ...shareTogether(pair),
      });
    });
}

/** How often both went together, and the deploys of it. */
function shareTogether({ strongest, joint }: Pair) {
  return {
    value: rounded(strongest.rate.value),
    unit: "share of deploys",
    interval: [rounded(strongest.rate.low), rounded(strongest.rate.high)] as const,
    sample: { n: strongest.n, of: "deploys" },
    evidence: joint.slice(0, maxEvidence).map((deploy) => ({ type: "deploy" as const, id: deploy })),
    evidenceTotal: joint.length,
  };
}

/** What people wrote about the order: a declaration, so a note. */
export function declaredFindings({ declared }: Lockstep): Finding[] {
  return declared.map(({ services: [a, b], evidence }) =>
    finding({
      code: `${id}/declared-order`,
      severity: "note",
      subjects: [a, b],
      message: `${counted(evidence.length, "commit")} ${evidence.length === 1 ? "says" : "say"} that ${shortName(a)} and ${shortName(b)} are deployed together or in an order.`,
      fix: "Let the second one work with the old and the new form, so that the order does not matter.",
      value: evidence.length,
      unit: "commits",
      sample: null,
      ...proofOf(evidence),
    }),
  );
}

const causes: Readonly<Record<NonNullable<Pair["cause"]>, string>> = {
  train: "They go at the same hour of the week: a release train.",
  umbrella: "One version stands for both: they are one release.",
  contract: "They ship changes of a contract between them: the provider and its consumers have to go out at once.",
  habit: "Neither a common version, nor a fixed hour, nor a contract explains it.",
};

/** `45 minutes`. */
export function minutes(seconds: number): string {
  return counted(Math.max(1, Math.round(seconds / 60)), "minute");
}
