/** Does one person or a small team work in it by themselves? Coverage and focus of the fewest people who make most of its changes (metrics.md B5). */

import type { ChangeSet } from "#derive/change-sets/index.js";
import type { Estate } from "#derive/estate/index.js";
import { peopleAnswer } from "#derive/team-changes/index.js";
import type { Assessment, VerdictWord } from "#model/result.js";
import { type Estimate, wilson } from "#util/statistics/index.js";
import { type Advising, changeEvidence, counted, interval, judged, percent, place, rounded } from "../_shared/index.js";

const id = "worked-on-alone";
const question = "Does one person or a small team work in it independently?";
const source = "parameters B";

export function signalWorkedOnAlone({ estate, part, changes }: Advising): Assessment {
  const { B, ci } = estate.parameters;
  const base = { id, subject: part.subject, question, level: ci.level };
  const answer = peopleAnswer(estate);
  if (answer.state !== "usable")
    return judged({
      ...base,
      verdict: "unknown",
      reasons: answer.reasons,
      missing: estate.obstacles.map(({ input, how }) => ({ input, how })),
    });
  const n = changes.inside.length;
  const crew = crewOf(estate, changes.inside, everySet(changes.inside, changes.outside));
  const enough = n >= B.workChanges;
  const verdict = enough && crew !== null ? verdictOf(crew, estate) : "unknown";
  return judged({
    ...base,
    verdict,
    value: crew === null || crew.focus === null ? null : rounded(crew.focus.value),
    unit: "share of their changes that lie inside",
    interval: crew === null ? null : interval(crew.focus),
    sample: { n, of: "change sets inside", min: B.workChanges },
    grade: "B",
    conditions: [
      { text: `at least ${B.workChanges} change sets inside (${n})`, met: enough, source },
      {
        text: `at most ${B.maxTeam} people make ${percent(B.coverage)} of them, lower bound`,
        met: crew === null ? null : crew.covers,
        source,
      },
      {
        text: `these people make ${percent(B.focus)} of their changes inside, lower bound`,
        met: crew?.focus == null ? null : crew.focus.low >= B.focus,
        source,
      },
    ],
    reasons: [
      crew === null
        ? "No change by people touches it in the window."
        : `${counted(crew.size, "person makes", "people make")} ${percent(crew.coverage?.value ?? 0)} of its ${counted(n, "change set")}; ${percent(crew.focus?.value ?? 0)} of their own changes lie inside.`,
      ...(verdict === "signal" && crew?.size === 1
        ? ["One person only: the knowledge leaves with that person, and one person is no team to own it."]
        : []),
    ],
    missing:
      verdict === "unknown"
        ? [
            {
              input: `at least ${B.workChanges} change sets inside (there are ${n})`,
              how: "drystone advise split NAME --path PATH --window 24m",
            },
          ]
        : [],
    findings:
      n === 0
        ? []
        : [
            place(
              {
                code: `${id}/changes`,
                subjects: [part.subject],
                message: `${counted(n, "change set")} by people inside.`,
                fix: "Ask who of them would own it.",
                value: n,
                unit: "change sets",
                sample: null,
              },
              changeEvidence(estate, changes.inside),
              n,
            ),
          ],
  });
}

interface Crew {
  readonly size: number;
  /** Share of the part's changes that they make. */
  readonly coverage: Estimate | null;
  /** Share of their changes that lie in the part. */
  readonly focus: Estimate | null;
  /** Their coverage is shown to be enough, and they are few. */
  readonly covers: boolean;
}

/** The fewest people whose share of the changes inside is shown to reach the limit; where few do not reach it, as many as a team may have. */
function crewOf(estate: Estate, inside: readonly ChangeSet[], all: readonly ChangeSet[]): Crew | null {
  const { B, ci } = estate.parameters;
  const own = weightsOf(inside);
  const total = weightsOf(all);
  const ranked = [...own].sort(([p, a], [q, b]) => b - a || p - q);
  const n = ranked.reduce((sum, [, weight]) => sum + weight, 0);
  let insideWeight = 0;
  let everywhere = 0;
  const crews: Crew[] = [];
  for (const [person, weight] of ranked.slice(0, B.maxTeam)) {
    insideWeight += weight;
    everywhere += total.get(person) ?? weight;
    const coverage = wilson(insideWeight, n, ci.level);
    const crew = {
      size: crews.length + 1,
      coverage,
      focus: wilson(Math.min(insideWeight, everywhere), everywhere, ci.level),
      covers: (coverage?.low ?? 0) >= B.coverage,
    };
    if (crew.covers) return crew;
    crews.push(crew);
  }
  return crews.at(-1) ?? null;
}

function verdictOf({ covers, coverage, focus }: Crew, { parameters: { B } }: Estate): VerdictWord {
  if (focus === null || coverage === null) return "unknown";
  if (covers && focus.low >= B.focus) return "signal";
  if (coverage.high < B.coverage || focus.high < B.focus) return "none";
  return coverage.value >= B.coverage && focus.value >= B.focus ? "weak" : "none";
}

function weightsOf(sets: readonly ChangeSet[]): Map<number, number> {
  const weights = new Map<number, number>();
  for (const { authors } of sets)
    for (const { person, weight } of authors) weights.set(person, (weights.get(person) ?? 0) + weight);
  return weights;
}

function everySet(...lists: readonly (readonly ChangeSet[])[]): ChangeSet[] {
  return [...new Set(lists.flat())];
}
