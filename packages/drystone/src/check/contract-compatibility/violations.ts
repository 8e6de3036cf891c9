/**
 * Changes of contracts as findings. How severe a break is depends on who is seen to use what it breaks:
 * with consumers it is an error that names them; a contract that says it is internal and has no consumer here makes it a warning;
 * where consumers are unknown it stays an error.
 */
import type { ContractSource } from "#model/contract-source.js";
import { type Evidence, maxEvidence } from "#model/evidence.js";
import type { ContractFact } from "#model/facts.js";
import { judged } from "#model/judged.js";
import type { Violation } from "#model/policy.js";
import { type Ref, refName, shortName } from "#model/refs.js";
import type { Assessment, Finding } from "#model/result.js";
import { fingerprint } from "#util/fingerprint.js";
import type { ContractChange, Place } from "./change.js";
import { lineAt } from "./compare-contract.js";
import { type Consumers, consumersOf, type UseFacts } from "./consumers.js";
import { own, text } from "./values.js";

const id = "contract-compatibility";
const contractQuestion = "Does the new version of a contract break its consumers?";

export interface ComparedContract {
  readonly old: ContractSource | null;
  readonly new: ContractSource | null;
  readonly changes: readonly ContractChange[];
}

/** @param facts of the new version, to see who uses what; null when only files were compared. */
export function contractViolations(compared: readonly ComparedContract[], facts: UseFacts | null): Violation[] {
  return compared.flatMap((one) => one.changes.map((change) => violationOf(one, change, facts)));
}

function violationOf(compared: ComparedContract, change: ContractChange, facts: UseFacts | null): Violation {
  const source = compared.new ?? compared.old;
  const file = source?.file ?? "";
  const known = factsOf(facts, source, change);
  const used = facts !== null && known.length > 0 ? joined(known.map((one) => consumersOf(facts, one, change))) : null;
  const severity = severityOf(change, source, known[0] ?? null, used?.refs ?? null);
  const code = `${id}/${change.rule}`;
  const spot = [change.subjects[0] ?? "", change.where].filter((part) => part !== "").join(": ");
  const evidence = [...placeEvidence(compared, change), ...(used?.evidence ?? [])];
  const providers = [...new Set(known.flatMap(({ provider }) => provider ?? []))];
  const contract = contractRef(source);
  const finding: Finding = {
    code,
    severity,
    state: "new",
    subjects: [contract, ...providers, ...(used?.refs ?? [])],
    message: messageOf(change, spot, used?.refs ?? null),
    fix: change.fix.endsWith(";") ? change.fix : `${change.fix.charAt(0).toUpperCase()}${change.fix.slice(1)}.`,
    value: change.subjects.length > 1 ? change.subjects.length : null,
    unit: change.subjects.length > 1 ? "operations" : null,
    sample: null,
    location: locationOf(compared, change),
    evidence: evidence.slice(0, maxEvidence),
    evidenceTotal: evidence.length,
    fingerprint: fingerprint(code, file, spot, change.direction),
  };
  const key = { rule: code, module: providers[0] ?? contract, from: file, to: spot === "" ? contract : spot, kind: null };
  return { finding, enforcement: severity === "error" ? "new" : "warn", key };
}

/** Facts of the contract; a .proto file is a contract per service, of which a change may name one. */
function factsOf(facts: UseFacts | null, source: ContractSource | null, change: ContractChange): ContractFact[] {
  const files = new Set([source?.file ?? "", ...(source?.copies ?? [])]);
  const all = (facts?.contracts ?? []).filter(
    (one) => one.repository === source?.repository && files.has(one.file) && one.kind === source?.kind,
  );
  const named = all.filter(({ ref }) =>
    change.subjects.some((subject) => refName(subject.split("/")[0] ?? "") === shortName(ref)),
  );
  return named.length > 0 ? named : all;
}

/** By what the contract calls itself: the same in two revisions, and for all services of one file. */
export function contractRef(source: ContractSource | null): Ref {
  return `api:default/${refName(source === null ? "" : source.name || source.file)}`;
}

function joined(all: readonly Consumers[]): Consumers {
  return { refs: [...new Set(all.flatMap(({ refs }) => refs))].sort(), evidence: all.flatMap(({ evidence }) => evidence) };
}

function severityOf(
  change: ContractChange,
  source: ContractSource | null,
  fact: ContractFact | null,
  consumers: readonly Ref[] | null,
): Finding["severity"] {
  if (change.level !== "error" || change.rule === "malformed") return change.level;
  if (consumers === null || consumers.length > 0 || fact?.provider == null) return "error";
  return /^(?:component|business-unit|company)-internal$|^internal$|^private$/i.test(audienceOf(source)) ? "warning" : "error";
}

