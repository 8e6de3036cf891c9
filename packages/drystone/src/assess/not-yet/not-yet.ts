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
    id: "chattiness",
    question: "Are the services overly chatty?",
    reason: "Traces are not read by this version.",
    missing: {
      input: "traces of 3 days",
      how: "drystone assess PATH --traces FILE   (a later version: this version does not read traces)",
    },
    services: 2,
  },
  {
    id: "shared-datastore",
    question: "Do many services share a datastore?",
    reason: "Database use is not read from source by this version.",
    missing: {
      input: "database connections and tables per service",
      how: "drystone assess PATH   (with a later version: this version does not read source code)",
    },
    services: 2,
  },
  {
    id: "shared-code",
    question: "Do the services share much of the same code or models?",
    reason: "Source code is not read by this version.",
    missing: {
      input: "imports of shared libraries",
      how: "drystone assess PATH   (with a later version: this version does not read source code)",
    },
    services: 2,
  },
  {
    id: "library-drift",
    question: "How far have shared libraries drifted apart?",
    reason: "Lock files are not read by this version.",
    missing: {
      input: "library versions per service",
      how: "drystone assess PATH   (with a later version: this version does not read source code)",
    },
    services: 2,
  },
  {
    id: "boundary-quality",
    question: "Are the boundaries business capabilities, or technical layers?",
    reason: "Calls between services are not read from source by this version.",
    missing: {
      input: "calls between services",
      how: "drystone assess PATH --traces FILE   (a later version: this version does not read traces)",
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
    id: "interface-mandate",
    question: "Do teams reach each other's data and functions only through interfaces?",
    reason: "Imports, calls and database use are not read by this version.",
    missing: {
      input: "contracts and the calls that use them",
      how: "drystone check PATH   (a later version: this version does not have it)",
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
    reason: "Imports are not read by this version.",
    missing: { input: "imports", how: "drystone check PATH   (a later version: this version does not have it)" },
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
