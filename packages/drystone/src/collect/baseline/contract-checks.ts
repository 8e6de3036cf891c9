/** Pipelines that hold a contract against its last version or against its consumers, so that a breaking change is noticed before it ships. */
import type { BaselineSign } from "#model/baseline.js";

/** Tool by the words of a command or action that compares contracts. */
const tools: readonly (readonly [RegExp, string])[] = [
  [/\bdrystone\s{1,3}contracts\s{1,3}(?:diff|compatible)\b/, "drystone contracts"],
  [/\boasdiff(?:[-/]action(?:\/breaking)?)?\b.{0,80}?\b(?:breaking|changelog|diff)\b|\boasdiff-action\b/, "oasdiff"],
  [/\bopenapi-diff\b|\bopenapi-changes\b|\boptic\s{1,3}(?:diff|run)\b/, "openapi-diff"],
  [/\bbuf\s{1,3}breaking\b|\bbufbuild\/buf-(?:breaking-)?action\b/, "buf breaking"],
  [/\bprotolock\s{1,3}status\b/, "protolock"],
  [/\bgraphql-inspector\b.{0,60}?\b(?:diff|validate)\b|\bkamilkisiela\/graphql-inspector\b/, "graphql-inspector"],
  [/\brover\s{1,3}(?:sub)?graph\s{1,3}check\b|\bhive\s{1,3}schema:check\b/, "schema check"],
  [/\bpact-broker\s{1,3}can-i-deploy\b|\bpact(?:-broker|flow)?\b.{0,60}?\bcan-i-deploy\b/, "Pact"],
  [/\basyncapi\s{1,3}diff\b/, "asyncapi diff"],
  [/\bschema-registry:test-compatibility\b|\bschemaRegistry.{0,20}testSchemasTask\b/, "schema registry"],
];

const mostLines = 20_000;

/** One per tool: comments do not count. About every component of the repository. */
export function contractChecksOf(path: string, text: string, repository: string): BaselineSign[] {
  const found = new Map<string, BaselineSign>();
  for (const [index, whole] of text.slice(0, 500_000).split("\n").slice(0, mostLines).entries()) {
    const line = whole.slice(0, 1000);
    if (/^\s{0,200}#/.test(line)) continue;
    for (const [pattern, tool] of tools) {
      if (found.has(tool) || !pattern.test(line)) continue;
      found.set(tool, {
        component: null,
        kind: "contract-check",
        subject: tool,
        detail: null,
        value: null,
        reach: "component",
        evidence: { type: "file", repository, file: path, line: index + 1, text: line.trim().slice(0, 160) },
      });
    }
  }
  return [...found.values()];
}
