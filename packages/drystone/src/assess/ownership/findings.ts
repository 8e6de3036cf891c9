/** What disagrees with "one component, one owner": in what is declared, and in what is observed. */
import type { ChangeSet } from "#derive/change-sets/index.js";
import type { Estate } from "#derive/estate/index.js";
import { type OwnershipResolution, ownersOf } from "#derive/ownership/index.js";
import { responsibleFor } from "#derive/team-changes/index.js";
import { type Evidence, maxEvidence } from "#model/evidence.js";
import type { OwnershipRule } from "#model/facts.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Finding } from "#model/result.js";
import { daySeconds } from "#util/dates.js";
import { wilson } from "#util/statistics/index.js";
import { commitsOf, finding, interval, percent, rounded } from "../_shared/index.js";
import type { OwnerShare } from "./shares.js";

const id = "ownership";

/** Need no history. @param oneLine given when one set of owners covers everything. */
export function declaredFindings(estate: Estate, subjects: readonly number[], oneLine: OwnershipResolution | null): Finding[] {
  return [
    ...(oneLine === null ? [] : [oneSet(estate, subjects, oneLine)]),
    ...subjects.flatMap((subject) => undecided(estate, subject)),
  ];
}

/** Need history and members of teams. */
export function observedFindings(estate: Estate, shares: readonly OwnerShare[]): Finding[] {
  return shares.flatMap((share) => [
    ...contestedByChanges(estate, share),
    ...drifting(estate, share),
    ...foreignChanges(estate, share),
  ]);
}

function oneSet(estate: Estate, subjects: readonly number[], { components }: OwnershipResolution): Finding {
  const evidence = declarations(estate, subjects[0] ?? -1);
  return finding({
    code: `${id}/one-line`,
    severity: "note",
    subjects: ["system"],
    message: `The same owners are declared for all ${components} components. Everybody owns everything: this tells nobody whom to ask.`,
    fix: "Name the owning team of each component, one line of CODEOWNERS per folder.",
    value: 1,
    unit: "owner sets",
    sample: { n: components, of: "components" },
    evidence,
    location: locationOf(evidence),
  });
}

function undecided(estate: Estate, subject: number): Finding[] {
  const responsible = responsibleFor(estate, subject);
  if (responsible.kind === "none") return [unowned(estate, subject, responsible.cleared)];
  return responsible.kind === "several" ? [severalOwners(estate, subject, responsible.refs)] : [];
}

function unowned(estate: Estate, subject: number, cleared: boolean): Finding {
  const component = estate.components[subject];
  const files = (estate.ownership[subject]?.shares ?? []).reduce((sum, share) => sum + share.files, 0);
  const evidence = cleared ? clearingRule(estate, subject) : (component?.evidence ?? []).slice(0, maxEvidence);
  return finding({
    code: `${id}/unowned`,
    severity: cleared ? "note" : "warning",
    subjects: [component?.ref ?? ""],
    message: cleared
      ? `${component?.name} has no owner on purpose: a line without owners is the last that matches most of its files.`
      : `${component?.name} has no declared owner: no line of an ownership file, catalog or drystone.yaml matches most of its files.`,
    fix: cleared
      ? "Name a team in that line, or leave it if nobody needs to look after this."
      : `Declare its team: components: { ${JSON.stringify(component?.name ?? "")}: { owner: TEAM } } in drystone.yaml, or a line in CODEOWNERS.`,
    value: null,
    unit: null,
    sample: files === 0 ? null : { n: files, of: "files" },
    evidence,
    evidenceTotal: cleared ? evidence.length : (component?.evidence.length ?? 0),
    location: cleared ? locationOf(evidence) : null,
  });
}

/** The line that takes ownership away from the first file it is true of. */
function clearingRule(estate: Estate, subject: number): Evidence[] {
  const component = estate.components[subject];
  if (!component) return [];
  const files = estate.facts.repositories.find(({ id: repository }) => repository === component.repository)?.files ?? [];
  const rules = rulesOf(estate, component.repository);
  const inside = files.filter((file) => component.paths.some((path) => path === "" || file.startsWith(`${path}/`)));
  for (const file of inside) {
    const { state, rule } = ownersOf(file, rules);
    if (state === "cleared" && rule !== null)
      return [{ type: "declaration", repository: rule.repository, file: rule.file, line: rule.line, text: rule.pattern }];
  }
  return [];
}

const rulesByFacts = new WeakMap<readonly OwnershipRule[], Map<string, readonly OwnershipRule[]>>();

