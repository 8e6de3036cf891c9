/**
 * Where do work items wait?
 * Lead time with open items counted in, touch time as an interval (commits at least, active states at most), waits charged to the team that must act next, hand-offs,
 * and whether the window is steady (metrics.md G1). Measured, never judged: published benchmarks have no data behind them.
 */
import type { Estate } from "#derive/estate/index.js";
import { isUsualEnd, kaplanMeierQuantile, quantileInterval, type WorkFlow, workFlow } from "#derive/flow/index.js";
import type { Assessment, Finding } from "#model/result.js";
import { type Assess, assessment, counted, finding, listed, percent, rounded } from "../_shared/index.js";
import { changesToProduction } from "./changes-to-production.js";
import { flowMeasures, type LeadTimes } from "./measures.js";

const id = "flow";
const question = "Where do work items wait?";
const missing = {
  input: "work items with the states they went through",
  how: "drystone assess PATH --work FILE   (CSV id,state,entered_at[,assignee,team], GitHub issues, a Jira search with changelog)",
};

const day = 86_400;

export const assessFlow: Assess = (estate) => {
  const flow = workFlow(estate);
  const { nMin, ci, G } = estate.parameters;
  const changes = changesToProduction(estate);
  if (flow === null) {
    const reason = "No work items are at hand.";
    return {
      assessment: assessment(
        id,
        question,
        { verdict: "unknown", reasons: [reason, ...changes.reasons], missing: [missing] },
        ci.level,
      ),
      measures: changes.measures,
    };
  }
  const lead = leadTimes(flow, ci.level, ci.seed);
  const isEnough = flow.finished.length >= nMin.items;
  const isSteady = flow.little === null ? null : flow.little.error <= G.littleMax;
  return {
    assessment: assessment(
      id,
      question,
      {
        verdict: isEnough ? "measured" : "unknown",
        value: isEnough && lead.p50 !== null ? rounded(lead.p50) : null,
        unit: "days (median lead time)",
        interval: isEnough ? lead.interval : null,
        sample: { n: flow.finished.length, of: "finished items", min: nMin.items },
        conditions: [
          { text: `at least ${nMin.items} finished items`, met: isEnough, source: "parameters nMin" },
          {
            text: "the states that are work and waiting are told",
            met: estate.facts.workStates !== null,
            source: "parameters G",
          },
          {
            text: `Little's law holds within ${percent(G.littleMax)}: the window is steady`,
            met: isSteady,
            source: "parameters G",
          },
        ],
        grade: isEnough ? "B" : null,
        reasons: [
          ...(isEnough
            ? reasons(estate, flow, lead)
            : [`${counted(flow.finished.length, "finished item")}; ${nMin.items} are needed.`]),
          ...usualEnds(estate),
          ...changes.reasons,
        ],
        missing: isEnough
          ? mapping(estate)
          : [{ ...missing, input: `${nMin.items} finished work items (so far ${flow.finished.length})` }],
        findings: isEnough ? [...longestWait(flow), ...pingPong(flow)] : [],
      },
      ci.level,
    ),
    measures: [...(isEnough ? flowMeasures(flow, lead) : []), ...changes.measures],
  };
};

function leadTimes({ items }: WorkFlow, level: number, seed: number): LeadTimes {
  const durations = items.map(({ lead, done }) => ({ time: lead / day, isDone: done !== null }));
  const interval = quantileInterval(durations, 0.5, level, seed);
  return {
    p50: kaplanMeierQuantile(durations, 0.5),
    p85: kaplanMeierQuantile(durations, 0.85),
    p95: kaplanMeierQuantile(durations, 0.95),
    interval: interval === null ? null : [rounded(interval[0]), rounded(interval[1])],
  };
}

function reasons(estate: Estate, flow: WorkFlow, lead: LeadTimes): string[] {
  const open = flow.items.length - flow.finished.length;
  const days = (value: number | null): string => (value === null ? "a time not reached yet" : `${oneDigit(value)} days`);
  const handOffs = flow.finished.reduce((sum, item) => sum + item.handOffs, 0) / flow.finished.length;
  const hasTeams = flow.finished.some(({ segments }) => segments.some(({ team }) => team !== null));
  return [
    `${waitSentence(flow)}Half of the items are done within ${days(lead.p50)} of calendar time after they came into being, 85 % within ${days(lead.p85)}, 95 % within ${days(lead.p95)}${open > 0 ? ` (${counted(open, "open item")} counted as at least that long)` : ""}.`,
    efficiency(estate, flow),
    hasTeams
      ? `An item changes hands between teams ${oneDigit(handOffs)} times on average${pingPongs(flow) > 0 ? `; ${counted(pingPongs(flow), "time")} it came back to the team before` : ""}.`
      : "No team is named in the items, and no assignee is in a known team: hand-offs are not known.",
    ...(flow.little === null
      ? []
      : [
          `On average ${oneDigit(flow.little.inProgress)} items were open; ${oneDigit(flow.little.arrivalsPerDay)} a day that take ${oneDigit(flow.little.days)} days each make ${oneDigit(flow.little.arrivalsPerDay * flow.little.days)}: ${flow.little.error <= estate.parameters.G.littleMax ? "the window is steady" : "the window is not steady, so averages of waiting do not describe a queue"}.`,
        ]),
  ];
}

