/** Has every module exactly one accountable team, and is it one that exists? Shown, never blocking: who owns what is for people to settle. */
import type { TeamFact } from "#model/facts.js";
import { judged } from "#model/judged.js";
import type { ModuleFact, Policy } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { shortName } from "#model/refs.js";
import type { Assessment, Condition } from "#model/result.js";
import { fingerprint } from "#util/fingerprint.js";

const id = "ownership-rules";

export interface OwnershipInput {
  readonly policy: Policy;
  /** Teams that drystone.yaml or a catalog declares; empty when none does. */
  readonly teams: readonly TeamFact[];
}

export interface OwnershipCheck {
  readonly violations: readonly Violation[];
  readonly assessment: (findings: Assessment["findings"]) => Assessment;
}

export function checkOwnershipRules({ policy, teams }: OwnershipInput): OwnershipCheck {
  const { modules } = policy;
  const owned = modules.filter(({ owners }) => owners.length > 0);
  const known = new Set(teams.map(({ ref }) => ref));
  const violations = owned.length === 0 ? [] : modules.flatMap((module) => faultsOf(module, known));
  return {
    violations,
    assessment: (findings) => {
      const conditions = conditionsOf(modules, owned, violations);
      const everybody = violations.length === 0 ? soleOwner(modules, teams) : null;
      const isUnknown = modules.length === 0 || owned.length === 0 || everybody !== null;
      return judged({
        id,
        subject: "system",
        question: "Has every module exactly one accountable team?",
        verdict: isUnknown ? "unknown" : conditions.every(({ met }) => met === true) ? "met" : "not-met",
        value: isUnknown ? null : owned.length,
        unit: "modules with an owner",
        sample: { n: modules.length, of: "modules" },
        conditions,
        grade: isUnknown ? null : "D",
        reasons: [everybody === null ? reasonOf(modules, owned, violations.length) : soleOwnerText(modules, everybody)],
        missing: isUnknown
          ? [
              {
                input: everybody === null ? "owners of modules" : "which team owns which module",
                how: policy.declared
                  ? `owner: TEAM for each module in ${policy.file ?? "drystone.yaml"}, or CODEOWNERS`
                  : "drystone init   (then fill in owner, or write CODEOWNERS)",
              },
            ]
          : [],
        findings,
      });
    },
  };
}

/** The one owner of all of several modules, where nobody says that it is a team: a line of CODEOWNERS for everything says who reviews. */
function soleOwner(modules: readonly ModuleFact[], teams: readonly TeamFact[]): string | null {
  const owners = new Set(modules.flatMap((module) => module.owners));
  const [owner] = owners;
  return modules.length < 2 || owners.size !== 1 || owner === undefined || teams.some(({ ref }) => ref === owner) ? null : owner;
}

function soleOwnerText(modules: readonly ModuleFact[], owner: string): string {
  return `${shortName(owner)} is declared for all ${modules.length} modules, and no team of that name is described: that says who reviews, not which team owns what.`;
}

function reasonOf(modules: readonly ModuleFact[], owned: readonly ModuleFact[], faults: number): string {
  if (modules.length === 0) return "There are no modules to own.";
  if (owned.length === 0) return `None of ${modules.length} modules has a declared owner.`;
  return `${owned.length} of ${modules.length} modules have a declared owner; ${faults === 0 ? "each is one team" : `${faults} ${faults === 1 ? "needs" : "need"} a word`}.`;
}

function conditionsOf(
  modules: readonly ModuleFact[],
  owned: readonly ModuleFact[],
  violations: readonly Violation[],
): Condition[] {
  const none = (rule: string) => (owned.length === 0 ? null : !violations.some(({ key }) => key.rule === `${id}/${rule}`));
  const source = "docs/check.md";
  return [
    { text: "every module has an owner", met: owned.length === 0 ? null : owned.length === modules.length, source },
    { text: "no module has two accountable teams", met: none("several-owners"), source },
    { text: "every owner is a team that is declared", met: none("unknown-owner"), source },
  ];
}

function faultsOf(module: ModuleFact, known: ReadonlySet<string>): Violation[] {
  const { name, owners } = module;
  const teams = owners.filter((ref) => ref.startsWith("group:"));
  if (owners.length === 0)
    return [
      fault(
        module,
        "no-owner",
        "nobody",
        `${name} has no owner`,
        `give ${name} an owner in drystone.yaml, or name its folder in CODEOWNERS`,
      ),
    ];
  if (teams.length > 1) {
    const names = teams.map(shortName).join(" and ");
    return [
      fault(
        module,
        "several-owners",
        teams.join(" "),
        `${name} belongs to ${names}: nobody is accountable alone`,
        `decide for one of ${names}, or split ${name}`,
      ),
    ];
  }
  return teams
    .filter((ref) => known.size > 0 && !known.has(ref))
    .map((ref) =>
      fault(
        module,
        "unknown-owner",
        ref,
        `${name} belongs to ${shortName(ref)}, which is no declared team`,
        `declare ${shortName(ref)} under teams, or correct the name`,
      ),
    );
}

function fault(module: ModuleFact, rule: string, to: string, message: string, fix: string): Violation {
  const code = `${id}/${rule}`;
  const location = module.place === null ? null : { repository: module.repository, ...module.place };
  return {
    enforcement: "warn",
    key: { rule: code, module: module.ref, from: module.ref, to, kind: null },
    finding: {
      code,
      severity: "warning",
      state: "new",
      subjects: [module.ref],
      message,
      fix,
      value: null,
      unit: null,
      sample: null,
      location,
      evidence: location === null ? [] : [{ type: "declaration", ...location }],
      evidenceTotal: location === null ? 0 : 1,
      fingerprint: fingerprint(code, module.ref, to),
    },
  };
}