/** One array per repository, because rules are compiled once per array. */
function rulesOf({ facts }: Estate, repository: string): readonly OwnershipRule[] {
  let known = rulesByFacts.get(facts.ownershipRules);
  if (!known) rulesByFacts.set(facts.ownershipRules, (known = new Map()));
  let own = known.get(repository);
  if (!own) known.set(repository, (own = facts.ownershipRules.filter((rule) => rule.repository === repository)));
  return own;
}

function severalOwners(estate: Estate, subject: number, refs: readonly Ref[]): Finding {
  const component = estate.components[subject];
  const ownership = estate.ownership[subject];
  const evidence = declarations(estate, subject);
  const contradiction = ownership?.state === "contested";
  const owned = (ownership?.shares ?? []).filter(({ state }) => state === "owned");
  const split =
    owned.length > 1
      ? ` (${owned
          .slice(0, 3)
          .map(({ owners, share }) => `${namesOf(owners)} ${percent(share)} of its files`)
          .join(", ")})`
      : "";
  const isTogether = refs.every((ref) => owned.length === 0 || owned[0]?.owners.includes(ref));
  return finding({
    code: `${id}/contested`,
    severity: contradiction ? "warning" : "note",
    subjects: [component?.ref ?? ""],
    message: contradiction
      ? `${component?.name} is declared to belong to ${namesOf(refs)} at the same time${split}.`
      : !isTogether
        ? `${component?.name} has ${refs.length} owners: ${namesOf(refs)}${split}. None of them is declared for the whole.`
        : `${component?.name} has ${refs.length} owners by the same declaration: ${namesOf(refs)}. Each of them may decide, so none of them has to.`,
    fix: "Name one owning team; the others can be asked for reviews, or own a component of their own.",
    value: refs.length,
    unit: "owners",
    sample: null,
    evidence,
    evidenceTotal: ownership?.declared.reduce((sum, owner) => sum + owner.evidence.length, 0) ?? 0,
    location: locationOf(evidence),
  });
}

function contestedByChanges(estate: Estate, share: OwnerShare): Finding[] {
  if (share.state !== "contested") return [];
  const { component, changes, own, estimate, responsible } = share;
  const foreign = changes.filter(({ byOwner }) => !byOwner).map(({ set }) => set);
  const name = estate.components[component]?.name;
  const most = strongestOther(share);
  const who = responsible.kind === "person" ? "The named person" : shortName(responsible.ref);
  const other = most === null ? "" : ` ${shortName(most.team)} made ${most.changes}.`;
  return [
    finding({
      code: `${id}/contested`,
      severity: "warning",
      subjects: [estate.components[component]?.ref ?? ""],
      message: `${who} owns ${name} and made ${own} of ${changes.length} changes to it.${other}`,
      fix: "Declare the team that does the work, or agree why others change it: an interface or a component of their own would let them work without it.",
      value: rounded(estimate?.value ?? 0),
      unit: "share of change sets",
      interval: interval(estimate),
      sample: { n: changes.length, of: "change sets", min: estate.parameters.nMin.service },
      ...commitsOf(estate, foreign),
    }),
  ];
}

/** Trends are told at a lower level of confidence than verdicts (metrics.md J). */
const trendLevel = 0.9;

/** In the last 90 days the owner made less than half of the changes, and one other team more than the owner (history.md 3.4, Own share). */
function drifting(estate: Estate, share: OwnerShare): Finding[] {
  const { D, nMin } = estate.parameters;
  const since = estate.window.to - D.driftDays * daySeconds;
  const changes = share.changes.filter(({ set }) => set.time >= since);
  const own = changes.filter(({ byOwner }) => byOwner).length;
  const most = strongestOther({ ...share, changes });
  const estimate = wilson(own, changes.length, trendLevel);
  if (share.responsible.kind !== "team" || changes.length < nMin.service || estimate === null || estimate.high >= D.ownerLo)
    return [];
  if (most === null || most.changes <= own || !lasts(changes, most.team, since, D.driftDays)) return [];
  const earlier = share.changes.filter(({ set }) => set.time < since);
  const ownEarlier = earlier.filter(({ byOwner }) => byOwner).length;
  // What was so all the time is contested; it does not drift.
  if (share.state === "contested" && earlier.length >= nMin.service && ownEarlier < D.ownerLo * earlier.length) return [];
  const [component, owner, other] = [estate.components[share.component], shortName(share.responsible.ref), shortName(most.team)];
  const before = earlier.length < nMin.service ? "" : ` In the months before, ${owner} made ${ownEarlier} of ${earlier.length}.`;
  return [
    finding({
      code: `${id}/drifting`,
      severity: "warning",
      subjects: [component?.ref ?? "", most.team],
      message: `${component?.name} drifts from ${owner} to ${other}: in the last ${D.driftDays} days ${owner} made ${own} of ${changes.length} changes, ${other} ${most.changes}.${before}`,
      fix: `Make ${other} the owner, or give the work back to ${owner}.`,
      value: rounded(own / changes.length),
      unit: "share of change sets",
      interval: interval(estimate),
      sample: { n: changes.length, of: "change sets", min: nMin.service },
      ...commitsOf(estate, most.sets),
    }),
  ];
}

