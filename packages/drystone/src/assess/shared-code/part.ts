/** One of the three numbers of shared code. */
import type { Condition, Finding, Measure } from "#model/result.js";
import { fingerprint } from "#util/fingerprint.js";

export interface Part {
  /** True when this alone makes the symptom present; null when that cannot be told. */
  readonly met: boolean | null;
  /** True when it is well below that; null when nothing was read. */
  readonly quiet: boolean | null;
  readonly condition: Condition;
  readonly reasons: readonly string[];
  readonly findings: readonly Finding[];
  readonly measures: readonly Measure[];
}

export const source = "parameters A6";

/** Findings of one kind that are shown; the rest is counted. */
export const maxFindings = 20;

/** Findings about the same components are told apart by a target; those with the same target by their order. */
export function distinguished(findings: readonly (readonly [finding: Finding, target: string])[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map(([finding, target]) => {
    const key = [finding.code, ...finding.subjects, target].join("\0");
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    const order = before === 0 ? [] : [String(before + 1)];
    return { ...finding, fingerprint: fingerprint(finding.code, ...finding.subjects, target, ...order) };
  });
}
