/** Which commits make one change: decided per repository from how its people work, and said with the reason (history.md 3.2). */
import { commitCount, type History, subjectOf } from "#model/history.js";
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

/** Commits of the line, and changes by people, that are looked at. */
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
  const changes = [...latestChanges(history, mainline, base, human).values()];
  const keyed = changes.filter(Boolean).length;
  if (changes.length > 0 && keyed / changes.length >= ticketShare) {
    const what = base === "commit" ? "commits by people name" : "changes on the main line by people name";
    return { unit: "ticket", base, reason: `${percent(keyed, changes.length)} of the last ${changes.length} ${what} a ticket` };
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

/**
 * The latest changes by people, by the commit that stands for each, and whether they name a ticket. Where work comes by merges a change is
 * what one merge brought: its ticket may stand in the merge or in any commit of the branch.
 */
function latestChanges(
  history: History,
  { changeOf }: Mainline,
  base: Unit["base"],
  human: (commit: number) => boolean,
): ReadonlyMap<number, boolean> {
  const found = new Map<number, boolean>();
  for (let commit = commitCount(history) - 1; commit >= 0; commit--) {
    const head = base === "mainline" ? (changeOf[commit] ?? commit) : commit;
    const named = found.get(head);
    if (named === true || (named === undefined && found.size === recent)) continue;
    if (parentCount(history, commit) > 1 || !human(commit)) continue;
    found.set(head, namesTicket(history, commit) || namesTicket(history, head));
  }
  return found;
}

function namesTicket({ keys }: History, commit: number): boolean {
  return (keys.offsets[commit + 1] ?? 0) > (keys.offsets[commit] ?? 0);
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
