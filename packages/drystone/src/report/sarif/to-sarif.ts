/** SARIF 2.1.0, within what GitHub code scanning takes: one run, at most 5,000 results, a file for each, worst first. */
import type { Finding, Result } from "#model/result.js";
import { clean, compareFindings, findingsView, messageAndFix, pathOf, placeOf, topicOf } from "#report/_shared/index.js";

/** GitHub shows 5,000 of at most 25,000. */
const maxResults = 5000;
const maxRelated = 10;
const maxMessage = 1000;

/** @returns one JSON document that ends with a newline. Accepted findings are there with a suppression, so that alerts neither open nor close by accepting. */
export function toSarif(result: Result): string {
  const findings = result.assessments.flatMap((assessment) => assessment.findings).toSorted(openFirst);
  const shown = findings.length > maxResults ? findings.slice(0, maxResults - 1) : findings;
  const rules = rulesOf(shown);
  const results = shown.map((finding) => resultOf(finding, rules, result));
  const leftOut = findings.slice(shown.length);
  if (leftOut.length > 0) {
    rules.set(summaryRule, { index: rules.size, fix: "drystone check --format json prints them all." });
    results.push(summary(leftOut, rules, result));
  }
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "drystone",
            version: result.tool.version,
            semanticVersion: result.tool.version,
            rules: [...rules].map(([code, { fix }]) => ruleOf(code, fix)),
          },
        },
        automationDetails: { id: `drystone/${result.tool.command}/` },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(result) }],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function openFirst(a: Finding, b: Finding): number {
  return rank(a) - rank(b) || compareFindings(a, b);
}

/** What fails the build first, then what was there before, then what was accepted. */
function rank({ state, baseline }: Finding): number {
  return state === "accepted" ? 2 : baseline === "unchanged" ? 1 : 0;
}

interface Rule {
  readonly index: number;
  readonly fix: string;
}

function rulesOf(findings: readonly Finding[]): Map<string, Rule> {
  const rules = new Map<string, Rule>();
  for (const { code, fix } of findings) if (!rules.has(code)) rules.set(code, { index: rules.size, fix });
  return rules;
}

function ruleOf(code: string, fix: string): object {
  const [assessment = "", rule = ""] = code.split("/");
  const { title, definition } = topicOf(assessment);
  const name = (rule || assessment).replaceAll("-", " ");
  return {
    id: text(code),
    name: text((rule || assessment).replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())),
    shortDescription: { text: text(`${title}: ${name}`) },
    fullDescription: { text: text(definition === "" ? `${title}: ${name}` : definition) },
    help: { text: text(`${fix} Why and where, with all evidence: drystone explain ${code}`) },
    properties: { tags: ["architecture", text(assessment)] },
  };
}

function resultOf(finding: Finding, rules: ReadonlyMap<string, Rule>, result: Result): object {
  const { code, severity, state, baseline, decision, subjects } = finding;
  const place = placeOf(finding, result);
  const related = finding.evidence.flatMap((evidence) =>
    (evidence.type === "file" || evidence.type === "declaration") &&
    (evidence.file !== place.file || Math.max(1, evidence.line) !== Math.max(1, place.line))
      ? [evidence]
      : [],
  );
  return {
    ruleId: text(code),
    ruleIndex: rules.get(code)?.index ?? 0,
    level: severity,
    message: { text: text(messageAndFix(finding)) },
    locations: [
      {
        physicalLocation: physical(place, result),
        ...(subjects.length === 0
          ? {}
          : {
              logicalLocations: subjects
                .slice(0, maxRelated)
                .map((ref) => ({ fullyQualifiedName: clean(ref, 300), kind: "module" })),
            }),
      },
    ],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.slice(0, maxRelated).map((evidence, index) => ({
            id: index + 1,
            physicalLocation: physical(evidence, result),
            message: { text: text(evidence.text ?? "evidence") },
          })),
        }),
    partialFingerprints: { "drystone/v1": finding.fingerprint },
    ...(baseline === undefined ? {} : { baselineState: baseline }),
    suppressions:
      state === "accepted"
        ? [
            {
              kind: "external",
              status: "accepted",
              justification: text(
                [
                  decision?.reason ?? "no reason given",
                  `owner: ${decision?.owner ?? "nobody"}`,
                  ...(decision?.until == null ? [] : [`until ${decision.until}`]),
                ].join("; "),
              ),
            },
          ]
        : [],
  };
}

function physical(place: { repository: string; file: string; line: number }, result: Result): object {
  return {
    artifactLocation: { uri: uriOf(pathOf(place, result)), uriBaseId: "%SRCROOT%" },
    region: { startLine: Math.max(1, Math.floor(place.line) || 1) },
  };
}

/** A relative URI, segment by segment: `a b/[id].ts` is `a%20b/%5Bid%5D.ts`. */
function uriOf(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== "." && segment !== "..");
  return segments.map((segment) => encodeURIComponent(wellFormed(segment))).join("/") || "drystone.yaml";
}

const summaryRule = "drystone/left-out";

function summary(leftOut: readonly Finding[], rules: ReadonlyMap<string, Rule>, result: Result): object {
  const [first] = leftOut;
  const accepted = leftOut.filter(({ state }) => state === "accepted").length;
  const place = first === undefined ? { repository: "", file: "drystone.yaml", line: 1 } : placeOf(first, result);
  return {
    ruleId: summaryRule,
    ruleIndex: rules.get(summaryRule)?.index ?? 0,
    level: leftOut.some(({ state, severity }) => state !== "accepted" && severity === "error") ? "error" : "note",
    message: {
      text: `${leftOut.length} more findings are not in this file (${accepted} of them accepted): it holds the ${maxResults - 1} worst. drystone check --format json prints them all.`,
    },
    locations: [{ physicalLocation: physical(place, result) }],
    partialFingerprints: { "drystone/v1": summaryRule },
    suppressions: [],
  };
}

/** What could not be read or decided: a scanner that says nothing about it would look green. */
function notifications(result: Result): object[] {
  const problems = result.inputs.problems.map(({ path, line, message, hint }) => ({
    level: "warning",
    message: { text: text(`${message} ${hint}`) },
    ...(path === ""
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(path), uriBaseId: "%SRCROOT%" },
                region: { startLine: Math.max(1, line ?? 1) },
              },
            },
          ],
        }),
  }));
  const unknown = findingsView(result).unknown.map(({ id, reason, how }) => ({
    level: "note",
    message: { text: text(`${id}: unknown. ${reason}${how === null ? "" : ` To decide it: ${how}`}`) },
  }));
  return [...problems.slice(0, 200), ...unknown];
}

/** Plain text of a message: no control characters, and nothing that a viewer would take for a link or a placeholder. */
function text(value: string): string {
  return wellFormed(clean(value, maxMessage))
    .replaceAll("](", "] (")
    .replace(/\{(\d+)\}/g, "{ $1 }");
}

function wellFormed(value: string): string {
  return value.replace(/\p{Cs}/gu, "\ufffd");
}
