/** Gathers what the walkers find; one thing that many operations share is told once, with all of them. */
import { type ContractChange, type Direction, type Level, maxChanges, type Place } from "./change.js";
import type { Comparison, Gap, SchemaDirection } from "./walk.js";

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

const maxVisits = 1_000_000;

export function changeLog(): ChangeLog {
  const found = new Map<string, ContractChange>();
  const silent = new WeakMap<Comparison, boolean>();
  let visits = 0;
  const add = (change: ContractChange): void => {
    const key = [change.rule, change.direction, change.message, placeText(change.old), placeText(change.new)].join("\0");
    const before = found.get(key);
    if (before) {
      const more = change.subjects.filter((subject) => !before.subjects.includes(subject));
      if (more.length > 0) found.set(key, { ...before, subjects: [...before.subjects, ...more] });
    } else if (found.size < maxChanges) found.set(key, change);
  };
  const schema: ChangeLog["schema"] = (comparison, direction, subject, where) => {
    if (isSilent(comparison, silent)) return;
    const seen = new Set<Comparison>();
    const visit = (here: Comparison, path: readonly string[]): void => {
      if (seen.has(here) || visits++ > maxVisits) return;
      seen.add(here);
      for (const gap of here.gaps)
        add(changeOf(gap, direction, subject, whereText(where, gap.at === null ? path : [...path, gap.at])));
      for (const { label, comparison: inner } of here.parts) visit(inner, label === "" ? path : [...path, label]);
    };
    visit(comparison, []);
  };
  return {
    add,
    schema,
    changes: () => [...found.values(), ...(visits > maxVisits || found.size >= maxChanges ? [incomplete(found.size)] : [])],
  };
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

/** True when nothing that can be reached from here is wrong. */
function isSilent(start: Comparison, known: WeakMap<Comparison, boolean>): boolean {
  const seen = new Set<Comparison>([start]);
  for (const here of seen) {
    if (known.get(here) === false || here.gaps.length > 0) {
      known.set(start, false);
      return false;
    }
    if (known.get(here) === true) continue;
    for (const { comparison } of here.parts) seen.add(comparison);
  }
  for (const here of seen) known.set(here, true);
  return true;
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
