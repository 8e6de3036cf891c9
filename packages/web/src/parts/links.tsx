import type { JSX } from "preact";
import { nameOf, type Ref, type Result } from "../model.js";
import { componentHref, hrefOf } from "../route.js";
import { Name } from "./text.js";

/** A component, resource or team by name, leading to its page; people and what the model does not know stay text. */
export function SubjectLink({
  subject,
  result,
  width,
}: {
  readonly subject: Ref;
  readonly result: Result;
  readonly width?: number;
}): JSX.Element {
  if (subject === "system") return <span>the system</span>;
  const name = <Name text={subjectName(result, subject)} {...(width === undefined ? {} : { width })} />;
  const href = subjectHref(subject);
  return href === null ? name : <a href={href}>{name}</a>;
}

function subjectName(result: Result, subject: Ref): string {
  return /^user:/i.test(subject) ? `one person (${nameOf(result, subject)})` : nameOf(result, subject);
}

function subjectHref(subject: Ref): string | null {
  if (/^(?:component|resource):/i.test(subject)) return componentHref(subject);
  return /^group:/i.test(subject) ? hrefOf("team", subject) : null;
}

/** Several of them, the first `limit`, the rest counted. */
export function SubjectLinks({
  subjects,
  result,
  limit = 8,
}: {
  readonly subjects: readonly Ref[];
  readonly result: Result;
  readonly limit?: number;
}): JSX.Element {
  const shown = subjects.slice(0, limit);
  return (
    <>
      {shown.map((subject, index) => (
        <span key={subject}>
          {index > 0 && ", "}
          <SubjectLink subject={subject} result={result} />
        </span>
      ))}
      {subjects.length > limit && <span class="quiet"> and {subjects.length - limit} more</span>}
    </>
  );
}
