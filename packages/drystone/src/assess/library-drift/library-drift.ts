/**
 * How far have shared libraries drifted apart?
 * Value: mean divergence (distinct versions - 1) / (users - 1) of the internal libraries that two deployables or more use, 0..1 (metrics.md H).
 * Versions come from lock files and pinned manifests; a range says nothing about what runs.
 */
import type { Estate } from "#derive/estate/index.js";
import { divergence, type SharedLibrary, sharedLibraries } from "#derive/libraries/index.js";
import type { Condition, Missing, VerdictWord } from "#model/result.js";
import { type Assess, assessment, rounded } from "../_shared/index.js";
import { type Drift, divergentFindings, namesOf } from "./findings.js";
import { measuresOf } from "./measures.js";

const id = "library-drift";
const question = "How far have shared libraries drifted apart?";
const source = "parameters H";
export const assessLibraryDrift: Assess = (estate) => {
  if (estate.services.length < 2)
    return plain("not-applicable", [
      `The question needs at least 2 services; ${estate.services.length === 1 ? "there is one" : "there are none"}.`,
    ]);
  if (estate.facts.libraries.length === 0) return plain("unknown", ["No manifest with libraries was read."], [manifests]);
  const drifts = sharedLibraries(estate).map((shared) => driftOf(estate, shared));
  const internal = drifts.filter(({ library, users }) => library.internal && users.length >= 2);
  const thirdParty = drifts.filter(
    ({ library, users }) => !library.internal && users.length >= estate.parameters.H.thirdPartyUsers,
  );
  const verdict = verdictOf(estate, internal);
  const known = internal.flatMap(({ divergence: own }) => own ?? []);
  const mean = known.length === 0 ? null : known.reduce((sum, { value }) => sum + value, 0) / known.length;
  return {
    assessment: assessment(id, question, {
      verdict,
      value: mean === null ? null : rounded(mean),
      unit: "ratio",
      sample: { n: known.length, of: "shared internal libraries" },
      conditions: internal.length === 0 ? [] : conditions(estate, internal),
      comparison: null,
      grade: known.length === 0 ? null : "B",
      reasons: [...internalReasons(internal), ...thirdPartyReasons(estate, thirdParty), lagText],
      missing: verdict === "unknown" ? [lockFiles] : [],
      findings: divergentFindings(internal, thirdParty),
    }),
    measures: measuresOf(estate, internal, thirdParty),
  };
};

const lagText = "How far users lag behind is not known: release dates are not in the repository.";

const manifests: Missing = {
  input: "manifests with the libraries of each service",
  how: "drystone assess PATH…   (with the repositories that hold package.json, pom.xml, go.mod and the like)",
};

const lockFiles: Missing = {
  input: "exact versions of the internal libraries in 70 % of their users",
  how: "git add -f package-lock.json   (or the lock file of your package manager, in each service; then drystone assess PATH)",
};

function plain(verdict: VerdictWord, reasons: readonly string[], missing: readonly Missing[] = []) {
  return { assessment: assessment(id, question, { verdict, reasons, missing }), measures: [] };
}

function driftOf({ parameters: { H } }: Estate, shared: SharedLibrary): Drift {
  const own = divergence(shared.users);
  return { ...shared, divergence: own, state: stateOf(H, own, shared.users.length) };
}

function stateOf(H: Estate["parameters"]["H"], own: Drift["divergence"], users: number): Drift["state"] {
  if (own === null || own.known < H.knownShare * users) return "unknown";
  const apart = own.value >= H.divergenceHi && own.known >= H.minUsers;
  if (apart || own.majors.length >= H.majors) return "present";
  return own.value <= H.divergenceLo ? "absent" : "mixed";
}

