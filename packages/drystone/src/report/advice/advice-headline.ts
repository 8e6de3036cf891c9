/** What a result of `drystone advise` answers first: the question that was asked, not the one about the whole system. */
import type { Result } from "#model/result.js";
import { type HeadlineView, listed, type TextOptions } from "#report/_shared/index.js";
import { adviceView } from "./advice-view.js";

/** @returns null for a result of any other command: its own headline stands. */
export function adviceHeadline(result: Result, people: TextOptions["people"]): HeadlineView | null {
  if (result.tool.command !== "advise") return null;
  const views = result.advice.map((advice) => adviceView(advice, result, people));
  const [first] = views;
  if (first === undefined) return null;
  const none = { rule: null, notApplicable: null, lead: null };
  if (views.length === 1) {
    const { question, label, symbol, tone, sentence, counts } = first;
    const told = tone === "quiet" || counts === "" ? "" : `${counts.charAt(0).toUpperCase()}${counts.slice(1)}.`;
    return { question, label, symbol, tone, sentences: [sentence, told].filter(isSaid), ...none };
  }
  const isSeams = result.advice.every(({ decision }) => decision === "boundary");
  return {
    question: isSeams ? first.question : "Should anything be split out, merged, or left as it is?",
    label: outcomes(views.map(({ label }) => label)),
    symbol: "",
    tone: "strong",
    sentences: [first.sentence].filter((sentence) => isSeams && isSaid(sentence)),
    ...none,
  };
}

/** `7 × premature and 1 × does not apply`, the most first. */
function outcomes(labels: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return listed(sorted.map(([label, count]) => `${count} × ${label.charAt(0).toLowerCase()}${label.slice(1)}`));
}

function isSaid(sentence: string): boolean {
  return sentence !== "";
}
