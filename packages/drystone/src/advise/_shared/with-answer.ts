/** What people answered, beside what was observed (metrics.md C): it fills in what is not known, and goes before no evidence. */
import { findPart } from "#derive/parts/index.js";
import type { AnswerFact } from "#model/facts.js";
import type { Assessment, Finding } from "#model/result.js";
import { endOfDay, isoDate, monthsBefore } from "#util/dates.js";
import type { Advising } from "./advising.js";
import { place } from "./measure.js";

/** A prerequisite with the answer that drystone.yaml declares for this part, where there is one. */
export function withAnswer(advising: Advising, assessment: Assessment): Assessment {
  const answer = answerFor(advising, assessment.id);
  if (answer === null) return assessment;
  const { estate, part } = advising;
  const until = lastDay(answer, estate.parameters.C.declExpiryMonths);
  const isExpired = estate.window.asOf > until;
  const by = estate.facts.config.people === "off" ? "somebody" : answer.by;
  const declared = `Declared by ${by} on ${answer.on}, until ${until}: ${answer.answer}. ${answer.why}`;
  const finding = place(
    {
      code: `${assessment.id}/answer`,
      subjects: [part.subject],
      message: `${by} answered ${answer.answer} on ${answer.on}, ${isExpired ? "which counted" : "which counts"} until ${until}.`,
      fix: isExpired
        ? "Ask again, and write down the answer with its day."
        : "Replace it by something that can be observed before it expires.",
      value: null,
      unit: null,
      sample: null,
    },
    [{ ...answer.evidence, text: answer.why }],
  );
  const shown = { ...assessment, findings: [...assessment.findings, finding] };
  return { ...shown, ...(isExpired ? expired(assessment, declared) : weighed(assessment, answer, declared, finding)) };
}

/** It is told where it would have decided. */
function expired({ verdict, reasons }: Assessment, declared: string): Partial<Assessment> {
  const told = `An answer has expired and counts no more. ${declared}`;
  return { reasons: verdict === "unknown" ? [told, ...reasons] : [...reasons, told] };
}

/** Both stand side by side: a reader sees in one place what was observed and what somebody says. */
function weighed(
  { verdict, reasons, missing }: Assessment,
  { answer }: AnswerFact,
  declared: string,
  { code }: Finding,
): Partial<Assessment> {
  const [first = "", ...others] = reasons;
  if (verdict === "unknown")
    return { verdict: answer, grade: "D", reasons: [declared, ...reasons], missing: answer === "yes" ? [] : missing };
  if (verdict === answer) return { reasons: [...reasons, declared] };
  if (verdict === "no") return { reasons: [`${first} That stands against an answer of a person. ${declared}`, ...others] };
  return {
    verdict: "unknown",
    reasons: [`What was observed says yes, a person says no. ${declared}`, ...reasons],
    missing: [{ input: "which of the two is right", how: `drystone explain ${code} NAME --path PATH` }],
  };
}

function answerFor({ estate, view, part }: Advising, question: string): AnswerFact | null {
  const answers = (estate.facts.config.answers ?? []).filter((answer) => answer.question === question);
  const isMeant = ({ part: name }: AnswerFact) => {
    const { found } = findPart(estate, view, name);
    return found !== null && (found.subject === part.subject || isSameSet(found.files, part.files));
  };
  return answers.find(({ part: name }) => name === part.name) ?? answers.find(isMeant) ?? null;
}

function isSameSet(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size === other.size && [...one].every((file) => other.has(file));
}

/** `until`, but no later than the answer can be trusted. */
function lastDay({ on, until }: AnswerFact, months: number): string {
  const latest = isoDate(monthsBefore(endOfDay(on) ?? 0, -months));
  return until === null || until > latest ? latest : until;
}
