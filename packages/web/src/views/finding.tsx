/** One finding with everything behind it. */
import type { JSX } from "preact";
import { clean, explainCommand, namesOf, quantity, topicOf } from "../../../drystone/src/report/_shared/index.js";
import { findingsOf } from "../model.js";
import type { ViewProps } from "../page.js";
import { Mark, newFingerprints } from "../parts/changes.js";
import { Command } from "../parts/command.js";
import { EvidenceList } from "../parts/evidence.js";
import { findingText } from "../parts/finding-line.js";
import { Fact, Facts, Section, Title } from "../parts/heading.js";
import { SubjectLinks } from "../parts/links.js";
import { sampleWords } from "../parts/sample.js";
import { Code, Sentence } from "../parts/text.js";
import { SeverityMark } from "../parts/verdict.js";
import { hrefOf, pairHref } from "../route.js";
import { NotFound } from "./not-found.js";

export function FindingPage({ data, result, parts }: ViewProps): JSX.Element {
  const found = findingsOf(result).find(({ finding }) => finding.fingerprint === parts[0]);
  if (found === undefined) return <NotFound what="finding" name={parts[0] ?? ""} />;
  const { finding, assessment } = found;
  const names = namesOf(result, data.people);
  const number = quantity({ ...finding, interval: finding.interval ?? null });
  const components = finding.subjects.filter((ref) => ref.startsWith("component:"));
  const [one, other] = components;
  return (
    <>
      <p class="above">
        <SeverityMark severity={finding.severity} /> ·{" "}
        <a href={hrefOf("method", assessment.id)}>{topicOf(assessment.id).title}</a>
        {newFingerprints(data).has(finding.fingerprint) && <Mark direction="new" />}
      </p>
      <Title>
        <Sentence text={findingText(found, names)} />
      </Title>
      {finding.fix !== "" && (
        <p class="lead">
          <span class="quiet">To do: </span>
          <Sentence text={finding.fix} />
        </p>
      )}
      <Facts>
        <Fact name="About">
          <SubjectLinks subjects={finding.subjects} result={result} limit={20} />
          {components.length === 2 && one !== undefined && other !== undefined && (
            <>
              {" "}
              · <a href={pairHref(one, other)}>the two side by side</a>
            </>
          )}
        </Fact>
        {number !== null && <Fact name="Measured">{number}</Fact>}
        {finding.sample !== null && <Fact name="Sample">{sampleWords(finding.sample)}</Fact>}
        {finding.location !== null && (
          <Fact name="Place">
            <Code text={`${finding.location.file}:${finding.location.line}`} />
          </Fact>
        )}
        <Fact name="State">
          {finding.state === "new" ? "open" : finding.state}
          {finding.decision !== undefined && (
            <span class="quiet">
              {" "}
              by <Sentence text={finding.decision.owner ?? "nobody named"} limit={60} />
              {finding.decision.until === null ? ", no end given" : ` until ${clean(finding.decision.until, 20)}`}:{" "}
              <Sentence text={finding.decision.reason ?? "no reason given"} limit={300} />
            </span>
          )}
        </Fact>
        <Fact name="Rule">
          <Code text={finding.code} />
        </Fact>
      </Facts>
      <Section title={finding.evidenceTotal === 1 ? "The evidence" : `The evidence: ${finding.evidenceTotal} pieces`}>
        <p>
          <Command text={explainCommand(finding, names)} what="the command that prints all of it" />
        </p>
        <EvidenceList evidence={finding.evidence} total={finding.evidenceTotal} result={result} />
        {finding.evidence.length === 0 && (
          <p class="quiet">It is a count over the whole system: the command above prints what was counted.</p>
        )}
      </Section>
    </>
  );
}
