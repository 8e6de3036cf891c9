/** What every assessment gives back, and the few ways to say that nothing was measured. */
import type { Estate, Obstacle } from "#derive/estate/index.js";
import type { Evidence } from "#model/evidence.js";
import { judged, type Outcome } from "#model/judged.js";
import type { Assessment, Finding, Measure, Missing } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { fingerprint } from "#util/fingerprint.js";

export interface Assessed {
  readonly assessment: Assessment;
  readonly measures: readonly Measure[];
}

export type Assess = (estate: Estate) => Assessed;

/** About the system as a whole. */
export function assessment(
  id: string,
  question: string,
  outcome: Omit<Outcome, "id" | "subject" | "question" | "level">,
  level = 0.95,
): Assessment {
  return judged({ id, subject: "system", question, level, ...outcome });
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
