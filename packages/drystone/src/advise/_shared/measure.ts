/** How advice says what it found: numbers, places, and that a history cannot be read. */
import type { Obstacle } from "#derive/estate/index.js";
import type { Evidence } from "#model/evidence.js";
import { maxEvidence } from "#model/evidence.js";
import type { Assessment, Finding, Measure } from "#model/result.js";
import { fingerprint } from "#util/fingerprint.js";
import { rounded } from "#util/statistics/index.js";

/** What an answer from history is while something stands in its way. */
export function withoutHistory(blocked: readonly Obstacle[]): Pick<Assessment, "verdict" | "reasons" | "missing"> {
  return {
    verdict: "unknown",
    reasons: blocked.map(({ text }) => text),
    missing: blocked.map(({ input, how }) => ({ input, how })),
  };
}

export function measure(id: string, subject: string, value: number | null, unit: string, more: Partial<Measure> = {}): Measure {
  return {
    id,
    subjects: [subject],
    value: value === null ? null : rounded(value),
    unit,
    interval: null,
    sample: null,
    window: null,
    ...more,
  };
}

type Draft = Omit<Finding, "state" | "fingerprint" | "location" | "evidenceTotal" | "evidence" | "severity" | "interval">;

/** A place worth seeing: a note with its evidence. */
export function place(draft: Draft, evidence: readonly Evidence[], total = evidence.length): Finding {
  const first = evidence.find((one) => one.type === "file" || one.type === "declaration");
  return {
    severity: "note",
    state: "new",
    ...draft,
    location:
      first === undefined || !("file" in first) ? null : { repository: first.repository, file: first.file, line: first.line },
    evidence: evidence.slice(0, maxEvidence),
    evidenceTotal: total,
    fingerprint: fingerprint(draft.code, ...draft.subjects),
  };
}

export function percent(share: number): string {
  const value = share * 100;
  return value > 0 && value < 1 ? "under 1 %" : value > 99 && value < 100 ? "over 99 %" : `${Math.round(value)} %`;
}
