/** The histories of two components on one time line, read from the measures of the result. */
import { measuresOf, type Ref, type Result } from "../../model.js";

export interface PairHistory {
  /** Days since 1970. */
  readonly from: number;
  readonly to: number;
  /** Changes per week, oldest first. */
  readonly weeksOfA: readonly number[];
  readonly weeksOfB: readonly number[];
  /** Changes in common, newest first. */
  readonly shared: readonly SharedChange[];
  /** All of them; fewer may be listed. */
  readonly sharedTotal: number;
}

export interface SharedChange {
  readonly date: string;
  readonly day: number;
  readonly repository: string;
  readonly commit: string;
  /** First line of the message, where a finding holds it. */
  readonly subject: string | null;
}

/** Null when no history was measured for one of them. */
export function pairHistory(result: Result, a: Ref, b: Ref): PairHistory | null {
  const ofA = changesOf(result, a);
  const ofB = changesOf(result, b);
  if (ofA === null || ofB === null) return null;
  const shared = measuresOf(result, "history.shared").find(({ subjects }) => subjects.includes(a) && subjects.includes(b));
  const subjects = subjectsByCommit(result);
  return {
    from: ofA.from,
    to: ofA.from + 7 * Math.max(ofA.weeks.length, ofB.weeks.length),
    weeksOfA: ofA.weeks,
    weeksOfB: ofB.weeks,
    sharedTotal: shared?.value ?? 0,
    shared: sharedChanges(result, String(shared?.detail?.["commits"] ?? ""), subjects),
  };
}

function changesOf(result: Result, ref: Ref): { readonly from: number; readonly weeks: readonly number[] } | null {
  const measure = measuresOf(result, "history.changes").find(({ subjects: [subject] }) => subject === ref);
  const from = dayOf(String(measure?.detail?.["from"] ?? ""));
  const weeks = String(measure?.detail?.["weeks"] ?? "")
    .split(" ")
    .map(Number);
  return from === null || weeks.some((count) => !Number.isFinite(count)) ? null : { from, weeks };
}

function sharedChanges(result: Result, text: string, subjects: ReadonlyMap<string, string>): SharedChange[] {
  return text.split(";").flatMap((entry) => {
    const [date = "", repository = "", commit = ""] = entry.split(" ");
    const day = dayOf(date);
    if (day === null || !/^[0-9a-f]{6,64}$/.test(commit)) return [];
    return [
      {
        date,
        day,
        repository: result.inputs.repositories[Number(repository)]?.id ?? "",
        commit,
        subject: subjects.get(commit) ?? null,
      },
    ];
  });
}

/** By the first twelve digits of the commit. */
function subjectsByCommit(result: Result): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { findings } of result.assessments) {
    for (const { evidence } of findings) {
      for (const one of evidence) {
        if (one.type === "commit" && "subject" in one && typeof one.subject === "string")
          found.set(one.commit.slice(0, 12), one.subject);
      }
    }
  }
  return found;
}

/** Days since 1970 of an ISO date; null when the text is none. */
export function dayOf(text: string): number | null {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? null : time / 86_400_000;
}
