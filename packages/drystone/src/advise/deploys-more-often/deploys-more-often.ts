/**
 * Does the part need more frequent deploys? Inside a monolith: of the deploys that ship it, the share that ship nothing else, and how long its changes
 * wait for the train; of a service that deploys alone: its rate against the others (metrics.md B4).
 */
import { releasesOf } from "#derive/running/index.js";
import type { Assessment, VerdictWord } from "#model/result.js";
import { mannWhitney, quantiles, rateRatio, wilson } from "#util/statistics/index.js";
import { type Advising, counted, interval, judged, percent, rounded, shippedBy, trainOf } from "../_shared/index.js";

const id = "deploys-more-often";
const question = "Does it need to be deployed more often than the rest?";
const source = "parameters B";

export function signalDeploysMoreOften(advising: Advising): Assessment {
  const { estate, part } = advising;
  const base = { id, subject: part.subject, question, level: estate.parameters.ci.level };
  const train = trainOf(advising);
  const { deploys: least } = estate.parameters.nMin;
  if (train === null || train.deploys.length < least)
    return judged({
      ...base,
      verdict: "unknown",
      sample: train === null ? null : { n: train.deploys.length, of: "deploys", min: least },
      reasons: [
        train === null || train.deploys.length === 0
          ? "No deploys to production are known."
          : `${counted(train.deploys.length, "deploy")} to production: ${least} are needed to tell.`,
      ],
      missing: [
        {
          input: `${least} deploys to production`,
          how: "drystone import deploys FILE   then  drystone advise split NAME --path PATH --deploys FILE",
        },
      ],
    });
  const told = train.kind === "own" ? ownRate(advising, base) : onTrain(advising, base, train.deploys);
  return train.isProxy ? { ...told, reasons: [...told.reasons, standIns] } : told;
}

const standIns = "Tags and commits of manifests stand for deploys here: they show a release, not that it ran.";

type Base = Pick<Assessment, "id" | "subject" | "question" | "level">;

function ownRate({ estate, part }: Advising, base: Base): Assessment {
  const { B, ci } = estate.parameters;
  const services = estate.services.flatMap((index) => estate.components[index]?.ref ?? []);
  const releases = releasesOf(estate.facts, estate.parameters);
  const counts = (refs: readonly string[]) =>
    refs.map((ref) => releases?.times.get(ref)?.length ?? 0).filter((count) => count > 0);
  const [own] = counts(services.filter((ref) => part.refs.has(ref)));
  const others = counts(services.filter((ref) => !part.refs.has(ref)));
  const ratio =
    others.length === 0
      ? null
      : rateRatio(
          own ?? 0,
          1,
          others.reduce((sum, count) => sum + count, 0),
          others.length,
          ci.level,
        );
  return judged({
    ...base,
    verdict:
      ratio === null
        ? "unknown"
        : ratio.low >= B.rateRatio
          ? "signal"
          : ratio.low > 1
            ? "weak"
            : ratio.high < B.rateRatio
              ? "none"
              : "unknown",
    value: ratio === null ? null : rounded(ratio.value),
    unit: "times the deploys of another service",
    interval: interval(ratio),
    sample: { n: own ?? 0, of: "deploys", min: estate.parameters.nMin.deploys },
    grade: releases?.isProxy === true ? "C" : "B",
    conditions: [
      {
        text: `at least ${B.rateRatio} times the deploys of an average other service, lower bound`,
        met: ratio === null ? null : ratio.low >= B.rateRatio,
        source,
      },
    ],
    reasons: [
      ratio === null
        ? "No other service has known deploys to compare with."
        : `It deploys alone: ${counted(own ?? 0, "deploy")}, ${Number(ratio.value.toPrecision(2))} times those of an average other service.`,
    ],
  });
}

function onTrain(advising: Advising, base: Base, times: readonly number[]): Assessment {
  const { estate } = advising;
  const { B, ci } = estate.parameters;
  const shipped = shippedBy(advising, times);
  const { withPart, solo, total, medianTrigger, waits } = shipped;
  const share = wilson(solo, withPart, ci.level);
  const trigger = total === 0 ? 0 : withPart / total;
  const alone = share !== null && share.low >= B.solo && medianTrigger !== null && trigger >= B.trigger * medianTrigger;
  const test = mannWhitney(waits.own, waits.others);
  const [ownWait] = quantiles(waits.own, [0.5]);
  const [otherWait] = quantiles(waits.others, [0.5]);
  const longer =
    test !== null &&
    ownWait !== undefined &&
    otherWait !== undefined &&
    ownWait >= B.trigger * otherWait &&
    test.p < estate.parameters.J.trendP;
  const verdict: VerdictWord =
    withPart === 0
      ? "none"
      : alone || longer
        ? "signal"
        : share !== null && share.high < B.solo
          ? "none"
          : // A share below the limit that few deploys cannot tell from it is no sign of anything.
            medianTrigger === null || share === null || share.value < B.solo
            ? "unknown"
            : "weak";
  return judged({
    ...base,
    verdict,
    value: share === null ? null : rounded(share.value),
    unit: "share of deploys that ship nothing else",
    interval: interval(share),
    sample: { n: withPart, of: "deploys with a change of it", min: estate.parameters.nMin.deploys },
    grade: "C",
    conditions: [
      {
        text: `${percent(B.solo)} of the deploys that ship it ship nothing else, lower bound`,
        met: share === null ? null : share.low >= B.solo,
        source,
      },
      {
        text: `it triggers ${B.trigger} times as many deploys as the median module`,
        met: medianTrigger === null ? null : trigger >= B.trigger * medianTrigger,
        source,
      },
      {
        text: `its changes wait ${B.trigger} times as long for a deploy, p < ${estate.parameters.J.trendP}`,
        met: test === null ? null : longer,
        source,
      },
    ],
    reasons: [
      `${withPart} of ${counted(total, "deploy")} shipped a change of it, ${solo} of them nothing else.`,
      ...(ownWait === undefined || otherWait === undefined
        ? []
        : [`Its changes waited ${hours(ownWait)} for the next deploy, other changes ${hours(otherWait)} (medians).`]),
      "What a deploy shipped is told by time: the changes since the deploy before it.",
    ],
  });
}

function hours(seconds: number): string {
  const value = seconds / 3600;
  return value >= 48 ? `${Math.round(value / 24)} days` : `${Math.round(value)} hours`;
}
