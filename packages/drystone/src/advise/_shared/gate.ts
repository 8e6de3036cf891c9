/** Conditions of a prerequisite, and the answer they make together. */
import type { Assessment, Condition, Missing, VerdictWord } from "#model/result.js";

export interface Gate extends Condition {
  /** Not met is a no, and not only no yes. */
  readonly isNo: boolean;
  /** What was found, for a reader. */
  readonly reason: string;
  /** What would tell, where it is not known. */
  readonly missing: Missing | null;
}

export function gate(
  text: string,
  met: boolean | null,
  reason: string,
  more: { readonly isNo?: boolean; readonly missing?: Missing | null; readonly source?: string } = {},
): Gate {
  return {
    text,
    met,
    reason,
    isNo: more.isNo ?? met === false,
    missing: more.missing ?? null,
    source: more.source ?? "parameters C",
  };
}

/** Any no is a no; all met is a yes; anything else is unknown. Reasons and missing inputs come with the decisive first. */
export function answerOf(gates: readonly Gate[]): Pick<Assessment, "verdict" | "conditions" | "reasons" | "missing"> {
  const verdict: VerdictWord = gates.some(({ isNo, met }) => isNo && met === false)
    ? "no"
    : gates.every(({ met }) => met === true)
      ? "yes"
      : "unknown";
  const rank = ({ met, isNo }: Gate) => (met === false ? (isNo ? 0 : 1) : met === null ? 2 : 3);
  const ordered = gates.toSorted((a, b) => rank(a) - rank(b));
  return {
    verdict,
    conditions: gates.map(({ text, met, source }) => ({ text, met, source })),
    reasons: ordered.map(({ reason }) => reason).filter((reason) => reason !== ""),
    missing: verdict === "yes" ? [] : ordered.flatMap(({ met, missing }) => (met === true || missing === null ? [] : [missing])),
  };
}
