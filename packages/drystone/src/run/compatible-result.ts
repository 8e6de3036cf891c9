/** What meetings of services come to, as a result document. */
import {
  type ContractOptions,
  compareContract,
  contractViolations,
  weighedByPacts,
} from "#check/contract-compatibility/index.js";
import type { Pact } from "#model/contract-source.js";
import type { Facts } from "#model/facts.js";
import { judged } from "#model/judged.js";
import { shortName } from "#model/refs.js";
import type { Assessment, Condition, Finding, Result } from "#model/result.js";
import { fingerprint } from "#util/fingerprint.js";
import type { Meeting, ServiceVersion } from "./contract-meetings.js";
import type { DeployedVersions } from "./deployed-versions.js";
import { version } from "./version.js";

export interface CompatibleQuestion extends ContractOptions {
  readonly environment: string;
  readonly candidates: readonly ServiceVersion[];
  /** As a reader knows a component. */
  readonly nameOf: (ref: string) => string;
  /** Refs of consumers of which no deploy is known. */
  readonly absent: readonly string[];
}

export function compatibleResult(
  question: CompatibleQuestion,
  facts: Facts,
  deployed: DeployedVersions,
  meetings: readonly Meeting[],
  pacts: readonly Pact[],
): Result {
  const assessment = assessmentOf(question, meetings, pacts);
  const files = new Set(meetings.flatMap(({ contract }) => contract?.file ?? []));
  return {
    schema: "drystone.result/1",
    tool: { name: "drystone", version, command: "contracts compatible" },
    inputs: {
      asOf: question.asOf,
      system: facts.system.name,
      repositories: [],
      sources: deployed.sources,
      problems: [...facts.problems.filter(({ path }) => files.has(path)), ...deployed.problems],
    },
    headline: {
      question: assessment.question,
      answer: assessment.reasons[0] ?? "",
      notApplicable: null,
      assessment: assessment.id,
    },
    model: {
      components: [],
      resources: [],
      teams: [],
      contracts: contractsOf(meetings),
      operations: [],
      libraries: [],
      relations: [],
      unresolved: [],
    },
    measures: [],
    assessments: [assessment],
    verdicts: [],
    advice: [],
    parameters: {
      environment: question.environment,
      candidates: question.candidates.map(({ component, revision }) => ({ service: component.name, version: revision })),
    },
  };
}

function contractsOf(meetings: readonly Meeting[]): Result["model"]["contracts"] {
  const contracts = meetings.flatMap(({ contract }) => {
    if (contract === null) return [];
    const { repository: _, ...rest } = contract;
    return [rest];
  });
  return [...new Map(contracts.map((contract) => [contract.ref, contract])).values()];
}

function assessmentOf(question: CompatibleQuestion, meetings: readonly Meeting[], pacts: readonly Pact[]): Assessment {
  const { candidates, environment } = question;
  const compared = meetings.map((meeting) => ({ meeting, findings: findingsOf(meeting, pacts, question) }));
  const findings = meetings.length === 0 ? [nothingMet(candidates)] : compared.flatMap((one) => one.findings);
  const breaks = findings.filter((finding) => finding.severity === "error" && !isOpen(finding));
  const open = findings.some(isOpen);
  const names = candidates.map(({ component, revision }) => `${component.name}@${revision}`).join(", ");
  const keep = compared.filter(({ findings: own }) => own.every((finding) => finding.severity !== "error" && !isOpen(finding)));
  return judged({
    id: "contract-compatibility",
    subject: candidates.length === 1 && candidates[0] ? candidates[0].component.ref : "system",
    question: `May ${names} run in ${environment} with what runs there now?`,
    verdict: breaks.length > 0 ? "not-met" : open ? "unknown" : "met",
    value: meetings.length === 0 ? null : breaks.length,
    unit: "breaking changes",
    sample: { n: meetings.length, of: "pairs of services that talk" },
    conditions: compared.map(({ meeting, findings: own }) => conditionOf(meeting, own, question.nameOf)),
    grade: meetings.length === 0 ? null : "B",
    reasons: [
      meetings.length === 0
        ? "No deployed service is seen to talk with it, so nothing was compared."
        : `${keep.length} of ${meetings.length} ${meetings.length === 1 ? "pair" : "pairs"} of services keep each other's contract.`,
      ...(question.absent.length === 0
        ? []
        : [
            `Not counted, as no deploy of them to ${environment} is known: ${question.absent.map(question.nameOf).join(", ")}. If they do run there, pass their deploys too.`,
          ]),
      "Schemas are compared. That an operation still does the same, only tests with its consumers show.",
    ],
    missing: open
      ? [
          {
            input: "the contract versions that are deployed",
            how: "commit each contract beside its provider and beside each consumer, and name deploys by commit or tag",
          },
        ]
      : [],
    findings,
  });
}

