/** What a piece of advice comes from: the rule, the answers that made it, and what would change it. */
import type { Advice, Result } from "#model/result.js";
import { listed, namesOf, type Page, type TextOptions, tame, topicOf, verdictMark } from "#report/_shared/index.js";
import { field } from "./finding.js";

export function printAdvice(page: Page, advice: Advice, result: Result, people: TextOptions["people"]): void {
  const { decision, subject, outcome, assessments, costs, benefits, wouldChange } = advice;
  const names = namesOf(result, people);
  page.heading(`${decision}: ${listed(subject.split(/ (?=component:|path:)/).map((ref) => names(ref, 60)))}`);
  field(page, "outcome", outcome.replaceAll("-", " "));
  field(page, "rule", rules[decision]);
  for (const { id, verdict, reasons } of assessments) {
    const mark = verdictMark(verdict);
    page.text(`${tame(id, 40)}: ${reasons[0] === undefined ? topicOf(id).title : tame(reasons[0], 300)}`, {
      indent: 2,
      first: `${mark.symbol} ${mark.word}`.padEnd(14),
      firstTone: mark.tone,
    });
  }
  const lines = [...new Set([...costs, ...benefits].map(({ id }) => tame(id, 60)))];
  field(page, "numbers", lines.join(", "));
  for (const change of wouldChange) page.text(tame(change, 400), { indent: 2, first: "would change it: " });
}

const rules: Readonly<Record<Advice["decision"], string>> = {
  split:
    "Any no to the five questions, or no operational baseline: premature. Any unknown: not demonstrated. Then a rule to stay, fewer than two signals or a cost above the benefit: does not pay. Else, with everything known: pays. Limits: parameters C, F and K.",
  merge:
    "Two of four: deployed in lockstep, changed together both ways, one owner, a table that both write. Limits: parameters F.",
  stay: "Any one of four rules is enough. Limits: parameters F.",
  boundary:
    "Files that are together in most of many seeded runs, with little weight leading out, of a size that can be owned, and better than chance. Limits: parameters E.",
  own: "Who should own it.",
  team: "Which team should do it.",
};
