import type { JSX } from "preact";
import { topicOf } from "../../../drystone/src/report/_shared/index.js";
import type { Assessment, Result } from "../model.js";
import { hrefOf } from "../route.js";
import { HowTo } from "./how-to.js";
import { Sentence } from "./text.js";
import { VerdictMark } from "./verdict.js";

/** The assessment of the system as a whole; null when the result does not list it. */
export function assessmentOf(result: Result, id: string): Assessment | null {
  return result.assessments.find((each) => each.id === id && each.subject === "system") ?? null;
}

/** Verdict and first reasons of an assessment, and what it waits for when it is unknown. */
export function Standing({ result, id }: { readonly result: Result; readonly id: string }): JSX.Element | null {
  const assessment = assessmentOf(result, id);
  if (assessment === null) return null;
  return (
    <div class="standing">
      <p>
        <VerdictMark verdict={assessment.verdict} /> <a href={hrefOf("method", id)}>{topicOf(id).title}</a>
        {assessment.reasons[0] !== undefined && (
          <>
            {": "}
            <Sentence text={assessment.reasons[0]} />
          </>
        )}
      </p>
      {assessment.verdict === "unknown" && <Missing assessment={assessment} />}
    </div>
  );
}

/** What would decide it, each with the command that obtains it. */
export function Missing({ assessment }: { readonly assessment: Assessment }): JSX.Element | null {
  if (assessment.missing.length === 0) return null;
  return (
    <ul class="missing">
      {assessment.missing.map(({ input, how }) => (
        <li key={`${input} ${how}`}>
          Waits for <Sentence text={input} />
          {how.split(/\n| {2}then {2}/).map((line) => (
            <HowTo key={line} text={line.trim()} />
          ))}
        </li>
      ))}
    </ul>
  );
}
