import type { JSX } from "preact";
import { listed, type NameOf, topicOf } from "../../../drystone/src/report/_shared/index.js";
import type { FoundIn } from "../model.js";
import { findingHref } from "../route.js";
import { Sentence } from "./text.js";
import { SeverityMark } from "./verdict.js";

/** A finding in one line, leading to its page. */
export function FindingLine({
  found,
  names,
  withFix = false,
}: {
  readonly found: FoundIn;
  readonly names: NameOf;
  readonly withFix?: boolean;
}): JSX.Element {
  const { finding, assessment } = found;
  return (
    <>
      <a href={findingHref(finding.fingerprint)}>
        <Sentence text={findingText(found, names)} limit={240} />
      </a>
      <span class="finding-kind quiet">
        <SeverityMark severity={finding.severity} />
        {` · ${topicOf(assessment.id).title}`}
        {finding.state === "new" ? "" : ` · ${finding.state}`}
      </span>
      {withFix && finding.fix !== "" && (
        <p class="fix">
          <span class="quiet">To do: </span>
          <Sentence text={finding.fix} limit={300} />
        </p>
      )}
    </>
  );
}

export function findingText({ finding }: FoundIn, names: NameOf): string {
  return finding.message === "" ? listed(finding.subjects.slice(0, 6).map((ref) => names(ref, 40))) : finding.message;
}
