/** `drystone contracts` and `drystone contracts externalizable`: what contracts there are, and which could be opened. */
import { contractRef } from "#check/contract-compatibility/index.js";
import { externalizableAssessment } from "#check/externalizable/index.js";
import { collectContracts, readContractSource } from "#collect/contracts/index.js";
import { type FileTree, headTree, workTree } from "#collect/files/index.js";
import { locateClones } from "#collect/git/index.js";
import type { Facts } from "#model/facts.js";
import { emptyHistory } from "#model/history.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Assessment, Finding, Result } from "#model/result.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { buildResult } from "./build-result.js";
import { readFilesFacts } from "./files-facts.js";
import { partialResult } from "./partial-result.js";
import { version } from "./version.js";

export interface ContractsListOptions {
  readonly paths: readonly string[];
  readonly config: string | undefined;
  readonly asOf: string;
  readonly progress?: (text: string) => void;
}

/** Contracts with their providers, and the relations of who calls whom. @throws UsageError where there is no repository. */
export function listContracts(options: ContractsListOptions): Result {
  const { facts } = factsOf(options);
  const providers = new Set(facts.contracts.flatMap(({ provider }) => provider ?? []));
  const count = facts.contracts.length;
  return documentOf(facts, options, "contracts", [], {
    question: "Which contracts are there?",
    answer:
      count === 0
        ? "No machine-readable contract was found."
        : `${count} ${count === 1 ? "contract" : "contracts"} of ${providers.size} ${providers.size === 1 ? "provider" : "providers"}.`,
  });
}

/** The checklist per contract of a network interface. @param wanted names of contracts or providers; none for all. @throws UsageError for a name that is not there. */
export function externalizableContracts(wanted: readonly string[], options: ContractsListOptions): Result {
  const { facts, trees } = factsOf(options);
  const mandate = mandateOf(facts);
  const sources = trees.flatMap((tree) =>
    collectContracts(tree).contracts.flatMap((found) =>
      found.kind === "typescript" || found.kind === "jsonschema" ? [] : [readContractSource(tree, found)],
    ),
  );
  const assessments = sources.flatMap((source) => {
    const fact = facts.contracts.find(
      (one) =>
        one.kind === source.kind && one.repository === source.repository && [source.file, ...source.copies].includes(one.file),
    );
    const ref = contractRef(source);
    const names = [
      shortName(ref),
      fact === undefined ? "" : shortName(fact.ref),
      fact?.provider == null ? "" : shortName(fact.provider),
      source.file,
    ];
    if (wanted.length > 0 && !wanted.some((name) => names.includes(name))) return [];
    return [
      externalizableAssessment(source, ref, {
        owner: ownerOf(facts, fact?.provider ?? null),
        backDoors: backDoorsTo(mandate, fact?.provider ?? null),
      }),
    ];
  });
  if (assessments.length === 0 && wanted.length > 0)
    throw new UsageError(
      "DS-U49",
      `${wanted.map(printable).join(", ")} is no contract or provider here`,
      `use one of ${[...new Set(sources.map((source) => shortName(contractRef(source))))].slice(0, 12).map(printable).join(", ") || "drystone contracts"}`,
    );
  const ready = assessments.filter(({ verdict }) => verdict === "met").length;
  return documentOf(facts, options, "contracts externalizable", assessments, {
    question: "Which contracts could be opened to outsiders as they are?",
    answer:
      assessments.length === 0
        ? "No contract of a network interface was found."
        : `${ready} of ${assessments.length}; each row says what is missing.`,
  });
}

function factsOf(options: ContractsListOptions): { readonly facts: Facts; readonly trees: readonly FileTree[] } {
  const facts = readFilesFacts(options);
  if (facts === null)
    throw new UsageError("DS-U05", "no git repository with a commit", "pass the folder of a repository, or commit once");
  const trees = locateClones(options.paths).map((clone) =>
    clone.workTree === null ? headTree(clone.id, clone.gitDirectory) : workTree(clone.id, clone.gitDirectory, clone.workTree),
  );
  return { facts, trees };
}

/** What the mandate found on the ways around interfaces; it needs no history. */
function mandateOf(facts: Facts): Assessment | null {
  const histories = facts.repositories.map(({ id }) => emptyHistory(id));
  return buildResult({ ...facts, histories }, {}, version).assessments.find(({ id }) => id === "interface-mandate") ?? null;
}

function backDoorsTo(mandate: Assessment | null, provider: Ref | null): readonly Finding[] | null {
  if (mandate === null || provider === null || mandate.verdict === "not-applicable") return null;
  return mandate.findings.filter(
    ({ code, subjects }) => /\/(?:direct-link|foreign-store|back-door)$/.test(code) && subjects[1] === provider,
  );
}

function ownerOf(facts: Facts, provider: Ref | null): string | null {
  const component = facts.components.find(({ ref }) => ref === provider);
  return component?.declaredOwners[0]?.ref ?? null;
}

function documentOf(
  facts: Facts,
  options: ContractsListOptions,
  command: string,
  assessments: readonly Assessment[],
  headline: { question: string; answer: string },
): Result {
  return partialResult({
    command,
    inputs: {
      asOf: options.asOf,
      system: facts.system.name,
      repositories: [],
      sources: facts.sources.filter(({ kind }) => kind === "contract"),
      problems: facts.problems.filter(({ path }) =>
        facts.sources.some((source) => source.kind === "contract" && source.path === path),
      ),
    },
    headline: { ...headline, notApplicable: null, assessment: assessments[0]?.id ?? null },
    model: {
      contracts: facts.contracts.map(({ repository: _, ...contract }: ContractFactOf) => contract),
      operations: facts.operations.filter(({ contract }) => contract !== null),
      relations: facts.relations.filter(
        ({ kind, to }) => /^(?:calls|dependsOn|imports)$/.test(kind) && facts.contracts.some(({ provider }) => provider === to),
      ),
    },
    assessments,
    parameters: {},
  });
}

type ContractFactOf = Facts["contracts"][number];
