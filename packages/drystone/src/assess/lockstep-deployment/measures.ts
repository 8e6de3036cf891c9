/** Numbers that pictures of deploys are drawn from. */
import type { Measure } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { interval, rounded } from "../_shared/index.js";
import { failureShares } from "./failures.js";
import type { Lockstep } from "./observe.js";

const mostWeeks = 104;
const week = 7 * 86_400;

export function deployMeasures(found: Lockstep): Measure[] {
  const { log, pairs, batches, services, grouped, versioned } = found;
  const structural: Measure[] =
    versioned.length === 0
      ? []
      : [
          plain(
            "deploy.shared-version",
            ["system"],
            grouped.length / services.length,
            "share of services",
            { n: services.length, of: "services" },
            null,
          ),
        ];
  if (log === null) return structural;
  const window = `${isoDate(log.from)}/${isoDate(log.to)}`;
  const shares = failureShares(log, batches);
  return [
    ...structural,
    ...weekly(found),
    ...[...log.times].map(([service, times]) =>
      plain(
        "deploy.frequency",
        [service],
        times.length / Math.max(1, found.weeks),
        "deploys per week",
        { n: times.length, of: "deploys" },
        window,
      ),
    ),
    ...pairs.map(
      ({ a, b, strongest, isLockstep, isTimed, isCrowded, cause }): Measure => ({
        id: "deploy.together",
        subjects: [a, b],
        value: rounded(strongest.rate.value),
        unit: "share of deploys",
        interval: interval(strongest.rate),
        sample: { n: strongest.n, of: "deploys" },
        window,
        detail: {
          joint: strongest.joint,
          expected: rounded(strongest.expected),
          p: rounded(strongest.p),
          q: rounded(strongest.q),
          minutes: rounded(strongest.windowSeconds / 60),
          lockstep: isLockstep ? "yes" : isTimed || isCrowded ? "unknown" : "no",
          ...(cause === null ? {} : { cause }),
        },
      }),
    ),
    ...(batches === null || batches.clusters === 0
      ? []
      : [
          {
            ...plain(
              "deploy.batch-share",
              ["system"],
              batches.several / batches.clusters,
              "share of deploy batches",
              { n: batches.clusters, of: "deploy batches" },
              window,
            ),
            interval: interval(batches.estimate),
          },
        ]),
    ...(shares === null
      ? []
      : (["alone", "together"] as const).flatMap((how) =>
          shares[how].n === 0
            ? []
            : [
                plain(
                  `deploy.failed-${how}`,
                  ["system"],
                  shares[how].failed / shares[how].n,
                  "share of deploys",
                  { n: shares[how].n, of: "deploys" },
                  window,
                ),
              ],
        )),
  ];
}

/** Deploys of each service in each week of the log, weeks without one too; a week is named by its Monday. */
function weekly({ log }: Lockstep): Measure[] {
  if (log === null) return [];
  const last = mondayOf(log.to);
  const first = Math.max(mondayOf(log.from), last - (mostWeeks - 1) * week);
  return [...log.times].flatMap(([service, times]) => {
    const counts = new Map<number, number>();
    for (const time of times) counts.set(mondayOf(time), (counts.get(mondayOf(time)) ?? 0) + 1);
    return Array.from({ length: Math.round((last - first) / week) + 1 }, (_, index) => first + index * week).map((monday) =>
      plain("deploy.week", [service], counts.get(monday) ?? 0, "deploys", null, isoDate(monday)),
    );
  });
}

/** 1970-01-05 was a Monday. */
function mondayOf(time: number): number {
  const monday = 4 * 86_400;
  return Math.floor((time - monday) / week) * week + monday;
}

function plain(
  measure: string,
  subjects: readonly string[],
  value: number,
  unit: string,
  sample: Measure["sample"],
  window: string | null,
): Measure {
  return { id: measure, subjects, value: rounded(value), unit, interval: null, sample, window };
}