/** One busy week is no drift: the other team is there in each third of the time. */
function lasts(changes: OwnerShare["changes"], team: Ref, since: number, days: number): boolean {
  const third = (days * daySeconds) / 3;
  return [0, 1, 2].every((part) =>
    changes.some(
      (change) =>
        change.team === team && change.set.time >= since + part * third && change.set.time <= since + (part + 1) * third,
    ),
  );
}

/** The owner still makes most changes, or nobody does, and others many: where `contested` would say too much. */
function foreignChanges(estate: Estate, share: OwnerShare): Finding[] {
  const foreign = share.changes.filter(({ byOwner }) => !byOwner).map(({ set }) => set);
  if (share.state !== "shared" || foreign.length < estate.parameters.nMin.pair) return [];
  const { component, changes, responsible } = share;
  const most = strongestOther(share);
  const estimate = wilson(foreign.length, changes.length, estate.parameters.ci.level);
  const owner = responsible.kind === "person" ? "the named person who owns it" : shortName(responsible.ref);
  return [
    finding({
      code: `${id}/foreign-changes`,
      severity: "note",
      subjects: [estate.components[component]?.ref ?? "", ...(most === null ? [] : [most.team])],
      message: `${foreign.length} of ${changes.length} changes to ${estate.components[component]?.name} were made by others than ${owner}${most === null ? "" : `, ${most.changes} of them by ${shortName(most.team)}`}.`,
      fix: "Look at the commits: what others have to change again and again wants an interface, or another owner. A review by the owner is not seen here and would be care as well.",
      value: rounded(foreign.length / changes.length),
      unit: "share of change sets",
      interval: interval(estimate),
      sample: { n: changes.length, of: "change sets", min: estate.parameters.nMin.service },
      ...commitsOf(estate, foreign),
    }),
  ];
}

function strongestOther({
  changes,
}: Pick<OwnerShare, "changes">): { team: Ref; changes: number; sets: readonly ChangeSet[] } | null {
  const byTeam = new Map<Ref, ChangeSet[]>();
  for (const { set, byOwner, team } of changes) {
    if (byOwner || team === null) continue;
    const own = byTeam.get(team);
    if (own) own.push(set);
    else byTeam.set(team, [set]);
  }
  const [most] = [...byTeam].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return most ? { team: most[0], changes: most[1].length, sets: most[1] } : null;
}

function declarations(estate: Estate, subject: number): Evidence[] {
  const lines = (estate.ownership[subject]?.declared ?? []).flatMap(({ evidence }) => evidence);
  return [...new Map(lines.map((line) => [JSON.stringify(line), withoutOwners(line)])).values()].slice(0, maxEvidence);
}

/** The text of a declaration may hold handles and addresses of persons; the place is enough. */
function withoutOwners(line: Evidence): Evidence {
  if (line.type !== "declaration") return line;
  const { text, ...place } = line;
  return text === undefined || /(?:^|\s)(?:@[^\s/]+(?=\s|$)|[^\s@]+@[^\s@]+)/.test(text) ? place : line;
}

function locationOf([first]: readonly Evidence[]): Finding["location"] {
  return first?.type === "declaration" ? { repository: first.repository, file: first.file, line: first.line } : null;
}

/** Teams by name, persons by number: nobody is named. */
function namesOf(refs: readonly Ref[]): string {
  const teams = refs.filter((ref) => ref.startsWith("group:")).map(shortName);
  const persons = refs.length - teams.length;
  const named = persons === 0 ? [] : [`${persons} named ${persons === 1 ? "person" : "people"}`];
  const parts = [...teams.slice(0, 5), ...(teams.length > 5 ? [`${teams.length - 5} more teams`] : []), ...named];
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? "nobody");
}