/** `x-audience`, as Zalando's guidelines put it into `info`; "" when the contract says nothing. */
function audienceOf(source: ContractSource | null): string {
  const document = source?.body.form === "document" ? source.body.documents.get(source.file) : undefined;
  return text(own(own(document?.value, "info"), "x-audience")) || text(own(document?.value, "x-audience"));
}

function messageOf(change: ContractChange, spot: string, consumers: readonly Ref[] | null): string {
  const more =
    change.subjects.length > 1
      ? ` (and ${change.subjects.length - 1} more ${change.subjects.length === 2 ? "operation" : "operations"})`
      : "";
  const names = (consumers ?? []).map(shortName);
  const used =
    names.length === 0
      ? ""
      : `; ${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""} ${names.length === 1 ? "uses" : "use"} it`;
  const sentence = `${change.message}${more}${used}.`;
  if (spot !== "") return `${spot}: ${sentence}`;
  // A path at the start stays as it is.
  return /^[a-z]+ /.test(sentence) ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}` : sentence;
}

/** In the new version where there is such a place, else in the old one. */
function locationOf({ old, new: next }: ComparedContract, change: ContractChange): Finding["location"] {
  const found = change.new !== null ? placed(next, change.new) : change.old !== null ? placed(old, change.old) : null;
  return found;
}

function placed(source: ContractSource | null, place: Place): { repository: string; file: string; line: number } {
  return { repository: source?.repository ?? "", file: place.file, line: lineAt(source, place) };
}

/** The new place is a file of today; the old one is told as what was declared. */
function placeEvidence({ old, new: next }: ComparedContract, change: ContractChange): Evidence[] {
  return [
    ...(change.new === null ? [] : [{ type: "file" as const, ...placed(next, change.new), text: "new version" }]),
    ...(change.old === null ? [] : [{ type: "declaration" as const, ...placed(old, change.old), text: "old version" }]),
  ];
}

/** @param accepted findings, in which what a team decided to live with is marked. */
export function contractAssessment(compared: readonly ComparedContract[], findings: readonly Finding[]): Assessment {
  const pairs = compared.filter(({ old }) => old !== null);
  const open = findings.filter(({ state }) => state !== "accepted");
  const breaks = open.filter(({ severity }) => severity === "error");
  const warnings = open.filter(({ severity }) => severity === "warning");
  const verdict = pairs.length === 0 ? "not-applicable" : breaks.length > 0 ? "not-met" : warnings.length > 0 ? "unknown" : "met";
  return judged({
    id,
    subject: "system",
    question: contractQuestion,
    verdict,
    value: pairs.length === 0 ? null : breaks.length,
    unit: "breaking changes",
    sample: { n: pairs.length, of: "contracts compared" },
    conditions: [
      {
        text: "I9: no request accepts less, no response or event holds more than the old contract allowed",
        met: verdict === "unknown" ? null : verdict === "met" ? true : verdict === "not-met" ? false : null,
        source: "docs/contracts.md",
      },
    ],
    grade: pairs.length === 0 ? null : "B",
    reasons: reasons(compared, pairs.length, breaks, warnings, findings.filter(isAcceptedBreak).length),
    findings: [...findings].sort((a, b) => rank(a) - rank(b)),
  });
}

function isAcceptedBreak({ severity, state }: Finding): boolean {
  return state === "accepted" && severity === "error";
}

function rank({ severity, state }: Finding): number {
  return (state === "accepted" ? 10 : 0) + (severity === "error" ? 0 : severity === "warning" ? 1 : 2);
}

function reasons(
  compared: readonly ComparedContract[],
  pairs: number,
  breaks: readonly Finding[],
  warnings: readonly Finding[],
  accepted: number,
): string[] {
  if (pairs === 0)
    return [
      compared.length === 0 ? "No contract was found to compare." : "All contracts are new: nobody could have relied on them.",
    ];
  const broken = new Set(breaks.map(({ subjects }) => subjects[0]));
  const whole = pairs === 1 ? "contract" : "contracts";
  const first =
    breaks.length > 0
      ? `${breaks.length} breaking ${breaks.length === 1 ? "change" : "changes"} in ${broken.size} of ${pairs} ${whole}.`
      : warnings.length > 0
        ? `No break was found in ${pairs} ${whole}, and not everything could be decided.`
        : accepted > 0
          ? `${accepted} breaking ${accepted === 1 ? "change is" : "changes are"} accepted; nothing else in ${pairs} ${whole} breaks what was promised.`
          : pairs === 1
            ? "The contract keeps what the old one promised."
            : `All ${pairs} contracts keep what the old ones promised.`;
  return [
    first,
    ...(warnings.length > 0
      ? [
          `${warnings.length} ${warnings.length === 1 ? "change" : "changes"} of which the contracts alone cannot tell whether somebody breaks.`,
        ]
      : []),
    "A comparison of contracts says nothing about what an operation does: only tests with consumers do.",
  ];
}
