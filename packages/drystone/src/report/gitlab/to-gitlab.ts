/** GitLab code quality: the list of open findings, which GitLab compares with that of the target branch by fingerprint. */
import type { Finding, Result } from "#model/result.js";
import { clean, findingsView, messageAndFix, pathOf, placeOf } from "#report/_shared/index.js";
import { fingerprint } from "#util/fingerprint.js";

const severities = { error: "major", warning: "minor", note: "info" } as const;

/** @returns a JSON array that ends with a newline; accepted findings are decisions and not among them. */
export function toGitlab(result: Result): string {
  const { failing, before } = findingsView(result);
  const taken = new Map<string, number>();
  const entries = [...failing, ...before].map((finding) => ({
    description: clean(messageAndFix(finding), 1000),
    check_name: clean(finding.code, 200),
    fingerprint: uniqueFingerprint(finding, taken),
    severity: severities[finding.severity],
    location: locationOf(finding, result),
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/** GitLab drops an entry whose fingerprint it has seen; the second of two equal ones gets its own. */
function uniqueFingerprint(finding: Finding, taken: Map<string, number>): string {
  const before = taken.get(finding.fingerprint) ?? 0;
  taken.set(finding.fingerprint, before + 1);
  return before === 0 ? finding.fingerprint : fingerprint(finding.fingerprint, String(before));
}

function locationOf(finding: Finding, result: Result): object {
  const place = placeOf(finding, result);
  return { path: clean(pathOf(place, result), 1000).replace(/^\.\//, ""), lines: { begin: Math.max(1, place.line) } };
}
