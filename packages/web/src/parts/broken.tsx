/** What breaks a rule, by rule and pair: five hundred lines that say the same hide the three that do not. */
import type { JSX } from "preact";
import { clean, type NameOf } from "../../../drystone/src/report/_shared/index.js";
import { type FoundIn, nameOf, type Ref, type Result } from "../model.js";
import { FindingList } from "./finding-list.js";
import { Section } from "./heading.js";
import { Folded, useShown } from "./later.js";
import { SeverityMark } from "./verdict.js";

interface Group {
  readonly key: string;
  readonly rule: string;
  readonly severity: string;
  readonly subjects: readonly Ref[];
  readonly found: readonly FoundIn[];
}

/** Findings of rules; accepted ones are left out. */
export function Broken({
  found,
  names,
  result,
}: {
  readonly found: readonly FoundIn[];
  readonly names: NameOf;
  readonly result: Result;
}): JSX.Element | null {
  const open = found.filter(({ assessment, finding }) => ruled.has(assessment.id) && finding.state !== "accepted");
  const groups = groupsOf(open);
  const [shown, showMore] = useShown(30);
  if (groups.length === 0) return null;
  return (
    <Section title={`What breaks a rule: ${open.length} ${open.length === 1 ? "place" : "places"}`}>
      <ul class="rule-groups">
        {groups.slice(0, shown).map(({ key, ...group }) => (
          <li key={key}>
            {group.found.length <= 2 ? (
              <FindingList found={group.found} names={names} first={2} withFix />
            ) : (
              <Folded
                summary={
                  <>
                    <SeverityMark severity={group.severity} />{" "}
                    {group.subjects.map((ref) => clean(nameOf(result, ref), 48)).join(" → ")}
                    {group.subjects.length === 0 ? "" : ": "}
                    {clean(group.rule, 60).replaceAll("-", " ")}, <strong>{group.found.length} places</strong>
                  </>
                }
              >
                {() => <FindingList found={group.found} names={names} first={20} withFix />}
              </Folded>
            )}
          </li>
        ))}
      </ul>
      {groups.length > shown && (
        <p class="more">
          <button type="button" onClick={showMore}>
            Show {groups.length - shown} more of {groups.length} groups
          </button>
        </p>
      )}
    </Section>
  );
}

const ruled = new Set(["module-boundaries", "ownership-rules", "contract-compatibility"]);
const severities = ["error", "warning", "note"];

/** The worst first, and the largest of them. */
function groupsOf(found: readonly FoundIn[]): readonly Group[] {
  const groups = new Map<string, FoundIn[]>();
  for (const each of found) {
    const { code, severity, subjects } = each.finding;
    const key = JSON.stringify([severity, code, subjects.slice(0, 2)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups]
    .map(([key, members]) => {
      const { code = "", severity = "", subjects = [] } = members[0]?.finding ?? {};
      return { key, rule: code.slice(code.indexOf("/") + 1), severity, subjects: subjects.slice(0, 2), found: members };
    })
    .sort(
      (one, other) =>
        severities.indexOf(one.severity) - severities.indexOf(other.severity) || other.found.length - one.found.length,
    );
}
