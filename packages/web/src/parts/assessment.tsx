import type { JSX } from "preact";
import { comparisonText, gradeNote, quantity, topicOf } from "../../../drystone/src/report/_shared/index.js";
import type { Assessment, Result } from "../model.js";
import { SubjectLink } from "./links.js";
import { Sentence } from "./text.js";
import { VerdictMark } from "./verdict.js";
import { Missing } from "./waits.js";

/** One assessment with its conditions, reasons and what it misses. */
export function AssessmentBlock({
  assessment,
  result,
}: {
  readonly assessment: Assessment;
  readonly result: Result;
}): JSX.Element {
  const number = quantity(assessment);
  const comparison = comparisonText(assessment.comparison, assessment.unit);
  const note = gradeNote(assessment);
  return (
    <div class="assessment">
      <h3>
        <VerdictMark verdict={assessment.verdict} /> {topicOf(assessment.id).title}
        {assessment.subject !== "system" && (
          <span class="quiet">
            {": "}
            <SubjectLink subject={assessment.subject} result={result} />
          </span>
        )}
        {number !== null && <span class="row-number">{number}</span>}
      </h3>
      <p class="quiet">
        <Sentence text={assessment.question} />
      </p>
      {assessment.reasons.map((reason) => (
        <p key={reason}>
          <Sentence text={reason} />
        </p>
      ))}
      {note !== null && <p class="quiet">{note}.</p>}
      {comparison !== null && (
        <p class="quiet">
          To compare: <Sentence text={comparison} />
        </p>
      )}
      <Conditions assessment={assessment} />
      <Missing missing={assessment.missing} />
    </div>
  );
}

/** `parameters A2` names the group of limits that were used; anything else is a document that a reader of the page does not have. */
function limitsOf(source: string): string {
  const [, group] = /^parameters (\w+)$/.exec(source) ?? [];
  return group === undefined ? "" : `(parameters ${group})`;
}

/** The rules that made the verdict, each held, not held or undecided. */
export function Conditions({ assessment }: { readonly assessment: Assessment }): JSX.Element | null {
  if (assessment.conditions.length === 0) return null;
  return (
    <ul class="conditions">
      {assessment.conditions.map(({ text, met, source }) => (
        <li key={text}>
          <span class={`met met-${met === null ? "unknown" : met ? "yes" : "no"}`}>
            {met === null ? "? unknown" : met ? "✓ holds" : "✗ does not hold"}
          </span>{" "}
          <span>
            <Sentence text={text} />
            {limitsOf(source) !== "" && <span class="quiet"> {limitsOf(source)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
