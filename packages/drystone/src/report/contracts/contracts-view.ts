/** A comparison of contracts as both reports tell it. */
import type { Finding, Result } from "#model/result.js";

export interface ContractsView {
  readonly title: string;
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly contracts: readonly ContractView[];
  /** Contracts without any change, counted. */
  readonly unchanged: number;
  readonly added: readonly string[];
  readonly problems: readonly string[];
}

export interface ContractView {
  readonly name: string;
  /** `openapi 1.3.0, api/orders.yaml`. */
  readonly detail: string;
  readonly counts: string;
  readonly findings: readonly Finding[];
  /** Notes are counted and not listed. */
  readonly notes: number;
}

export function contractsView(result: Result): ContractsView {
  const [assessment] = result.assessments;
  const findings = assessment?.findings ?? [];
  const contracts = result.model.contracts.map((contract): ContractView => {
    const own = findings.filter((finding) => finding.subjects[0] === contract.ref && isOf(finding, contract.file, result));
    const told = own.filter(({ severity }) => severity !== "note");
    return {
      name: contract.ref.slice(contract.ref.lastIndexOf("/") + 1),
      detail: [[kinds[contract.kind], contract.version].filter((part) => part !== null).join(" "), contract.file].join(", "),
      counts: countsText(own),
      findings: told,
      notes: own.length - told.length,
    };
  });
  const text = (key: string): string => {
    const value = result.parameters[key];
    return typeof value === "string" ? value : "";
  };
  return {
    title: `${text("old")} → ${text("new")}`,
    verdict: assessment?.verdict ?? "unknown",
    reasons: assessment?.reasons ?? [],
    contracts: contracts.filter((one) => one.findings.length + one.notes > 0),
    unchanged: contracts.filter((one) => one.findings.length + one.notes === 0).length - addedOf(result).length,
    added: addedOf(result),
    problems: result.inputs.problems.map(({ message }) => message),
  };
}

/** Two contracts may share a name: then the file tells them apart. */
function isOf(finding: Finding, file: string, result: Result): boolean {
  const [ref] = finding.subjects;
  const namesakes = result.model.contracts.filter((contract) => contract.ref === ref);
  if (namesakes.length < 2) return true;
  const places = new Set(finding.evidence.flatMap((one) => ("file" in one ? [one.file] : [])));
  return places.has(file);
}

function addedOf(result: Result): string[] {
  return result.inputs.sources
    .filter(
      ({ problem }) => problem === `only in ${typeof result.parameters["new"] === "string" ? result.parameters["new"] : ""}`,
    )
    .map(({ path }) => path);
}

const kinds = {
  openapi: "OpenAPI",
  asyncapi: "AsyncAPI",
  grpc: "Protobuf",
  graphql: "GraphQL",
  jsonschema: "JSON Schema",
  typescript: "TypeScript",
} as const;

function countsText(findings: readonly Finding[]): string {
  const open = findings.filter(({ state }) => state !== "accepted");
  const count = (severity: Finding["severity"]) => open.filter((finding) => finding.severity === severity).length;
  const accepted = findings.length - open.length;
  const parts = [
    [count("error"), "breaking"],
    [count("warning"), count("warning") === 1 ? "warning" : "warnings"],
    [count("note"), count("note") === 1 ? "note" : "notes"],
    [accepted, "accepted"],
  ] as const;
  return parts.flatMap(([n, word]) => (n > 0 ? [`${n} ${word}`] : [])).join(", ") || "no change that matters";
}

/** `api/orders.yaml:48 (before: 44)`. */
export function placeText({ location, evidence }: Finding): string {
  if (location === null) return "";
  const old = evidence.find((one) => one.type === "declaration" && one.text === "old version");
  const isOld =
    old !== undefined &&
    "file" in old &&
    old.file === location.file &&
    old.line === location.line &&
    !evidence.some((one) => one.type === "file" && one.text === "new version");
  const before =
    old === undefined || !("file" in old) || isOld
      ? ""
      : old.file === location.file
        ? old.line === location.line
          ? ""
          : ` (before: line ${old.line})`
        : ` (before: ${old.file}:${old.line})`;
  return `${location.file}:${location.line}${isOld ? " in the old version" : before}`;
}
