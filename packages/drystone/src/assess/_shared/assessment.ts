/** What every assessment gives back, and the few ways to say that nothing was measured. */
import type { Estate, Obstacle } from "#derive/estate/index.js";
import type { Evidence } from "#model/evidence.js";
import type { Assessment, Condition, Finding, Interval, Measure, Missing, Sample, VerdictWord } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { fingerprint } from "#util/fingerprint.js";

export interface Assessed {
  readonly assessment: Assessment;
  readonly measures: readonly Measure[];
}

export type Assess = (estate: Estate) => Assessed;

interface Outcome {
  readonly verdict: VerdictWord;
  readonly value?: number | null;
  readonly unit?: string | null;
  readonly interval?: Interval | null;
  readonly sample?: Sample | null;
  readonly conditions?: readonly Condition[];
  readonly comparison?: string | null;
  readonly grade?: Assessment["grade"];
  readonly reasons?: readonly string[];
  readonly missing?: readonly Missing[];
  readonly findings?: readonly Finding[];
}

/** Fills in what an outcome leaves out. */
export function assessment(id: string, question: string, outcome: Outcome, level = 0.95): Assessment {
  return {
    id,
    subject: "system",
    question,
    value: null,
    unit: null,
    interval: null,
    level,
    sample: null,
    conditions: [],
    comparison: null,
    grade: null,
    reasons: [],
    missing: [],
    findings: [],
    ...outcome,
  };
}

export function missingOf(obstacles: readonly Obstacle[]): Missing[] {
  return obstacles.map(({ input, how }) => ({ input, how }));
}

export interface FindingDraft extends Omit<Finding, "state" | "fingerprint" | "location" | "evidenceTotal"> {
  readonly location?: Finding["location"];
  readonly evidenceTotal?: number;
}

export function finding(draft: FindingDraft): Finding {
  return {
    state: "new",
    location: firstPlace(draft.evidence),
    evidenceTotal: draft.evidence.length,
    ...draft,
    fingerprint: fingerprint(draft.code, ...draft.subjects),
  };
}

/** The first of the evidence that lies in a file. */
export function firstPlace(evidence: readonly Evidence[]): Finding["location"] {
  const place = evidence.find((one) => one.type === "file" || one.type === "declaration");
  return place === undefined || !("file" in place) ? null : { repository: place.repository, file: place.file, line: place.line };
}

/** The window of the change sets, as measures name it: `2025-11-20/2026-11-20`. */
export function windowText(estate: Estate): string {
  return `${isoDate(estate.recent.from)}/${isoDate(estate.recent.to)}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
