/** Can its inside change without changing something else? Ripple of the changes that leave its contracts as they are (metrics.md C3). */
import { historyObstacles } from "#derive/estate/index.js";
import type { Assessment } from "#model/result.js";
import { wilson } from "#util/statistics/index.js";
import {
  type Advising,
  answerOf,
  changeEvidence,
  counted,
  gate,
  interval,
  judged,
  percent,
  place,
  rounded,
  withoutHistory,
} from "../_shared/index.js";

const id = "changes-alone";
const question = "Can its inside change without changing something else?";

export function askChangesAlone(advising: Advising): Assessment {
  const { estate, part, changes } = advising;
  const { C, nMin, ci } = estate.parameters;
  const base = { id, subject: part.subject, question, level: ci.level };
  const blocked = historyObstacles(estate);
  if (blocked.length > 0) return judged({ ...base, ...withoutHistory(blocked) });
  const n = changes.internal.length;
  const shared = changes.internal.filter(({ isShared }) => isShared).map(({ set }) => set);
  const ripple = wilson(shared.length, n, ci.level);
  const enough = n >= nMin.service;
  const text = `at most ${percent(C.rippleLo)} of its internal changes touch something else, upper bound`;
  const reason =
    ripple === null
      ? "No change inside of it is known."
      : `${shared.length} of ${counted(n, "change")} inside of it also touched files outside${changes.internal.length < changes.inside.length ? "; changes of its contracts are left out" : ""}.`;
  const open = ripple === null || !enough || (ripple.high > C.rippleLo && ripple.low < C.rippleHi);
  const answer = gate(text, open ? null : ripple.high <= C.rippleLo, reason, {
    source: "parameters C",
    missing: !open
      ? null
      : {
          input: enough ? `more changes: with ${n} the margin is too wide` : `${nMin.service} internal changes (there are ${n})`,
          how: "drystone advise split NAME --path PATH --window 24m",
        },
  });
  return judged({
    ...base,
    ...answerOf([answer]),
    value: ripple === null ? null : rounded(ripple.value),
    unit: "share of change sets",
    interval: interval(ripple),
    sample: { n, of: "change sets", min: nMin.service },
    grade: "B",
    findings:
      shared.length === 0
        ? []
        : [
            place(
              {
                code: `${id}/joint-changes`,
                subjects: [part.subject],
                message: `${counted(shared.length, "internal change")} of ${part.name} also touched files outside of it.`,
                fix: "Read them: what did the other side need to know?",
                value: rounded(ripple?.value ?? 0),
                unit: "share of change sets",
                sample: { n, of: "change sets" },
              },
              changeEvidence(estate, shared),
              shared.length,
            ),
          ],
  });
}
