/** The findings of a check in the order and with the counts in which every format shows them. */
import { shortName } from "#model/refs.js";
import type { Assessment, Finding, Result } from "#model/result.js";

export interface FindingsView {
  /** New and expired ones, errors first; in a comparison only what the base did not have. */
  readonly failing: readonly Finding[];
  /** In a comparison: what the base had already and nobody accepted. */
  readonly before: readonly Finding[];
  readonly accepted: readonly Finding[];
  readonly counts: { readonly error: number; readonly warning: number; readonly note: number; readonly expired: number };
  /** Accepted findings per owner, most first; "nobody" where none is named. */
  readonly owners: readonly { readonly owner: string; readonly findings: number }[];
  /** Acceptances that end within 30 days of `asOf`, soonest first. */
  readonly ending: readonly Finding[];
  /** Questions that could not be answered, with the reason. */
  readonly unknown: readonly { readonly id: string; readonly reason: string; readonly how: string | null }[];
}

export function findingsView(result: Result): FindingsView {
  const all = result.assessments.flatMap(({ findings }) => findings).toSorted(compareFindings);
  const open = all.filter(({ state }) => state !== "accepted");
  const failing = open.filter(({ baseline }) => baseline !== "unchanged");
  const accepted = all.filter(({ state }) => state === "accepted");
  const count = (severity: Finding["severity"]) => failing.filter((finding) => finding.severity === severity).length;
  return {
    failing,
    before: open.filter(({ baseline }) => baseline === "unchanged"),
    accepted,
    counts: {
      error: count("error"),
      warning: count("warning"),
      note: count("note"),
      expired: failing.filter(({ state }) => state === "expired").length,
    },
    owners: ownersOf(accepted),
    ending: endingSoon(accepted, result.inputs.asOf),
    unknown: result.assessments.filter(isOpen).map(({ id, reasons, missing }) => ({
      id,
      reason: reasons[0] ?? "unknown",
      how: missing[0]?.how ?? null,
    })),
  };
}

const severities = ["error", "warning", "note"] as const;

/** Errors first, then by place, code and fingerprint. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    compare(a.location?.repository ?? "", b.location?.repository ?? "") ||
    compare(a.location?.file ?? "", b.location?.file ?? "") ||
    (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
    compare(a.code, b.code) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

/** The place to show a finding at: its own, else that of its evidence, else the file that declares its subjects, else the configuration. */
export function placeOf(
  finding: Finding,
  result: Result,
): { readonly repository: string; readonly file: string; readonly line: number } {
  if (finding.location !== null) return finding.location;
  const components = result.model.components.filter(({ ref }) => finding.subjects.includes(ref));
  const places = [...finding.evidence, ...components.flatMap(({ evidence }) => evidence)];
  for (const place of places)
    if (place.type === "file" || place.type === "declaration")
      return { repository: place.repository, file: place.file, line: Math.max(1, place.line) };
  const source = result.inputs.sources.find(
    ({ kind, read, path }) => read && path !== "" && (kind === "config" || kind === "codeowners"),
  );
  const repository = source?.repository ?? result.inputs.repositories[0]?.id ?? "";
  return { repository, file: source?.path ?? "drystone.yaml", line: 1 };
}

/** What is wrong and what to do, as one text. */
export function messageAndFix({ message, fix }: Pick<Finding, "message" | "fix">): string {
  if (fix === "") return message;
  return `${message}${/[.!?:]$/.test(message) ? "" : "."} ${fix.charAt(0).toUpperCase()}${fix.slice(1)}${/[.!?]$/.test(fix) ? "" : "."}`;
}

/** Path from where the reader stands: below the name of the repository where there are several. */
export function pathOf(place: { readonly repository: string; readonly file: string }, result: Result): string {
  return result.inputs.repositories.length > 1 ? `${place.repository}/${place.file}` : place.file;
}

function isOpen({ verdict }: Assessment): boolean {
  return verdict === "unknown";
}

function ownersOf(accepted: readonly Finding[]): { owner: string; findings: number }[] {
  const counts = new Map<string, number>();
  for (const { decision } of accepted) {
    const owner = decision?.owner == null ? "nobody" : shortName(decision.owner);
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts]
    .map(([owner, findings]) => ({ owner, findings }))
    .sort((a, b) => b.findings - a.findings || compare(a.owner, b.owner));
}

const soonDays = 30;

function endingSoon(accepted: readonly Finding[], asOf: string): Finding[] {
  const limit = Date.parse(asOf.slice(0, 10)) + soonDays * 86_400_000;
  return accepted
    .filter((finding) => endOf(finding) !== "" && Date.parse(endOf(finding)) <= limit)
    .sort((a, b) => compare(endOf(a), endOf(b)) || compareFindings(a, b));
}

function endOf({ decision }: Finding): string {
  return decision?.until ?? "";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
