/** For the terminal. */
import type { Finding, Result } from "#model/result.js";
import { newPage, type Page, type TextOptions } from "#report/_shared/index.js";
import { type ContractView, contractsView, placeText } from "./contracts-view.js";

const maxFindings = 40;

export function contractsToText(result: Result, options: TextOptions): string {
  const view = contractsView(result);
  const page = newPage(options);
  page.heading(`CONTRACTS  ${view.title}`);
  page.blank();
  const [first, ...others] = view.reasons;
  const bad = view.verdict === "not-met";
  page.text(first ?? "", {
    first: bad ? "● " : view.verdict === "met" ? "○ " : "? ",
    firstTone: bad ? "alarm" : "calm",
    tone: "strong",
  });
  for (const reason of others) page.text(reason, { indent: 2, tone: "quiet" });
  for (const contract of view.contracts) printContract(page, contract);
  page.blank();
  if (view.unchanged > 0)
    page.text(`${view.unchanged} more ${view.unchanged === 1 ? "contract" : "contracts"} without a change that matters.`, {
      tone: "quiet",
    });
  if (view.added.length > 0)
    page.text(
      `New: ${view.added.slice(0, 10).join(", ")}${view.added.length > 10 ? ` and ${view.added.length - 10} more` : ""}`,
      { tone: "quiet" },
    );
  for (const problem of view.problems.slice(0, 10)) page.text(problem, { first: "! ", tone: "quiet" });
  return page.toString();
}

function printContract(page: Page, { name, detail, counts, findings, notes }: ContractView): void {
  page.blank();
  page.spans(
    [
      { text: name, tone: "strong" },
      { text: `  ${detail}`, tone: "quiet" },
    ],
    { text: counts, tone: "plain" },
    2,
  );
  for (const finding of findings.slice(0, maxFindings)) printFinding(page, finding);
  if (findings.length > maxFindings)
    page.text(`${findings.length - maxFindings} more: drystone contracts diff … --format json`, { indent: 2, tone: "quiet" });
  if (notes > 0 && findings.length === 0)
    page.text(`${notes} ${notes === 1 ? "note" : "notes"} that break nobody: --format json lists them`, {
      indent: 2,
      tone: "quiet",
    });
}

function printFinding(page: Page, finding: Finding): void {
  const { severity, state, message, fix } = finding;
  const word = state === "accepted" ? "accepted" : severity;
  page.text(message, {
    indent: 2,
    first: `${word.padEnd(8)} `,
    firstTone: state !== "accepted" && severity === "error" ? "alarm" : "between",
  });
  page.text(placeText(finding), { indent: 11, tone: "quiet" });
  page.text(fix, { indent: 11, first: "fix: ", tone: "quiet" });
}
