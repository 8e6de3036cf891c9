/** Libraries in use in several versions. */
import type { Divergence, SharedLibrary } from "#derive/libraries/index.js";
import { maxEvidence } from "#model/evidence.js";
import type { Finding } from "#model/result.js";
import { fingerprint } from "#util/fingerprint.js";
import { finding, rounded } from "../_shared/index.js";

export interface Drift extends SharedLibrary {
  /** Null where fewer than two users have an exact version. */
  readonly divergence: Divergence | null;
  readonly state: "present" | "mixed" | "absent" | "unknown";
}

/** Third-party libraries in several major versions that are shown; the rest is counted. */
const maxThirdParty = 10;
const shownVersions = 6;

export function divergentFindings(internal: readonly Drift[], thirdParty: readonly Drift[]): Finding[] {
  const own = internal.filter(({ divergence }) => divergence !== null && divergence.versions.length > 1);
  const others = thirdParty
    .filter(({ state }) => state === "present")
    .toSorted(
      (a, b) =>
        (b.divergence?.majors.length ?? 0) - (a.divergence?.majors.length ?? 0) ||
        (b.divergence?.value ?? 0) - (a.divergence?.value ?? 0),
    )
    .slice(0, maxThirdParty);
  return [...own, ...others].flatMap(divergent);
}

export function namesOf(drifts: readonly Drift[]): string {
  const names = drifts.slice(0, 5).map(({ library }) => library.name);
  return `${names.join(", ")}${drifts.length > names.length ? ` and ${drifts.length - names.length} more` : ""}`;
}

function divergent({ library, users, divergence, state }: Drift): Finding[] {
  if (divergence === null) return [];
  const subjects = [...(library.component === null ? [] : [library.component]), ...users.map(({ component }) => component)];
  const evidence = users.flatMap((user) => user.evidence.slice(0, 1));
  const draft = finding({
    code: "library-drift/divergent",
    severity: library.internal && state === "present" ? "warning" : "note",
    subjects,
    message: `${divergence.known} services use ${library.name} in ${divergence.versions.length} versions: ${versionsText(divergence)}${divergence.majors.length > 1 ? ` (${divergence.majors.length} major versions)` : ""}.`,
    fix: library.internal
      ? "Bring the users of the library to one version while the steps are small, or keep the old major version alive with an end date. A library that nobody can upgrade may be better copied or served by a service."
      : "Bring the users of the library to one major version, and let a tool propose the small steps.",
    value: rounded(divergence.value),
    unit: "divergence",
    sample: { n: divergence.known, of: "services with an exact version" },
    evidence: evidence.slice(0, maxEvidence),
    evidenceTotal: evidence.length,
  });
  return [{ ...draft, fingerprint: fingerprint(draft.code, ...subjects, library.ecosystem ?? "", library.name) }];
}

function versionsText({ versions }: Divergence): string {
  const shown = versions
    .slice(0, shownVersions)
    .map(([version, count]) => `${version} (${count === 1 ? "1 service" : `${count} services`})`);
  return `${shown.join(", ")}${versions.length > shownVersions ? `, ${versions.length - shownVersions} more` : ""}`;
}
