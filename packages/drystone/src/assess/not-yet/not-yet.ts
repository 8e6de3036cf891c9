/** Questions whose evidence this version does not read yet: listed as unknown with the command that would decide them, never left out and never green. */
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
    id: "lockstep-deployment",
    question: "Does deploying one service require deploying others at the same time?",
    reason: "Deploy events are not read by this version.",
    missing: {
      input: "deploy events of 8 weeks",
      how: "drystone assess PATH --deploys FILE   (a later version: this version does not read deploy events)",
    },
    services: 2,
  },
  {
    id: "flow",
    question: "Where do work items wait?",
    reason: "Work items are not read by this version.",
    missing: {
      input: "work items with their states",
      how: "drystone assess PATH --work FILE   (a later version: this version does not read work items)",
    },
    services: 0,
  },
  {
    id: "operational-baseline",
    question: "Does every service have logs, health, metrics, trace context and alerts?",
    reason: "The operational baseline is not read by this version.",
    missing: {
      input: "the baseline of each service",
      how: "drystone ops check PATH   (a later version: this version does not have it)",
    },
    services: 0,
  },
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
    reason: "Contracts are not read by this version.",
    missing: {
      input: "contracts of two versions",
      how: "drystone contracts diff OLD NEW   (a later version: this version does not have it)",
    },
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
