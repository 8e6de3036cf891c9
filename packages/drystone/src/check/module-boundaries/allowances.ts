/** Comments `drystone-allow RULE REASON`: each must give a reason and be needed. */

import { boundaryRules, type Policy } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { componentRef } from "#model/refs.js";
import { closest } from "#util/closest.js";
import type { FileTable } from "./uses.js";
import { assessmentId, enforcementOf, violation } from "./violating.js";

export interface Allowances {
  /** True when a comment allows this rule for what stands on the line; it counts as needed then. */
  readonly covers: (table: FileTable, file: number, line: number, rule: string) => boolean;
  /** Those that are allowed become accepted, with the reason; strict ones do not. */
  readonly applied: (violations: readonly Violation[]) => Violation[];
  /** Comments without a reason, about an unknown rule, or that nothing needs. Asked last. */
  readonly violations: (policy: Policy) => Violation[];
}

type Allowance = NonNullable<FileTable["graph"]["allowances"]>[number];

interface Known {
  readonly table: FileTable;
  readonly allowance: Allowance;
  used: boolean;
}

export function allowancesOf(tables: readonly FileTable[]): Allowances {
  const all = tables.flatMap((table) =>
    (table.graph.allowances ?? []).map((allowance): Known => ({ table, allowance, used: false })),
  );
  const byPlace = new Map<string, Known[]>();
  for (const known of all) {
    const { table, allowance } = known;
    const key = placeKey(table.graph.repository, table.graph.files[allowance.from] ?? "", allowance.target);
    const list = byPlace.get(key);
    if (list) list.push(known);
    else byPlace.set(key, [known]);
  }
  const find = (repository: string, file: string, line: number, rule: string) =>
    byPlace.size === 0
      ? undefined
      : byPlace.get(placeKey(repository, file, line))?.find(({ allowance }) => allowance.rule === rule);
  return {
    covers({ graph }, file, line, rule) {
      if (byPlace.size === 0) return false;
      const known = find(graph.repository, graph.files[file] ?? "", line, rule);
      if (!known || known.allowance.reason === "") return false;
      known.used = true;
      return true;
    },
    applied: (violations) =>
      violations.map((one) => {
        const { location, code } = one.finding;
        const known =
          location === null
            ? undefined
            : find(location.repository, location.file, location.line, code.slice(assessmentId.length + 1));
        if (!known) return one;
        known.used = true;
        if (known.allowance.reason === "" || one.enforcement === "strict") return one;
        return {
          ...one,
          finding: { ...one.finding, state: "accepted", decision: { owner: null, reason: known.allowance.reason, until: null } },
        };
      }),
    violations: (policy) => all.flatMap((known) => faultOf(policy, known)),
  };
}

function placeKey(repository: string, file: string, line: number): string {
  return `${repository}\n${file}\n${line}`;
}

function faultOf(
  policy: Policy,
  { table: { graph, modules }, allowance: { from, line, rule, reason }, used }: Known,
): Violation[] {
  const module = modules[from] ?? null;
  const isKnown = boundaryRules.some((one) => one === rule);
  const fault = reason === "" ? "allow-without-reason" : "unused-allow";
  if (reason !== "" && used) return [];
  const enforcement = enforcementOf(policy, fault, module, null);
  if (enforcement === "off") return [];
  const file = graph.files[from] ?? "";
  const ref = module?.ref ?? componentRef(graph.repository);
  const meant = closest(rule, boundaryRules);
  return [
    violation({
      rule: fault,
      enforcement,
      module: ref,
      subjects: [ref],
      from: file,
      to: `${rule} ${line}`,
      kind: null,
      message:
        reason === ""
          ? `drystone-allow ${rule} gives no reason, so it allows nothing`
          : isKnown
            ? `drystone-allow ${rule} allows nothing: the line breaks no such rule`
            : `drystone-allow ${rule}: there is no rule of that name`,
      fix:
        reason === ""
          ? `write why: drystone-allow ${rule} REASON`
          : isKnown
            ? "take the comment out"
            : meant === null
              ? `rules: ${boundaryRules.join(", ")}`
              : `did you mean ${meant}?`,
      location: { repository: graph.repository, file, line },
    }),
  ];
}
