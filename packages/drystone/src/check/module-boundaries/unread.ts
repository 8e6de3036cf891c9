/** What the rules cannot see: imports that lead nowhere, and files that could not be read. */
import type { ImportGraph, Problem } from "#model/facts.js";
import type { Policy } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { componentRef } from "#model/refs.js";
import type { ModuleIndex } from "./module-index.js";
import type { FileTable } from "./uses.js";
import { enforcementOf, violation } from "./violating.js";

export interface Unresolved {
  readonly violations: readonly Violation[];
  /** Of the imports that look as if they lead into the repository. */
  readonly count: number;
  readonly of: number;
  readonly share: number;
}

/** Imports that look internal and lead nowhere: whatever they break is not seen. Above the threshold each is an error, below it a note. */
export function unresolvedImports(
  policy: Policy,
  tables: readonly FileTable[],
  most: number,
  isAllowed: (table: FileTable, file: number, line: number) => boolean,
): Unresolved {
  const found = tables.flatMap((table) =>
    table.graph.unresolved.flatMap((one) => {
      const module = table.modules[one.from] ?? null;
      const isOutside = module === null && policy.modules.length > 0;
      if (isOutside || (policy.tests === "ignore" && table.isTest[one.from])) return [];
      return isAllowed(table, one.from, one.line) ? [] : [{ table, module, ...one }];
    }),
  );
  const resolved = tables.reduce((sum, { graph }) => sum + graph.counts.reduce((all, count) => all + count.resolved, 0), 0);
  const of = resolved + found.length;
  const share = of === 0 ? 0 : found.length / of;
  const isTooMany = share > most;
  const violations = found.flatMap(({ table: { graph }, module, from, specifier, line }) => {
    const enforcement = enforcementOf(policy, "unresolved", module, null);
    if (enforcement === "off") return [];
    const file = graph.files[from] ?? "";
    const ref = module?.ref ?? componentRef(graph.repository);
    return [
      violation({
        rule: "unresolved",
        enforcement: isTooMany ? enforcement : "warn",
        isNote: !isTooMany,
        module: ref,
        subjects: [ref],
        from: file,
        to: specifier,
        kind: null,
        message: `${specifier} leads to no file: rules cannot see what it uses`,
        fix: `correct the import, or commit the file${/\.[cm]?[jt]sx?$|\.vue$|\.svelte$/.test(file) ? ", or map the name in tsconfig paths or package.json" : ""}`,
        location: { repository: graph.repository, file, line },
      }),
    ];
  });
  return { violations, count: found.length, of, share };
}

/** Files that could not be read, or not to their end. */
export function unreadableFiles(
  policy: Policy,
  problems: readonly (Problem & { readonly repository: string })[],
  index: ModuleIndex,
): Violation[] {
  return problems.flatMap(({ repository, path, line, message, hint }) => {
    const module = index.of(repository, path);
    const enforcement = enforcementOf(policy, "unreadable", module, null);
    if (enforcement === "off" || (policy.tests === "ignore" && index.isTest(repository, path))) return [];
    const ref = module?.ref ?? componentRef(repository);
    return [
      violation({
        rule: "unreadable",
        enforcement,
        module: ref,
        subjects: [ref],
        from: path,
        to: "unread",
        kind: null,
        message,
        fix: hint,
        location: { repository, file: path, line: line ?? 1 },
      }),
    ];
  });
}

/** A check that read nothing has not found that the rules are kept; where none is declared there is nothing to keep. */
export function nothingRead(policy: Policy, graphs: readonly ImportGraph[], repository: string): Violation[] {
  if (!policy.declared || graphs.some(({ counts }) => counts.length > 0) || policy.enforce.unreadable === "off") return [];
  const ref = componentRef(repository);
  return [
    violation({
      rule: "unreadable",
      enforcement: "new",
      module: ref,
      subjects: [ref],
      from: ref,
      to: "no source",
      kind: null,
      message: "no source file was read: there is none of a language whose imports are known, so nothing was checked",
      fix: "pass the folder of the repository that holds the source, or set enforce: { unreadable: off } under rules",
      location: null,
    }),
  ];
}
