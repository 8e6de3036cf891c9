/** Module boundaries from facts, for `assess`: the same rules as `check`, without files. */
import { boundaryAssessment, checkModuleBoundaries, type TableTouch } from "#check/index.js";
import type { Facts } from "#model/facts.js";
import type { Parameters } from "#model/parameters.js";
import type { Assessment } from "#model/result.js";

/** Null for facts without a policy: those of the history alone. */
export function boundariesOfFacts(facts: Facts, parameters: Parameters): Assessment | null {
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
  return boundaryAssessment(
    policy,
    counts,
    violations.map(({ finding }) => finding),
    unresolvedShare,
  );
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