const openCode = "contract-compatibility/not-demonstrated";

function isOpen({ code }: Finding): boolean {
  return code === openCode;
}

function conditionOf(
  { provider, consumer, versions }: Meeting,
  findings: readonly Finding[],
  nameOf: CompatibleQuestion["nameOf"],
): Condition {
  const isBroken = findings.some((finding) => finding.severity === "error" && !isOpen(finding));
  return {
    text: `${nameOf(consumer)}@${versions.consumer} with ${nameOf(provider)}@${versions.provider}`,
    met: isBroken ? false : findings.some(isOpen) ? null : true,
    source: "docs.pact.io/can_i_deploy, from committed contracts",
  };
}

function findingsOf(meeting: Meeting, pacts: readonly Pact[], options: CompatibleQuestion): Finding[] {
  const { nameOf } = options;
  const { provider, consumer, expected, offered } = meeting;
  if (expected === null || offered === null) return [notDemonstrated(meeting, nameOf)];
  const own = pacts.filter((pact) => isPactOf(pact, meeting));
  const changes = weighedByPacts(compareContract(expected, offered, options), own);
  return contractViolations([{ old: expected, new: offered, changes }], null).map(({ finding }) => ({
    ...finding,
    subjects: [...finding.subjects, provider, consumer],
    message: `${nameOf(consumer)} with ${nameOf(provider)}: ${finding.message}`,
    fingerprint: fingerprint(finding.fingerprint, provider, consumer),
  }));
}

/** What is not known is an error: a deploy that nobody can vouch for is not a safe one. Where there is no contract at all it is a warning: then no deploy was ever vouched for. */
function notDemonstrated({ contract, provider, consumer, unknown }: Meeting, nameOf: CompatibleQuestion["nameOf"]): Finding {
  const location = contract === null ? null : { repository: contract.repository, file: contract.file, line: 1 };
  return {
    code: openCode,
    severity: contract === null ? "warning" : "error",
    state: "new",
    subjects: [...(contract === null ? [] : [contract.ref]), provider, consumer],
    message: `${nameOf(consumer)} with ${nameOf(provider)}: not demonstrated, ${unknown ?? "a contract is missing"}.`,
    fix: fixFor(contract === null, nameOf(provider), unknown ?? ""),
    value: null,
    unit: null,
    sample: null,
    location,
    evidence: location === null ? [] : [{ type: "file", ...location }],
    evidenceTotal: location === null ? 0 : 1,
    fingerprint: fingerprint(openCode, contract?.ref ?? "", provider, consumer),
  };
}

function fixFor(isWithout: boolean, provider: string, unknown: string): string {
  if (isWithout) return `Describe what ${provider} offers in a contract (OpenAPI, AsyncAPI, protobuf, GraphQL) and commit it.`;
  return unknown.startsWith("no deploy of ")
    ? "Pass the file with its deploys too: --deploys may be given several times."
    : "Commit the contract that the consumer was built from, and name deploys by commit or tag.";
}

function nothingMet(candidates: readonly ServiceVersion[]): Finding {
  const refs = candidates.map(({ component }) => component.ref);
  return {
    code: openCode,
    severity: "warning",
    state: "new",
    subjects: refs,
    message: "Nothing was compared: no call and no topic between it and a deployed service was found in the files.",
    fix: "If it does talk with others, declare its relations in drystone.yaml or pass the folder that holds their repositories as --path.",
    value: null,
    unit: null,
    sample: null,
    location: null,
    evidence: [],
    evidenceTotal: 0,
    fingerprint: fingerprint(openCode, ...refs),
  };
}

function isPactOf(pact: Pact, { provider, consumer }: Meeting): boolean {
  return (
    plainName(pact.provider) === plainName(shortName(provider)) && plainName(pact.consumer) === plainName(shortName(consumer))
  );
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
