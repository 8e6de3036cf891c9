/** Where work waits. */
import type { JSX } from "preact";
import type { ViewProps } from "../page.js";
import { AssessmentBlock } from "../parts/assessment.js";
import { Title } from "../parts/heading.js";
import { Later } from "../parts/later.js";
import { isAskedAboutPeople, PeopleLeftOut } from "../parts/people.js";
import { assessmentOf } from "../parts/waits.js";
import { FlowPicture } from "../pictures/index.js";

export function Flow({ data, result }: ViewProps): JSX.Element {
  if (!isAskedAboutPeople(data)) return <PeopleLeftOut title="Flow" />;
  const assessment = assessmentOf(result, "flow");
  return (
    <>
      <Title lead="Where work items wait: time in work against time in queues, and how often work changes hands between teams.">
        Flow
      </Title>
      <Later>{() => <FlowPicture result={result} />}</Later>
      {assessment === null ? (
        <p>This result does not ask about the flow of work.</p>
      ) : (
        <AssessmentBlock assessment={assessment} result={result} />
      )}
    </>
  );
}
