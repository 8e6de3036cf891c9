/** A work item as time: how long it lay in which state, who had it, how often it changed hands. */
import type { WorkItemFact, WorkStates } from "#model/running.js";

export type StateKind = "active" | "waiting" | "unknown";

export interface Segment {
  readonly state: string;
  readonly kind: StateKind;
  readonly from: number;
  readonly to: number;
  /** Who has it in this state, as the source, the mapping or the assignee says; null when nobody does. */
  readonly team: string | null;
  /** Who must act next: the team of the state, else of the next one that is work; null when unknown. */
  readonly waitsFor: string | null;
}

export interface ItemFlow {
  readonly id: string;
  readonly created: number;
  readonly done: number | null;
  /** To the end, or to `until` for what is open; seconds. */
  readonly lead: number;
  readonly segments: readonly Segment[];
  /** Changes of team. */
  readonly handOffs: number;
  /** Those that go back to the team before: A, B, A. */
  readonly pingPongs: number;
  /** Seconds in active states; null without a mapping of states. */
  readonly active: number | null;
}

/** @param until end of observation, seconds. @param teamOf team of a person at a time; null when unknown. */
export function itemFlow(
  item: WorkItemFact,
  states: WorkStates | null,
  until: number,
  teamOf: (person: string, time: number) => string | null,
): ItemFlow | null {
  const [first] = item.steps;
  if (first === undefined) return null;
  const done = item.done ?? doneByState(item, states);
  const end = Math.max(first.at, done ?? until);
  const kindOf = stateKinds(states);
  const raw = item.steps.flatMap((step, index) => {
    const from = step.at;
    const to = Math.min(end, item.steps[index + 1]?.at ?? end);
    if (from >= end) return [];
    const mapped = states === null ? null : lookUp(states.teams, step.state);
    return [
      {
        state: step.state,
        kind: kindOf(step.state),
        from,
        to,
        own: step.team ?? mapped ?? (step.assignee === null ? null : teamOf(step.assignee, step.at)),
      },
    ];
  });
  const segments = raw.map(({ own, ...segment }, index): Segment => {
    const next = raw.slice(index).find(({ kind, own: team }) => kind !== "waiting" && team !== null)?.own ?? null;
    return { ...segment, team: own, waitsFor: segment.kind === "waiting" ? (own ?? next) : null };
  });
  const teams = withoutRepetition(segments.flatMap(({ team }) => team ?? []));
  return {
    id: item.id,
    created: first.at,
    done,
    lead: end - first.at,
    segments,
    handOffs: Math.max(0, teams.length - 1),
    pingPongs: teams.filter((team, index) => index >= 2 && teams[index - 2] === team).length,
    active: states === null ? null : segments.reduce((sum, { kind, from, to }) => sum + (kind === "active" ? to - from : 0), 0),
  };
}

/** The last step, where it is a state of the end. */
function doneByState(item: WorkItemFact, states: WorkStates | null): number | null {
  const ends = new Set((states?.done ?? []).map(lower));
  const isEnd = (state: string): boolean => (ends.size > 0 ? ends.has(lower(state)) : isUsualEnd(state));
  const last = item.steps.at(-1);
  if (last === undefined || !isEnd(last.state)) return null;
  const index = item.steps.findLastIndex(({ state }) => !isEnd(state));
  return item.steps[index + 1]?.at ?? last.at;
}

/** What trackers call the end, where nobody said which state it is. */
export function isUsualEnd(state: string): boolean {
  return /^(?:done|closed|resolved|completed?|finished|released|delivered|cancell?ed|won'?t (?:do|fix)|rejected|merged)$/.test(
    lower(state),
  );
}

function stateKinds(states: WorkStates | null): (state: string) => StateKind {
  if (states === null) return () => "unknown";
  const active = new Set(states.active.map(lower));
  const waiting = new Set(states.waiting.map(lower));
  return (state) => (active.has(lower(state)) ? "active" : waiting.has(lower(state)) ? "waiting" : "unknown");
}

function lookUp(teams: WorkStates["teams"], state: string): string | null {
  return Object.entries(teams).find(([name]) => lower(name) === lower(state))?.[1] ?? null;
}

function lower(text: string): string {
  return text.trim().toLowerCase();
}

function withoutRepetition(teams: readonly string[]): string[] {
  return teams.filter((team, index) => team !== teams[index - 1]);
}
