import type { JSX } from "preact";
import { commandsOf, topicOf } from "../../../drystone/src/report/_shared/index.js";
import type { Assessment, Result } from "../model.js";
import { hrefOf } from "../route.js";
import { HowTo } from "./how-to.js";
import { Sentence } from "./text.js";
import { VerdictMark } from "./verdict.js";

/** The assessment of the system as a whole; null when the result does not list it. */
export function assessmentOf(result: Result, id: string): Assessment | null {
  return result.assessments.find((each) => each.id === id && each.subject === "system") ?? null;
}

/** Verdict and first reason of each of these assessments, and once what those that are unknown wait for. */
export function Standings({ result, ids }: { readonly result: Result; readonly ids: readonly string[] }): JSX.Element {
  const assessments = ids.flatMap((id) => assessmentOf(result, id) ?? []);
  const missing = assessments.flatMap((assessment) => (assessment.verdict === "unknown" ? assessment.missing : []));
  return (
    <div class="standings">
      {assessments.map((assessment) => (
        <p key={assessment.id}>
          <VerdictMark verdict={assessment.verdict} />{" "}
          <a href={hrefOf("method", assessment.id)}>{topicOf(assessment.id).title}</a>
          {assessment.reasons[0] !== undefined && (
            <>
              {": "}
              <Sentence text={assessment.reasons[0]} />
            </>
          )}
        </p>
      ))}
      <Missing missing={missing} />
    </div>
  );
}

/** What would decide it, each with the command that obtains it; what several ask for stands there once. */
export function Missing({ missing }: Pick<Assessment, "missing">): JSX.Element | null {
  const once = [...new Map(missing.map((each) => [each.how, each])).values()];
  if (once.length === 0) return null;
  return (
    <ul class="missing">
      {once.map(({ input, how }) => (
        <li key={how}>
          Waits for <Sentence text={input} />
          {commandsOf(how).map((line) => (
            <HowTo key={line} text={line} />
          ))}
        </li>
      ))}
    </ul>
  );
}
