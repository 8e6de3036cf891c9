/** For a pull request. */
import type { Result } from "#model/result.js";
import { escapeMarkdown } from "#report/_shared/index.js";
import { contractsView, placeText } from "./contracts-view.js";

const maxFindings = 100;

export function contractsToMarkdown(result: Result): string {
  const view = contractsView(result);
  const marks: Readonly<Record<string, string>> = { "not-met": "●", met: "○" };
  const [first = "", ...others] = view.reasons;
  const parts = [
    `## Contracts: ${escapeMarkdown(view.title)}`,
    `**${marks[view.verdict] ?? "?"} ${escapeMarkdown(first)}** ${others.map((reason) => escapeMarkdown(reason)).join(" ")}`.trim(),
    ...view.contracts.flatMap((contract) => [
      `### ${escapeMarkdown(contract.name)}`,
      escapeMarkdown(`${contract.detail}: ${contract.counts}`),
      contract.findings.length === 0
        ? ""
        : [
            "| | change | where | fix |",
            "|---|---|---|---|",
            ...contract.findings.slice(0, maxFindings).map((finding) => {
              const word = finding.state === "accepted" ? "accepted" : finding.severity;
              return `| ${[word, finding.message, placeText(finding), finding.fix].map((cell) => escapeMarkdown(cell)).join(" | ")} |`;
            }),
          ].join("\n"),
      contract.findings.length > maxFindings ? `${contract.findings.length - maxFindings} more are in the JSON result.` : "",
    ]),
    view.unchanged > 0 ? `${view.unchanged} more without a change that matters.` : "",
    view.added.length > 0
      ? `New: ${view.added
          .slice(0, 20)
          .map((file) => escapeMarkdown(file))
          .join(", ")}`
      : "",
    ...view.problems.slice(0, 20).map((problem) => `- ${escapeMarkdown(problem)}`),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
