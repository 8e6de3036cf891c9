/**
 * Do the services share much of the same code or models?
 * Three numbers, never added up: libraries with business types and how often they change, copies between services, and models defined alike
 * (metrics.md A6). Value: share of the lines of services that stand in another service too, 0..1. Technical libraries and generated clients do not count.
 */
import type { Estate } from "#derive/estate/index.js";
import type { Missing, VerdictWord } from "#model/result.js";
import { type Assess, assessment } from "../_shared/index.js";
import { type Clones, clonesPart } from "./clones.js";
import { librariesPart } from "./libraries.js";
import { modelsPart } from "./models.js";
import type { Part } from "./part.js";

const id = "shared-code";
const question = "Do the services share much of the same code or models?";
/** Clones of the built services of 18 public systems, counted as here. */
const publicClones = "18 public systems, most of them samples: 0 to 0.53, median 0.13";

export const assessSharedCode: Assess = (estate) => {
  if (estate.services.length < 2) return { assessment: notApplicable(estate), measures: [] };
  const libraries = librariesPart(estate);
  const clones = clonesPart(estate);
  const models = modelsPart(estate);
  const parts = [libraries, clones, models];
  const verdict = verdictOf(parts);
  return {
    assessment: assessment(id, question, {
      verdict,
      value: clones.share,
      unit: "share of lines",
      sample: { n: clones.lines, of: "lines", min: estate.parameters.A6.lines },
      conditions: parts.map(({ condition }) => condition),
      comparison: clones.share === null ? null : publicClones,
      grade: verdict === "unknown" ? null : "B",
      reasons: orderedReasons(clones, libraries, models),
      missing: verdict === "unknown" ? missing(parts, clones) : [],
      findings: parts.flatMap(({ findings }) => findings),
    }),
    measures: parts.flatMap(({ measures }) => measures),
  };
};

function notApplicable(estate: Estate) {
  return assessment(id, question, {
    verdict: "not-applicable",
    reasons: [`The question needs at least 2 services; ${estate.services.length === 1 ? "there is one" : "there are none"}.`],
  });
}

/** Each part decides alone for present; absent needs all three, well below their thresholds. */
function verdictOf(parts: readonly Part[]): VerdictWord {
  if (parts.some(({ met }) => met === true)) return "present";
  if (parts.some(({ quiet }) => quiet === false)) return "mixed";
  return parts.some(({ quiet }) => quiet === null) ? "unknown" : "absent";
}

/** What decides comes first. */
function orderedReasons(clones: Clones, ...others: readonly Part[]): string[] {
  const ordered = [clones, ...others].toSorted((a, b) => orderOf(a) - orderOf(b));
  const [first = "", ...more] = ordered.flatMap(({ reasons }) => reasons);
  // The number of the assessment is that of the copies; a reason about something else names it too.
  const isOther = ordered[0] !== clones && clones.share !== null;
  return [isOther ? `${first} ${clones.reasons[0] ?? ""}` : first, ...more];
}

function orderOf({ met, quiet }: Part): number {
  return met === true ? 0 : quiet === false ? 1 : quiet === true ? 2 : 3;
}

function missing([libraries]: readonly Part[], clones: Clones): Missing[] {
  return [
    ...(clones.quiet === null
      ? [{ input: "the source of the services", how: "drystone assess PATH…   (with the repositories that hold their source)" }]
      : []),
    ...(libraries?.quiet === null
      ? [
          {
            input: "manifests of the services with their libraries, and the history of these libraries",
            how: "drystone assess PATH…   (with the repositories of the services and of their libraries, whole history)",
          },
        ]
      : []),
  ];
}