/** States of the end that were told by their names. */
function usualEnds({ facts: { workItems, workStates } }: Estate): string[] {
  if ((workStates?.done ?? []).length > 0) return [];
  const named = new Set(
    workItems.flatMap(({ done, steps }) => {
      const last = steps.at(-1);
      return done === null && last !== undefined && isUsualEnd(last.state) ? [last.state] : [];
    }),
  );
  return named.size === 0
    ? []
    : [`Nobody said which states are the end; ${listed([...named].sort(), 4)} was taken for it by its name.`];
}

function waitSentence({ waits, touch }: WorkFlow): string {
  const [first] = [...waits].filter(([team]) => team !== null).sort(([, a], [, b]) => b - a);
  if (first === undefined || touch.lead === 0) return "";
  return `Most of the waiting is for ${first[0]}: ${percent(first[1] / touch.lead)} of the time of an item. `;
}

function efficiency(estate: Estate, { touch }: WorkFlow): string {
  const { least, most, lead, withCommits } = touch;
  if (most === null)
    return estate.facts.workStates === null
      ? "How much of that was work is unknown: nobody said which states are work and which are waiting."
      : "How much of that was work is unknown: no finished item was in a state that is work.";
  if (least === null)
    return `Work took at most ${percent(most / lead)} of that time, as the states of work show; how much at least is not known: no commit names an item.`;
  return `Work took between ${percent(least / lead)} and ${percent(most / lead)} of that time: commits show the least (${counted(withCommits, "item")} with commits), states of work the most.`;
}

function mapping(estate: Estate): Assessment["missing"] {
  return estate.facts.workStates === null
    ? [
        {
          input: "which states are work and which are waiting",
          how: "drystone.yaml   (inputs: { states: { active: [in progress], waiting: [review], done: [closed] } })",
        },
      ]
    : [];
}

function longestWait({ waits, touch, finished }: WorkFlow): Finding[] {
  const total = [...waits.values()].reduce((sum, seconds) => sum + seconds, 0);
  const known = [...waits]
    .flatMap(([team, seconds]) => (team === null ? [] : [[team, seconds] as const]))
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const unknown = waits.get(null) ?? 0;
  return known.slice(0, 5).map(([team, seconds]) => {
    const items = finished.filter(({ segments }) => segments.some(({ waitsFor }) => waitsFor === team));
    return finding({
      code: `${id}/waits-for-team`,
      severity: "note",
      subjects: [`group:default/${team.toLowerCase()}`],
      message: `Items wait for ${team} ${percent(seconds / total)} of all waiting (${oneDigit(seconds / day)} days in ${counted(items.length, "item")})${unknown > 0 ? `; for whom ${percent(unknown / total)} of the waiting is, is not known` : ""}.`,
      fix: "Look at what these items wait for: a decision, a review, an environment; and let the team that needs it do it.",
      value: rounded(seconds / touch.lead),
      unit: "share of the time of an item",
      sample: { n: items.length, of: "finished items" },
      evidence: items.slice(0, 20).map((item) => ({ type: "workitem" as const, id: item.id })),
      evidenceTotal: items.length,
    });
  });
}

function pingPongs({ finished }: WorkFlow): number {
  return finished.reduce((sum, item) => sum + item.pingPongs, 0);
}

function pingPong({ finished }: WorkFlow): Finding[] {
  const items = finished.filter((item) => item.pingPongs > 0);
  if (items.length === 0) return [];
  const teams = [...new Set(items.flatMap(({ segments }) => segments.flatMap(({ team }) => team ?? [])))].sort();
  return [
    finding({
      code: `${id}/ping-pong`,
      severity: "note",
      subjects: ["system"],
      message: `${counted(items.length, "item")} of ${finished.length} went to another team and back (${listed(teams, 4)}).`,
      fix: "Agree on what an item needs before it is handed over, or give both parts to one team.",
      value: rounded(items.length / finished.length),
      unit: "share of finished items",
      sample: { n: finished.length, of: "finished items" },
      evidence: items.slice(0, 20).map((item) => ({ type: "workitem" as const, id: item.id })),
      evidenceTotal: items.length,
    }),
  ];
}

function oneDigit(value: number): string {
  return value >= 20 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}
