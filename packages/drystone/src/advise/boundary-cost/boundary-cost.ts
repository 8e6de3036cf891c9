/**
 * What a boundary around the part would cost and remove: separate lines, never one score (metrics.md F1, F2). Hours decide only when somebody declared
 * what one coordination and one more deployable take; without, the lines are there and the verdict is unknown.
 */
import type { Assessment, Measure, VerdictWord } from "#model/result.js";
import { type Advising, changeEvidence, counted, interval, judged, listed, place, rounded } from "../_shared/index.js";
import { coordination } from "./coordination.js";
import { costLines } from "./cost-lines.js";
import { netHours } from "./net-hours.js";

const id = "boundary-cost";
const question = "Would a boundary around it pay?";
const source = "parameters F";

export interface BoundaryCost {
  readonly assessment: Assessment;
  readonly costs: readonly Measure[];
  readonly benefits: readonly Measure[];
}

export function askBoundaryCost(advising: Advising): BoundaryCost {
  const { estate, part } = advising;
  const { F } = estate.parameters;
  const lines = costLines(advising);
  const events = coordination(advising);
  const declared = ["F.touchHours", "F.opsHoursPerService"].every((name) => Object.hasOwn(estate.facts.config.thresholds, name));
  const net = netHours(events, estate.parameters);
  // Where nothing is removed, no number of hours makes it pay.
  const nothing = events.before === 0;
  const decided = net !== null && events.after !== null && declared;
  const verdict: VerdictWord = nothing ? "does-not-pay" : decided ? verdictOf(net, F.goRatio) : "unknown";
  const perMonth = events.before === null ? null : events.before / events.months.length;
  const unknown = [
    ...(events.isThin
      ? [{ input: `${estate.parameters.nMin.service} changes of it`, how: "drystone advise split NAME --path PATH --window 24m" }]
      : []),
    ...(events.before === null && !events.isThin
      ? [
          {
            input: "who owns it and who owns the rest",
            how: "drystone init   then name `owner:` and `members:` in drystone.yaml",
          },
        ]
      : []),
    ...(events.after === null
      ? [
          {
            input: "its contract, to see how often that changes",
            how: "write its operations down as OpenAPI, AsyncAPI or proto, and keep them beside it",
          },
        ]
      : []),
    ...(declared
      ? []
      : [
          {
            input: "what one coordination and one more deployable cost you",
            how: "write `thresholds: { F.touchHours: { value: 1.5, reason: … }, F.opsHoursPerService: { value: 10, reason: … } }` into drystone.yaml",
          },
        ]),
  ];
  return {
    costs: lines,
    benefits: events.measures,
    assessment: judged({
      id,
      subject: part.subject,
      question,
      verdict,
      value: decided && net !== null ? rounded(net.mean) : null,
      unit: decided ? "hours per month" : null,
      interval: decided && net !== null ? interval(net) : null,
      level: 0.9,
      sample: { n: events.months.length, of: "months" },
      grade: verdict === "unknown" ? null : "C",
      conditions: [
        { text: "the owners of both sides are known", met: events.before !== null, source },
        { text: "how often its contract changes is known", met: events.after !== null, source },
        { text: "hours of a coordination and of a deployable are declared", met: declared, source },
        { text: "the margin of the net hours lies above 0", met: decided && net !== null ? net.low > 0 : null, source },
        {
          text: `it removes ${F.goRatio} times what it costs`,
          met: decided && net !== null ? net.removed >= F.goRatio * net.spent : null,
          source,
        },
      ],
      reasons: [
        events.before === null
          ? events.isThin
            ? `How much coordination the boundary would remove is not known: ${counted(advising.changes.inside.length, "change")} of it in the window ${advising.changes.inside.length === 1 ? "is" : "are"} too few.`
            : "How much coordination the boundary would remove is not known: the owners of both sides are not."
          : `${counted(events.before, "change")} in ${counted(events.months.length, "month")} needed people or files of another team${perMonth === null || perMonth === 0 ? "" : ` (${Number(perMonth.toPrecision(2))} per month)`}.`,
        ...(nothing
          ? ["A boundary removes no coordination between teams here, and costs a deployment, a pipeline and a network hop."]
          : []),
        ...(net !== null && net.breakEven !== null && !nothing
          ? [
              `It breaks even when one coordination takes ${Number(net.breakEven.toPrecision(2))} hours of work, at ${F.opsHoursPerService} hours per month for a deployable${declared ? "" : " (assumed)"}.`,
            ]
          : []),
      ],
      missing: verdict === "unknown" || verdict === "undecided" ? unknown : [],
      findings:
        events.sets.length === 0
          ? []
          : [
              place(
                {
                  code: `${id}/coordination`,
                  subjects: [part.subject, ...events.teams.slice(0, 5)],
                  message: `${counted(events.sets.length, "change")} needed another team${events.teams.length > 0 ? `: ${listed(events.teams, 3)}` : ""}.`,
                  fix: "Read them: would a contract have made the second team unnecessary?",
                  value: events.sets.length,
                  unit: "change sets",
                  sample: { n: advising.changes.inside.length, of: "change sets" },
                },
                changeEvidence(estate, events.sets),
                events.sets.length,
              ),
            ],
    }),
  };
}

function verdictOf(net: NonNullable<ReturnType<typeof netHours>>, ratio: number): VerdictWord {
  if (net.high < 0) return "does-not-pay";
  return net.low > 0 && net.removed >= ratio * net.spent ? "pays" : "undecided";
}
