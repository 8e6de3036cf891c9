/** Gathers what the walkers find; one thing that many operations share is told once, with all of them. */
import { type ContractChange, type Direction, type Level, maxChanges, type Place } from "./change.js";
import type { Comparison, Gap, SchemaDirection } from "./schemas/index.js";

export interface ChangeLog {
  add(change: ContractChange): void;
  /** @param where what the schema is for: `request body`. */
  schema(comparison: Comparison, direction: SchemaDirection, subject: string, where: string): void;
  changes(): ContractChange[];
}

export interface RuleDraft {
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
  readonly fix: string;
}

const maxVisits = 20_000_000;

export function changeLog(): ChangeLog {
  const found = new Map<string, ContractChange>();
  const silent = new WeakMap<Comparison, boolean>();
  let visits = 0;
  const add = (change: ContractChange): void => {
    // What could not be compared is told once, with the first place.
    const unknown = change.rule.endsWith("not-compared");
    const key = unknown
      ? change.rule
      : [change.rule, change.direction, change.message, placeText(change.old), placeText(change.new)].join("\0");
    const before = found.get(key);
    if (before) {
      const more = change.subjects.filter((subject) => !before.subjects.includes(subject));
      if (more.length > 0) found.set(key, { ...before, subjects: [...before.subjects, ...more] });
    } else if (found.size < maxChanges) found.set(key, change);
  };
  const schema: ChangeLog["schema"] = (comparison, direction, subject, where) => {
    if (isSilent(comparison, silent)) return;
    // In breadth, so that the shortest way to a spot is the one that is told.
    const open: Step[] = [{ here: comparison, label: "", from: null }];
    const seen = new Set<Comparison>([comparison]);
    for (const step of open) {
      if (visits++ > maxVisits) return;
      for (const gap of step.here.gaps) add(changeOf(gap, direction, subject, whereText(where, pathTo(step, gap.at))));
      for (const { label, comparison: inner } of step.here.parts) {
        if (seen.has(inner) || isSilent(inner, silent)) continue;
        seen.add(inner);
        open.push({ here: inner, label, from: step });
      }
    }
  };
  return {
    add,
    schema,
    changes: () => [...found.values(), ...(visits > maxVisits || found.size >= maxChanges ? [incomplete(found.size)] : [])],
  };
}

interface Step {
  readonly here: Comparison;
  readonly label: string;
  readonly from: Step | null;
}

const maxLabels = 12;

/** Long ways are cut in the middle. */
function pathTo(step: Step, last: string | null): string[] {
  const labels = last === null ? [] : [last];
  for (let at: Step | null = step; at !== null; at = at.from) if (at.label !== "") labels.push(at.label);
  labels.reverse();
  return labels.length <= maxLabels ? labels : [...labels.slice(0, 5), "…", ...labels.slice(-6)];
}

function incomplete(count: number): ContractChange {
  return {
    rule: "not-compared",
    level: "warning",
    direction: "none",
    subjects: [],
    where: "",
    message: `there is more to tell than the ${count} changes that are listed`,
    fix: "compare in smaller steps",
    old: null,
    new: null,
  };
}

/**
 * True when nothing that can be reached from here is wrong. All that is walked on the way is known afterwards, so that many operations
 * over one web of schemas cost one walk.
 */
function isSilent(start: Comparison, known: WeakMap<Comparison, boolean>): boolean {
  const before = known.get(start);
  if (before !== undefined) return before;
  const seen = new Set<Comparison>([start]);
  const users = new Map<Comparison, Comparison[]>();
  const loud: Comparison[] = [];
  for (const here of seen) {
    if (here.gaps.length > 0) loud.push(here);
    for (const { comparison } of here.parts) {
      const told = known.get(comparison);
      if (told === false) loud.push(here);
      if (told !== undefined) continue;
      seen.add(comparison);
      const own = users.get(comparison);
      if (own === undefined) users.set(comparison, [here]);
      else own.push(here);
    }
  }
  while (loud.length > 0) {
    const here = loud.pop();
    if (here === undefined || known.get(here) === false) continue;
    known.set(here, false);
    loud.push(...(users.get(here) ?? []));
  }
  for (const here of seen) if (known.get(here) === undefined) known.set(here, true);
  return known.get(start) ?? true;
}

function changeOf(gap: Gap, direction: SchemaDirection, subject: string, where: string): ContractChange {
  const [old, next] = direction === "request" ? [gap.sender, gap.receiver] : [gap.receiver, gap.sender];
  const { rule, level, message, fix } = gap;
  return { rule: `${direction}-${rule}`, level, direction, subjects: [subject], where, message, fix, old, new: next };
}

/** `request body, lines[].price`. */
function whereText(where: string, path: readonly string[]): string {
  const inner = path.reduce((text, label) => (label.startsWith("[") || text === "" ? text + label : `${text}.${label}`), "");
  return inner === "" ? where : where === "" ? inner : `${where}, ${inner}`;
}

function placeText(place: Place | null): string {
  return place === null ? "" : `${place.file}#${place.pointer.join("/")}`;
}

/** A change that is about no schema. */
export function plainChange(
  draft: RuleDraft,
  subject: string,
  where: string,
  old: Place | null,
  next: Place | null,
  direction: Direction = "none",
): ContractChange {
  return { ...draft, direction, subjects: subject === "" ? [] : [subject], where, old, new: next };
}
