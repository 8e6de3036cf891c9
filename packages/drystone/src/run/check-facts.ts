/** Module boundaries from facts, for `assess`: the same rules as `check`, without files. */
import { applyAccepted, boundaryAssessment, checkModuleBoundaries, type TableTouch } from "#check/index.js";
import type { Facts } from "#model/facts.js";
import type { Parameters } from "#model/parameters.js";
import type { Violation } from "#model/policy.js";
import type { Assessment, Finding } from "#model/result.js";

/** Findings as the lists of accepted ones leave them; entries that match nothing are for `check` to tell. @param asOf ISO date. */
export function decidedFindings(violations: readonly Violation[], { accepted = [] }: Facts, asOf: string): readonly Finding[] {
  return applyAccepted(violations, accepted, asOf).findings.slice(0, violations.length);
}

/** Null for facts without a policy: those of the history alone. @param asOf ISO date. */
export function boundariesOfFacts(facts: Facts, parameters: Parameters, asOf: string): Assessment | null {
  const { policy } = facts;
  if (policy === undefined) return null;
  const { unresolvedShare } = parameters.check;
  const { violations, counts } = checkModuleBoundaries({
    policy,
    graphs: facts.imports,
    files: new Map(facts.repositories.map(({ id, files }) => [id, files])),
    unreadable: unreadOf(facts),
    tables: policy.declared ? touchesOf(facts) : null,
    unresolvedShare,
  });
  return boundaryAssessment(policy, counts, decidedFindings(violations, facts, asOf), unresolvedShare);
}

const program = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|java|kts?|pyi?|go|cs|php|rb|rs)$/;

/** Problems with program text, by the repository that has the file. */
function unreadOf({ problems, repositories }: Facts) {
  return problems.flatMap((problem) => {
    const home = program.test(problem.path) ? repositories.find(({ files }) => files.includes(problem.path)) : undefined;
    return home === undefined ? [] : [{ ...problem, repository: home.id }];
  });
}

/** Places in the code that relations to tables were found at. */
function touchesOf({ resources, relations }: Facts): TableTouch[] {
  const tables = new Map(resources.flatMap(({ ref, kind, name }) => (kind === "table" ? [[ref, name] as const] : [])));
  return relations.flatMap(({ to, kind, detail, evidence }) => {
    const table = tables.get(to);
    if (table === undefined || (kind !== "reads" && kind !== "writes")) return [];
    const isMade = detail !== null && /\b(?:define[sd]?|create table|ddl|migrations?)\b/i.test(detail);
    return evidence.flatMap((one): TableTouch[] =>
      one.type === "file"
        ? [
            {
              repository: one.repository,
              file: one.file,
              line: one.line,
              table,
              does: isMade ? "define" : kind === "reads" ? "read" : "write",
            },
          ]
        : [],
    );
  });
}
