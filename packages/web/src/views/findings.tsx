/** Every finding, to filter by severity, assessment, team, state and words. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { clean, namesOf, peopleIds, strongestFirst, topicOf } from "../../../drystone/src/report/_shared/index.js";
import { componentsByRef, type FoundIn, findingsOf, nameOf, type PageData, type Ref, teamOf } from "../model.js";
import type { ViewProps } from "../page.js";
import { newFingerprints } from "../parts/changes.js";
import { findingText } from "../parts/finding-line.js";
import { FindingList } from "../parts/finding-list.js";
import { Title } from "../parts/heading.js";

interface Filter {
  readonly severity: string;
  readonly assessment: string;
  readonly team: string;
  readonly state: string;
  readonly words: string;
}

const everything: Filter = { severity: "", assessment: "", team: "", state: "", words: "" };

export function Findings({ data, result, parts }: ViewProps): JSX.Element {
  const [filter, setFilter] = useState<Filter>({ ...everything, state: parts[0] === "new" && data.diff !== null ? "since" : "" });
  const names = useMemo(() => namesOf(result, data.people), [data]);
  const fresh = useMemo(() => newFingerprints(data), [data]);
  const all = useMemo(() => ordered(shownFindings(data)), [data]);
  const found = all.filter((each) => matches(each, filter, data, fresh));
  const set = (change: Partial<Filter>): void => setFilter({ ...filter, ...change });
  const assessments = [...new Set(all.map(({ assessment }) => assessment.id))];
  const teams = [...new Set(all.flatMap((each) => teamsOf(each, data)))].sort();
  return (
    <>
      <Title lead="One finding is one place where the evidence meets a rule. Each leads to its evidence and to the command that prints all of it.">
        Findings
      </Title>
      <form class="filters" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label="Severity"
          value={filter.severity}
          choices={["error", "warning", "note"].map((each) => [each, each])}
          change={(severity) => set({ severity })}
        />
        <Choice
          label="Question"
          value={filter.assessment}
          choices={assessments.map((id) => [id, topicOf(id).title])}
          change={(assessment) => set({ assessment })}
        />
        {teams.length > 0 && (
          <Choice
            label="Team"
            value={filter.team}
            choices={teams.map((ref) => [ref, clean(nameOf(result, ref), 60)])}
            change={(team) => set({ team })}
          />
        )}
        <Choice
          label="State"
          value={filter.state}
          choices={[
            ["new", "open"],
            ["accepted", "accepted"],
            ["expired", "acceptance expired"],
            ...(data.diff === null ? [] : [["since", "new since the comparison"] as const]),
          ]}
          change={(state) => set({ state })}
        />
        <label>
          <span>Words</span>
          <input
            type="search"
            maxLength={100}
            value={filter.words}
            onInput={(event) => set({ words: event.currentTarget.value })}
          />
        </label>
      </form>
      <p role="status" class="quiet">
        {found.length === all.length ? `${all.length} findings` : `${found.length} of ${all.length} findings`}
      </p>
      {all.length === 0 && <p>There is no finding. What is unknown stands in the answer.</p>}
      <FindingList key={JSON.stringify(filter)} found={found} names={names} first={60} fresh={fresh} />
    </>
  );
}

function Choice({
  label,
  value,
  choices,
  change,
}: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, text: string])[];
  readonly change: (value: string) => void;
}): JSX.Element {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        <option value="">all</option>
        {choices.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Without questions about people where the report leaves them out. */
export function shownFindings({ result, people }: PageData): readonly FoundIn[] {
  if (people !== "off") return findingsOf(result);
  return findingsOf(result).filter(({ assessment }) => !(peopleIds as readonly string[]).includes(assessment.id));
}

function ordered(found: readonly FoundIn[]): readonly FoundIn[] {
  const order = new Map(strongestFirst(found.map(({ finding }) => finding)).map((finding, index) => [finding, index]));
  return found.toSorted((one, other) => (order.get(one.finding) ?? 0) - (order.get(other.finding) ?? 0));
}

function teamsOf({ finding }: FoundIn, { result }: PageData): readonly Ref[] {
  return finding.subjects.flatMap((ref) => {
    const component = componentsByRef(result).get(ref);
    if (component !== undefined) return teamOf(component) ?? [];
    return /^group:/i.test(ref) ? ref : [];
  });
}

function matches(each: FoundIn, filter: Filter, data: PageData, fresh: ReadonlySet<string>): boolean {
  const { finding, assessment } = each;
  if (filter.severity !== "" && finding.severity !== filter.severity) return false;
  if (filter.assessment !== "" && assessment.id !== filter.assessment) return false;
  if (filter.state === "since" ? !fresh.has(finding.fingerprint) : filter.state !== "" && finding.state !== filter.state)
    return false;
  if (filter.team !== "" && !teamsOf(each, data).includes(filter.team)) return false;
  if (filter.words.trim() === "") return true;
  const text = `${findingText(each, namesOf(data.result, data.people))} ${finding.subjects
    .slice(0, 40)
    .map((ref) => nameOf(data.result, ref).slice(0, 200))
    .join(" ")}`.toLowerCase();
  return filter.words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
