import type { JSX } from "preact";
import { clean, evidenceCommand, tame } from "../../../drystone/src/report/_shared/index.js";
import type { Evidence, Result } from "../model.js";
import { Command } from "./command.js";

/** What stands behind a statement: commits with subject and date, lines with their text, each with the git command that shows it. */
export function EvidenceList({
  evidence,
  total,
  result,
}: {
  readonly evidence: readonly Evidence[];
  readonly total: number;
  readonly result: Result;
}): JSX.Element | null {
  if (evidence.length === 0) return null;
  return (
    <>
      <ol class="evidence">
        {evidence.map((each) => (
          <li key={JSON.stringify(each)}>
            <EvidenceLine evidence={each} />
            <EvidenceCommand evidence={each} result={result} />
          </li>
        ))}
      </ol>
      {total > evidence.length && (
        <p class="quiet">
          {evidence.length} of {total} are shown; the command above prints all.
        </p>
      )}
    </>
  );
}

/** One piece of evidence in one line, without its command. */
export function EvidenceLine({ evidence }: { readonly evidence: Evidence }): JSX.Element {
  switch (evidence.type) {
    case "commit":
      return (
        <span class="evidence-line">
          <code translate={false}>{clean(evidence.commit.slice(0, 10), 20)}</code>
          {evidence.date !== undefined && <time class="quiet">{clean(evidence.date.slice(0, 10), 12)}</time>}
          {evidence.subject !== undefined && <span dir="auto">{tame(evidence.subject, 160)}</span>}
        </span>
      );
    case "file":
    case "declaration":
      return (
        <span class="evidence-line">
          <code dir="ltr" translate={false}>
            {clean(evidence.file, 200)}:{evidence.line}
          </code>
          {evidence.text !== undefined && (
            <code dir="auto" class="quiet" translate={false}>
              {clean(evidence.text.trim(), 160)}
            </code>
          )}
        </span>
      );
    case "span":
      return <span class="evidence-line">{`Trace ${clean(evidence.trace, 40)}, span ${clean(evidence.span, 40)}`}</span>;
    case "deploy":
      return <span class="evidence-line">{`Deployment ${clean(evidence.id, 60)}`}</span>;
    case "workitem":
      return <span class="evidence-line">{`Work item ${clean(evidence.id, 60)}`}</span>;
    default:
      return <span class="evidence-line">Evidence of a kind that this page does not know</span>;
  }
}

function EvidenceCommand({ evidence, result }: { readonly evidence: Evidence; readonly result: Result }): JSX.Element | null {
  const command = evidenceCommand(evidence, result);
  return command === null ? null : <Command text={command} what="the git command" />;
}
