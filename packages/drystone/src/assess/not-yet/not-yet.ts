/** Questions that another command answers: listed as unknown with the command that would decide them, never left out and never green. */
import type { Estate } from "#derive/estate/index.js";
import type { Assessment, Missing } from "#model/result.js";
import { assessment } from "../_shared/index.js";

interface Open {
  readonly id: string;
  readonly question: string;
  readonly reason: string;
  readonly missing: Missing;
  /** Services that the question needs to make sense. */
  readonly services: number;
}

const open: readonly Open[] = [
  {
    id: "module-boundaries",
    question: "Do modules use each other only as declared?",
    reason: "These facts hold no modules and imports.",
    missing: { input: "modules and imports", how: "drystone check PATH" },
    services: 0,
  },
  {
    id: "contract-compatibility",
    question: "Did a contract break its consumers?",
    reason: "One version of the contracts was read; what a change breaks takes two.",
    missing: { input: "contracts of two versions", how: "drystone check PATH --against main" },
    services: 0,
  },
];

export function assessNotYet(estate: Estate): Assessment[] {
  return open.map(({ id, question, reason, missing, services }) =>
    estate.services.length < services
      ? assessment(id, question, {
          verdict: "not-applicable",
          reasons: [
            `The question needs at least ${services} services; ${estate.services.length === 1 ? "there is one" : "there are none"}.`,
          ],
        })
      : assessment(id, question, { verdict: "unknown", reasons: [reason], missing: [missing] }),
  );
}
