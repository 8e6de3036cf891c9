/** Internal libraries with business types: how many services use them and how often they change. */
import type { Estate } from "#derive/estate/index.js";
import { type SharedLibrary, sharedLibraries } from "#derive/libraries/index.js";
import { maxEvidence } from "#model/evidence.js";
import type { Finding, Measure } from "#model/result.js";
import { commitsOf, counted, finding, listed, rounded, windowText } from "../_shared/index.js";
import { type Part, source } from "./part.js";

/** Libraries that reasons name; the rest is in findings. */
const shown = 5;

export function librariesPart(estate: Estate): Part {
  const { A6 } = estate.parameters;
  const text = `present: a library with business types is used by ${A6.domainFanIn} services or more of ${A6.teams} teams or more and changes at least once a month`;
  const condition = (met: boolean | null) => ({ text, met, source });
  if (estate.facts.libraries.length === 0) {
    return {
      met: null,
      quiet: null,
      condition: condition(null),
      reasons: ["No manifest with libraries was read."],
      findings: [],
      measures: [],
    };
  }
  const internal = sharedLibraries(estate).filter(({ library }) => library.internal && library.nature !== "contract");
  const domain = internal.filter(({ library }) => library.nature === "domain");
  const unclear = internal.filter(({ library }) => library.nature === "unclassified");
  const heavy = domain.filter(({ users }) => users.length >= 2).toSorted((a, b) => blastOf(b) - blastOf(a));
  const answers = domain.map((shared) => isHeavy(estate, shared));
  const met = answers.includes(true) ? true : answers.includes(null) ? null : false;
  return {
    met,
    quiet: [...domain, ...unclear].every((shared) => isLight(estate, shared)),
    condition: condition(met),
    reasons: [
      ...heavy.slice(0, shown).map((shared) => domainText(estate, shared)),
      ...(heavy.length > shown
        ? [`${heavy.length - shown} more with business types ${heavy.length - shown === 1 ? "is" : "are"} shared by services.`]
        : []),
      ...unclearText(unclear.filter((shared) => !isLight(estate, shared))),
      ...(domain.length + unclear.length === 0 ? [noneText(internal)] : []),
    ],
    findings: heavy.map((shared) => domainLibrary(estate, shared)),
    measures: internal.map((shared) => blastMeasure(estate, shared)),
  };
}

function blastOf({ changesPerMonth, reach, users }: SharedLibrary): number {
  return (changesPerMonth ?? 0) * reach.length + users.length / 1000;
}

/** Null where only the teams or the history are not known. */
function isHeavy({ parameters: { A6 } }: Estate, { users, teams, withoutTeam, changesPerMonth }: SharedLibrary): boolean | null {
  if (users.length < A6.domainFanIn || (changesPerMonth !== null && changesPerMonth < A6.changesPerMonth)) return false;
  if (teams.length < A6.teams && withoutTeam === 0) return false;
  return changesPerMonth === null || teams.length < A6.teams ? null : true;
}

function isLight({ parameters: { A6 } }: Estate, { users, changesPerMonth }: SharedLibrary): boolean {
  return users.length < A6.domainFanIn || (changesPerMonth !== null && changesPerMonth < A6.absentShare * A6.changesPerMonth);
}

function domainText(estate: Estate, shared: SharedLibrary): string {
  const teams =
    shared.withoutTeam > 0 && shared.teams.length < estate.parameters.A6.teams
      ? "which teams own them is not known"
      : `of ${counted(shared.teams.length, "team")}`;
  return `${shared.library.name} holds business types and is used by ${counted(shared.users.length, "service")} (${teams}); ${rateText(shared)}.`;
}

function rateText({ changesPerMonth, reach, users }: SharedLibrary): string {
  return changesPerMonth === null
    ? "how often it changes is not known"
    : `it changes ${changesPerMonth.toFixed(1)} times a month, and each change reaches ${counted(reach.length, "service")}${reach.length > users.length ? ", some through other libraries" : ""}`;
}

function unclearText(unclear: readonly SharedLibrary[]): string[] {
  if (unclear.length === 0) return [];
  const names = unclear.map(({ library }) => library.name);
  return [
    `Nothing tells whether ${listed(names, 5)} hold${unclear.length === 1 ? "s" : ""} business types: if so, ${unclear.length === 1 ? "it weighs" : "they weigh"} here.`,
  ];
}

function noneText(internal: readonly SharedLibrary[]): string {
  return internal.length === 0
    ? "No internal library is used by two services."
    : `${counted(internal.length, "internal library", "internal libraries")} that services share ${internal.length === 1 ? "is" : "are"} technical, which is no symptom by itself.`;
}

function domainLibrary(estate: Estate, shared: SharedLibrary): Finding {
  const { library, users, changes, changesPerMonth, reach } = shared;
  const commits = commitsOf(estate, changes ?? [], maxEvidence / 2);
  const evidence = [...users.flatMap((user) => user.evidence.slice(0, 1)).slice(0, maxEvidence / 2), ...commits.evidence].slice(
    0,
    maxEvidence,
  );
  return finding({
    code: "shared-code/domain-library",
    severity: isHeavy(estate, shared) === true ? "warning" : "note",
    subjects: [...(library.component === null ? [] : [library.component]), ...users.map(({ component }) => component)],
    message: domainText(estate, shared),
    fix: "Give the business types of the library to the service that owns them and let the others keep what they need of them, or make it a contract with versions that old users can stay on.",
    value: changesPerMonth === null ? null : rounded(changesPerMonth * reach.length),
    unit: changesPerMonth === null ? null : "service upgrades per month",
    sample: changes === null ? null : { n: changes.length, of: "change sets" },
    evidence,
    evidenceTotal: users.reduce((sum, user) => sum + user.evidence.length, 0) + commits.evidenceTotal,
  });
}

function blastMeasure(estate: Estate, { library, users, reach, changes, changesPerMonth }: SharedLibrary): Measure {
  return {
    id: "library.blast",
    subjects: library.component === null ? [] : [library.component],
    value: changesPerMonth === null ? null : rounded(changesPerMonth * reach.length),
    unit: "service upgrades per month",
    interval: null,
    sample: changes === null ? null : { n: changes.length, of: "change sets" },
    window: windowText(estate),
    detail: { library: library.name, nature: library.nature, services: users.length, reaches: reach.length },
  };
}
