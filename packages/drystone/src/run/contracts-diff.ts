/** `drystone contracts diff`: two versions to a result document. */
import {
  type ContractOptions,
  compareContract,
  contractAssessment,
  contractRef,
  contractViolations,
} from "#check/contract-compatibility/index.js";
import { contractAt } from "#collect/contracts/index.js";
import type { ContractSource } from "#model/contract-source.js";
import type { Facts, Problem } from "#model/facts.js";
import type { Violation } from "#model/policy.js";
import type { Finding, Result } from "#model/result.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { type ContractSide, contractSides } from "./contract-sides.js";
import { type ContractComparison, compareContracts } from "./contracts.js";
import { headlineOf, partialResult } from "./partial-result.js";

export interface ContractsDiffOptions extends ContractOptions {
  /** Where revisions are looked up. */
  readonly repository: string;
  /** Facts of the new version, asked for only when whole trees are compared. */
  readonly facts: (() => Facts | null) | null;
  /** Marks what a team decided to live with. */
  readonly accept?: (violations: readonly Violation[]) => readonly Finding[];
}

/** @throws UsageError for what does not exist or is no contract. */
export function diffContracts(from: readonly string[], options: ContractsDiffOptions): Result {
  const sides = contractSides(from, options.repository);
  const compared = compareSides(sides, options);
  const facts = sides.new.file === null ? (options.facts?.() ?? null) : null;
  const violations = contractViolations(compared, facts);
  const findings = options.accept?.(violations) ?? violations.map(({ finding }) => finding);
  return resultOf(sides, compared, findings, facts, options);
}

function compareSides({ old, new: next }: ReturnType<typeof contractSides>, options: ContractOptions): ContractComparison[] {
  if (old.file === null || next.file === null) return compareContracts(old.tree, next.tree, options);
  const [before, after] = [contractOf(old, old.file), contractOf(next, next.file)];
  return [{ old: before, new: after, changes: compareContract(before, after, options) }];
}

function contractOf(side: ContractSide, file: string): ContractSource {
  const source = contractAt(side.tree, file);
  const problem = source?.problems[0] ?? side.tree.problems.find(({ path }) => path === file);
  if (source === null)
    throw new UsageError(
      "DS-U44",
      problem ? printable(problem.message) : `${printable(side.label)} is no contract that is known`,
      problem ? printable(problem.hint) : "pass an OpenAPI, AsyncAPI or JSON Schema document, a .proto file or a GraphQL schema",
    );
  const empty =
    (source.body.form === "document" && !source.body.documents.has(file)) ||
    (source.body.form === "protobuf" && !source.body.files.some((one) => one.file === file));
  if (empty && problem) throw new UsageError("DS-U45", printable(problem.message), printable(problem.hint));
  return source;
}

function resultOf(
  { old, new: next }: ReturnType<typeof contractSides>,
  compared: readonly ContractComparison[],
  findings: readonly Finding[],
  facts: Facts | null,
  options: ContractOptions,
): Result {
  const assessment = contractAssessment(compared, findings);
  const problems: Problem[] = [...old.tree.problems, ...next.tree.problems];
  return partialResult({
    command: "contracts diff",
    inputs: {
      asOf: options.asOf,
      system: facts?.system.name ?? next.tree.repository,
      repositories: [],
      sources: compared.map(({ old: before, new: after }) => ({
        kind: "contract",
        repository: after?.repository ?? before?.repository ?? "",
        path: after?.file ?? before?.file ?? "",
        read: after !== null,
        facts: 1,
        problem: after === null ? `only in ${old.label}` : before === null ? `only in ${next.label}` : null,
        window: null,
      })),
      problems,
    },
    headline: headlineOf(assessment),
    model: {
      contracts: compared.flatMap(({ old: before, new: after }) => contractFact(after ?? before, facts)),
    },
    assessments: [assessment],
    parameters: { old: old.label, new: next.label, wire: options.wireOnly ? "WIRE" : "WIRE_JSON", events: options.direction },
  });
}

function contractFact(source: ContractSource | null, facts: Facts | null): Result["model"]["contracts"] {
  if (source === null) return [];
  const { kind, version: said, file, repository } = source;
  const known = facts?.contracts.find((one) => one.kind === kind && one.file === file && one.repository === repository);
  return [{ ref: contractRef(source), kind, provider: known?.provider ?? null, version: said, file }];
}
