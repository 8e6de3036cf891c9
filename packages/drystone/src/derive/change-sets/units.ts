/** Which commits make one change: decided per repository from how its people work, and said with the reason (history.md 3.2). */
import { type History, subjectOf } from "#model/history.js";
import type { Parameters } from "#model/parameters.js";
import type { ChangeSetUnit } from "#model/result.js";
import { type Mainline, parentCount } from "./mainline.js";

export interface Unit {
  /** What a change set is; keys join them further when `ticket`. */
  readonly unit: ChangeSetUnit;
  /** What is joined by tickets, or stands alone without one. */
  readonly base: "commit" | "mainline";
  readonly reason: string;
}

/** Commits of the line that are looked at. */
const recent = 500;

/** @param human tells commits that people made. */
export function detectUnit(
  history: History,
  mainline: Mainline,
  human: (commit: number) => boolean,
  parameters: Parameters,
): Unit {
  const { unit, mergesOnMainline, ticketShare } = parameters.changeSet;
  const line = mainline.line.slice(0, recent);
  const merges = line.filter((commit) => parentCount(history, commit) > 1).length;
  const mergeShare = line.length === 0 ? 0 : merges / line.length;
  const base = mergeShare >= mergesOnMainline ? "mainline" : "commit";
  if (unit === "commit" || unit === "mainline") return { unit, base: unit, reason: "asked for on the command line" };
  if (unit === "ticket") return { unit, base, reason: "asked for on the command line" };
  const { people, keyed } = namingTickets(history, mainline, line, base, human);
  if (people > 0 && keyed / people >= ticketShare) {
    return {
      unit: "ticket",
      base,
      reason: `${percent(keyed, people)} of the last ${people} ${base === "commit" ? "commits" : "changes on the main line"} by people name a ticket`,
    };
  }
  if (base === "mainline")
    return {
      unit: base,
      base,
      reason: `${percent(merges, line.length)} of the last ${line.length} commits on the main line are merges`,
    };
  const squashed = line.filter((commit) => /\(#\d+\)$/.test(subjectOf(history, commit))).length;
  return {
    unit: base,
    base,
    reason:
      squashed / Math.max(1, line.length) >= 0.5
        ? `${percent(squashed, line.length)} of the last ${line.length} commits on the main line are squashed pull requests`
        : `${merges === 0 ? "none" : percent(merges, line.length)} of the last ${line.length} commits on the main line ${merges === 0 ? "is a merge" : "are merges"}`,
  };
}

/** How many of the newest changes are by people, and how many of these name a ticket; a merge names those of the commits that it brought in. */
function namingTickets(
  history: History,
  { broughtInBy }: Mainline,
  line: readonly number[],
  base: Unit["base"],
  human: (commit: number) => boolean,
): { readonly people: number; readonly keyed: number } {
  const isOnLine = new Set(line);
  const people = new Set<number>();
  const keyed = new Set<number>();
  for (const [commit, by] of broughtInBy.entries()) {
    const isMerge = parentCount(history, commit) > 1;
    if (!isOnLine.has(by) || (base === "commit" && (isMerge || commit !== by))) continue;
    if (!isMerge && human(commit)) people.add(by);
    if (ticketKeys(history, commit).length > 0) keyed.add(by);
  }
  return { people: people.size, keyed: [...keyed].filter((change) => people.has(change)).length };
}

/** Keys that several commits may share: tickets, other repositories' pull requests, Gerrit changes. */
export function ticketKeys(history: History, commit: number): string[] {
  const keys: string[] = [];
  for (let i = history.keys.offsets[commit] ?? 0; i < (history.keys.offsets[commit + 1] ?? 0); i++) {
    keys.push(history.keyNames[history.keys.values[i] ?? 0] ?? "");
  }
  return keys;
}

function percent(part: number, of: number): string {
  return `${Math.round((100 * part) / Math.max(1, of))} %`;
}
