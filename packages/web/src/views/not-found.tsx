import type { JSX } from "preact";
import { Title } from "../parts/heading.js";
import { Name } from "../parts/text.js";
import { hrefOf } from "../route.js";

/** The address names something that this result does not hold: it may come from an earlier report. */
export function NotFound({ what, name }: { readonly what: string; readonly name: string }): JSX.Element {
  return (
    <>
      <Title>Not in this report</Title>
      <p>
        No {what} is called <Name text={name === "" ? "(nothing)" : name} /> here. The link may come from another run of the
        report.
      </p>
      <p>
        <a href={hrefOf("answer")}>Back to the answer</a>
      </p>
    </>
  );
}
