/** Does the part change much faster than the rest, for its size? Rate ratio of change sets per size with the exact interval (metrics.md B3). */
import type { ChangeSet } from "#derive/change-sets/index.js";
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import type { Assessment, VerdictWord } from "#model/result.js";
import { mulberry32, randomIndex } from "#util/random.js";
import { type Estimate, quantiles, rateRatio } from "#util/statistics/index.js";
import { type Advising, changeEvidence, counted, interval, judged, place, rounded, withoutHistory } from "../_shared/index.js";

const id = "changes-faster";
const question = "Does it change much faster than the rest?";
const source = "parameters B";

export function signalChangesFaster(advising: Advising): Assessment {
  const { estate, part } = advising;
  const changes = programChanges(advising);
  const { B, nMin, ci } = estate.parameters;
  const base = { id, subject: part.subject, question, level: ci.level };
  const blocked = historyObstacles(estate);
  if (blocked.length > 0) return judged({ ...base, ...withoutHistory(blocked) });
  const size = sizeOf(advising);
  const [own, others] = [changes.inside.length, changes.outside.length];
  const exact = rateRatio(own, size.inside, others, size.outside, ci.level);
  const dispersion = Math.max(...[changes.inside, changes.outside].map((sets) => dispersionOf(sets.map(({ time }) => time))));
  const estimate = exact !== null && dispersion > B.dispersion ? wider(exact, byWeeks(estate, changes, size)) : exact;
  const enough = own >= nMin.service && others > 0;
  const verdict = enough && estimate !== null ? verdictOf(estimate, B.rateRatio) : "unknown";
  return judged({
    ...base,
    verdict,
    value: own === 0 || estimate === null || !Number.isFinite(estimate.value) ? null : rounded(estimate.value),
    unit: "times the rate of the rest",
    interval: own === 0 ? null : interval(estimate),
    sample: { n: own, of: "change sets", min: nMin.service },
    grade: size.unit === "lines" ? "B" : "C",
    conditions: [
      { text: `at least ${nMin.service} change sets inside`, met: own >= nMin.service, source },
      {
        text: `signal: at least ${B.rateRatio} times the rate of the rest, lower bound`,
        met: enough && estimate !== null ? estimate.low >= B.rateRatio : null,
        source,
      },
    ],
    reasons: [
      estimate === null
        ? "There is nothing to compare: no changes, or no code, inside or outside of it."
        : `${counted(own, "change set")} on ${counted(size.inside, size.unit === "lines" ? "line" : "file")} inside, ${others} on ${counted(size.outside, size.unit === "lines" ? "line" : "file")} outside${own > 0 && Number.isFinite(estimate.value) ? `: ${Number(estimate.value.toPrecision(2))} times the rate for its size` : ""}.`,
      ...(size.unit === "files" ? ["Size is counted in source files here: lines are known for whole components only."] : []),
      ...(dispersion > B.dispersion ? ["Changes come in bursts: the margin is taken from whole weeks."] : []),
    ],
    missing:
      verdict === "unknown"
        ? [
            {
              input: `at least ${nMin.service} change sets inside (there are ${own})`,
              how: "drystone advise split NAME --path PATH --window 24m",
            },
          ]
        : [],
    findings:
      own === 0
        ? []
        : [
            place(
              {
                code: `${id}/changes`,
                subjects: [part.subject],
                message: `${counted(own, "change set")} touched program text of ${part.name} in the window.`,
                fix: "Read them: is it one reason that changes, or many?",
                value: own,
                unit: "change sets",
                sample: null,
              },
              changeEvidence(estate, changes.inside),
              own,
            ),
          ],
  });
}

interface ProgramChanges {
  readonly inside: readonly ChangeSet[];
  readonly outside: readonly ChangeSet[];
}

/** Size counts program text, so the changes that are set against it touch program text: texts of translators would make any rest look busy. */
function programChanges({ view, part }: Advising): ProgramChanges {
  const touching = (wanted: boolean) =>
    view.changes.flatMap(({ set, files }) =>
      files.some((file) => view.files[file]?.isProgram === true && part.files.has(file) === wanted) ? [set] : [],
    );
  return { inside: touching(true), outside: touching(false) };
}

/** The bounds decide: signal from 2, weak above 1; an interval that holds both 1 and 2 decides nothing. */
function verdictOf({ low, high }: Estimate, least: number): VerdictWord {
  if (low >= least) return "signal";
  if (low > 1) return "weak";
  return high < least ? "none" : "unknown";
}

interface Size {
  readonly inside: number;
  readonly outside: number;
  readonly unit: "lines" | "files";
}

/** Lines of program text where the part is made of whole components, else program files. */
function sizeOf({ estate, part, view }: Advising): Size {
  const lines = new Map(estate.facts.clones.lines.map((one) => [one.component, one.lines]));
  const own = [...part.refs].flatMap((ref) => lines.get(ref) ?? []).reduce((sum, count) => sum + count, 0);
  const all = [...lines.values()].reduce((sum, count) => sum + count, 0);
  const files = [...view.files.entries()].filter(([, file]) => file.isProgram).map(([index]) => index);
  const inside = files.filter((file) => part.files.has(file)).length;
  const covered = files.filter((file) => lines.has(estate.components[view.files[file]?.component ?? -1]?.ref ?? "")).length;
  // Lines are counted for components only: where much code lies outside of all of them, files are the fairer size.
  if (part.kind !== "paths" && own > 0 && all > own && covered >= 0.9 * files.length)
    return { inside: own, outside: all - own, unit: "lines" };
  return { inside, outside: files.length - inside, unit: "files" };
}

const quarter = 91 * 86_400;

/** Variance over mean of the changes per quarter; 0 for fewer than two quarters. */
function dispersionOf(times: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const time of times) counts.set(Math.floor(time / quarter), (counts.get(Math.floor(time / quarter)) ?? 0) + 1);
  const values = [...counts.values()];
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) / mean;
}

const week = 7 * 86_400;

/** The rate ratio when whole weeks are drawn again; null without weeks. */
function byWeeks(estate: Estate, changes: ProgramChanges, size: Size): Estimate | null {
  const weeks = new Map<number, { own: number; others: number }>();
  for (const [key, sets] of [
    ["own", changes.inside],
    ["others", changes.outside],
  ] as const) {
    for (const { time } of sets) {
      const known = weeks.get(Math.floor(time / week)) ?? { own: 0, others: 0 };
      known[key]++;
      weeks.set(Math.floor(time / week), known);
    }
  }
  const all = [...weeks].sort(([a], [b]) => a - b).map(([, counts]) => counts);
  if (all.length === 0) return null;
  const random = mulberry32(estate.parameters.ci.seed);
  const ratios = Array.from({ length: estate.parameters.ci.draws }, () => {
    let own = 0;
    let others = 0;
    for (let draw = 0; draw < all.length; draw++) {
      const one = all[randomIndex(random, all.length)];
      own += one?.own ?? 0;
      others += one?.others ?? 0;
    }
    return others === 0 ? Number.POSITIVE_INFINITY : own / size.inside / (others / size.outside);
  });
  const tail = (1 - estate.parameters.ci.level) / 2;
  const [low = 0, high = 0] = quantiles(ratios, [tail, 1 - tail]);
  return { value: low, low, high };
}

function wider(exact: Estimate, other: Estimate | null): Estimate {
  if (other === null || other.high - other.low <= exact.high - exact.low) return exact;
  return { value: exact.value, low: other.low, high: other.high };
}