/** Internal libraries decide: those of others are upgraded by tools, and nobody here releases them. */
function verdictOf({ parameters: { H } }: Estate, internal: readonly Drift[]): VerdictWord {
  const states = internal.map(({ state }) => state);
  if (states.length === 0) return "not-applicable";
  if (states.includes("present")) return "present";
  if (states.includes("mixed")) return "mixed";
  const users = internal.flatMap((drift) => drift.users);
  return users.filter(({ exact }) => exact).length >= H.knownShare * users.length ? "absent" : "unknown";
}

function conditions({ parameters: { H } }: Estate, internal: readonly Drift[]): Condition[] {
  const judged = internal.filter(({ state }) => state !== "unknown");
  const users = internal.flatMap((drift) => drift.users);
  const any = (holds: (drift: NonNullable<Drift["divergence"]>) => boolean) =>
    judged.length === 0 ? null : judged.some(({ divergence: own }) => own !== null && holds(own));
  return [
    {
      text: `${H.knownShare * 100} % of the users have an exact version`,
      met: users.filter(({ exact }) => exact).length >= H.knownShare * users.length,
      source,
    },
    {
      text: `present: divergence ≥ ${H.divergenceHi} with ${H.minUsers} users or more`,
      met: any(({ value, known }) => value >= H.divergenceHi && known >= H.minUsers),
      source,
    },
    { text: `present: ${H.majors} major versions or more`, met: any(({ majors }) => majors.length >= H.majors), source },
    { text: "present: every user is reached once a month and divergence rises", met: null, source },
    {
      text: `absent: divergence ≤ ${H.divergenceLo} and one major version, for each library with exact versions`,
      met: judged.length === 0 ? null : judged.every(({ state }) => state === "absent"),
      source,
    },
  ];
}

function internalReasons(internal: readonly Drift[]): string[] {
  if (internal.length === 0) return ["No internal library is used by two services."];
  const apart = internal.filter(({ state }) => state === "present" || state === "mixed");
  const linked = internal.filter(({ divergence: own }) => own?.versions.length === 1 && own.versions[0]?.[0] === "workspace");
  const unknown = internal.filter(({ state }) => state === "unknown");
  return [
    apart.length === 0
      ? oneVersionText(internal.length, unknown.length)
      : `${apart.length} of ${librariesText(internal.length, "internal")} that services share ${apart.length === 1 ? "is" : "are"} in use in several versions: ${namesOf(apart)}.`,
    ...(linked.length > 0
      ? [
          `${linked.length === 1 ? `${linked[0]?.library.name} is a folder` : `${linked.length} are folders`} of the same repository: no drift, and every change reaches all users at once.`,
        ]
      : []),
    ...(unknown.length > 0 ? [`Exact versions are not known for ${namesOf(unknown)}.`] : []),
  ];
}

function oneVersionText(all: number, unknown: number): string {
  if (unknown === 0)
    return all === 1
      ? "The one internal library that services share is used in one version."
      : `All ${all} internal libraries that services share are used in one version each.`;
  return `${all - unknown} of ${librariesText(all, "internal")} that services share ${all - unknown === 1 ? "is" : "are"} used in one version; of the others the versions are not known.`;
}

function thirdPartyReasons({ parameters: { H } }: Estate, thirdParty: readonly Drift[]): string[] {
  const known = thirdParty.flatMap(({ divergence: own, state }) => (own === null || state === "unknown" ? [] : [own]));
  if (known.length === 0) return [];
  const apart = known.filter(({ versions }) => versions.length > 1).length;
  const majors = known.filter((own) => own.majors.length > 1).length;
  const mean = known.reduce((sum, { value }) => sum + value, 0) / known.length;
  return [
    `Of ${librariesText(known.length, "third-party")} that ${H.thirdPartyUsers} services or more use, ${apart} ${apart === 1 ? "is" : "are"} in use in several versions, ${majors} in several major ones; mean divergence ${mean.toFixed(2)} (3 public systems: 0.05 to 0.50).`,
  ];
}

function librariesText(n: number, kind: string): string {
  return `${n} ${kind} ${n === 1 ? "library" : "libraries"}`;
}
