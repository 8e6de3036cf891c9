/** What `check` found, for a terminal: what fails first, by the module that has to change, at most a screen. */
import { shortName } from "#model/refs.js";
import type { Assessment, Finding, Result } from "#model/result.js";
import { counted, displayWidth, findingsView, newPage, type Page, shortCommit, type Tone } from "#report/_shared/index.js";

export interface CheckTextOptions {
  readonly columns: number;
  readonly colour: boolean;
}

/** Findings in full; those beyond are counted. */
const shownErrors = 6;
const shownWarnings = 3;

/** @returns lines of at most `options.columns` columns, but for a place that is longer; ends with a newline. */
export function checkToText(result: Result, options: CheckTextOptions): string {
  const page = newPage({ ...options, people: "handles" });
  const names = new Map(result.model.components.map(({ ref, name }) => [ref, name]));
  const nameOf = (ref: string) => names.get(ref) ?? shortName(ref);
  printComparison(page, result, nameOf);
  for (const assessment of result.assessments.filter(isLookedAt)) printAssessment(page, result, assessment, nameOf);
  printAccepted(page, result, nameOf);
  printProblems(page, result);
  printParts(page, result);
  return page.toString();
}

/** False for contracts that nothing was compared with: they are named at the end. */
function isLookedAt({ id, sample, verdict, findings }: Assessment): boolean {
  return id !== "contract-compatibility" || sample !== null || verdict !== "unknown" || findings.length > 0;
}

/** What `check` can look at, and how it is asked to. */
const parts: readonly { readonly id: string; readonly name: string; readonly how: string }[] = [
  { id: "module-boundaries", name: "module boundaries", how: "--only boundaries" },
  { id: "ownership-rules", name: "ownership", how: "--only ownership" },
  { id: "contract-compatibility", name: "contracts", how: "--only contracts --against main" },
  { id: "operational-baseline", name: "operational baseline", how: "--only baseline" },
];

/** What was looked at, so that nobody takes silence for a yes. */
function printParts(page: Page, { assessments, tool }: Result): void {
  if (tool.command !== "check") return;
  const seen = new Set(assessments.filter(isLookedAt).map(({ id }) => id));
  const named = new Set(assessments.map(({ id }) => id));
  const looked = parts.filter(({ id }) => seen.has(id)).map(({ name }) => name);
  const left = parts
    .filter(({ id }) => !seen.has(id))
    .map(({ id, name, how }) => `${name} (${named.has(id) ? "--against main" : how})`);
  page.blank();
  page.text(`Looked at: ${looked.join(", ") || "nothing"}.${left.length === 0 ? "" : ` Not looked at: ${left.join(", ")}.`}`, {
    tone: "quiet",
  });
}

type NameOf = (ref: string) => string;

function printAssessment(page: Page, { inputs }: Result, assessment: Assessment, nameOf: NameOf): void {
  const { findings } = assessment;
  const open = findings.filter(({ state, baseline }) => state !== "accepted" && baseline !== "unchanged");
  const failing = open.filter(({ severity }) => severity === "error");
  const warnings = open.filter(({ severity }) => severity === "warning");
  page.blank();
  const mark = marks[assessment.verdict] ?? marks["unknown"] ?? plainMark;
  page.spans(
    [
      { text: `${mark.symbol} ${assessment.verdict.replace("-", " ").toUpperCase()}`, tone: mark.tone },
      { text: `  ${inputs.system}: ${assessment.question}`, tone: "strong" },
    ],
    null,
    2,
  );
  for (const reason of assessment.reasons) page.text(reason, { indent: 2 });
  printGroups(page, failing, "", shownErrors, nameOf, "alarm");
  printGroups(page, warnings, "Shown, not failing", shownWarnings, nameOf, "between");
  printRest(page, findings);
  for (const { input, how } of assessment.missing) {
    page.blank();
    page.text(`Would say more: ${input}`);
    page.command(how, 2);
  }
}

interface Mark {
  readonly symbol: string;
  readonly tone: Tone;
}
const plainMark: Mark = { symbol: "?", tone: "quiet" };
const marks: Readonly<Record<string, Mark>> = {
  met: { symbol: "✓", tone: "calm" },
  "not-met": { symbol: "✗", tone: "alarm" },
  unknown: plainMark,
};

/** By module, most findings first; the fix once per rule and pair. */
function printGroups(page: Page, findings: readonly Finding[], title: string, most: number, nameOf: NameOf, tone: Tone): void {
  if (findings.length === 0) return;
  if (title !== "") page.heading(`${title} (${findings.length})`);
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = finding.subjects[0] ?? "";
    const known = groups.get(key);
    if (known) known.push(finding);
    else groups.set(key, [finding]);
  }
  let left = most;
  for (const [ref, own] of [...groups].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))) {
    if (left <= 0) break;
    page.blank();
    page.spans(
      [
        { text: nameOf(ref), tone: "strong" },
        { text: `  ${counted(own.length, "finding")}`, tone: "quiet" },
      ],
      null,
      0,
    );
    const fixes = new Set<string>();
    for (const finding of own.slice(0, left)) printFinding(page, finding, fixes, tone);
    left -= Math.min(left, own.length);
  }
  if (findings.length > most) page.text(`… ${findings.length - most} more: drystone check --format json`, { tone: "quiet" });
}

function printFinding(page: Page, { code, location, message, fix, state }: Finding, fixes: Set<string>, tone: Tone): void {
  const rule = ruleOf(code);
  const place = location === null ? "" : `${location.file}:${location.line}`;
  const broken = `${rule}${state === "expired" ? " (acceptance expired)" : ""}`;
  // A place is there to be copied: it is never cut.
  if (displayWidth(place) + displayWidth(broken) + 4 > page.columns) {
    page.command(place, 2);
    page.text(broken, { indent: 4, tone });
  } else
    page.spans(
      [
        { text: `  ${place}`, tone: "plain" },
        { text: `  ${broken}`, tone },
      ],
      null,
      4,
    );
  page.text(message, { indent: 4 });
  if (fixes.has(fix)) return;
  fixes.add(fix);
  page.text(fix, { indent: 4, first: "fix: ", tone: "quiet" });
}

function printRest(page: Page, findings: readonly Finding[]): void {
  const notes = findings.filter(
    ({ severity, state, baseline }) => severity === "note" && state !== "accepted" && baseline !== "unchanged",
  );
  if (notes.length === 0) return;
  page.blank();
  page.text(`${counted(notes.length, "note")}: drystone check --format json`, { tone: "quiet" });
  for (const { location, message } of notes.slice(0, 3)) {
    const place = location === null ? "" : `${location.file}:${location.line}`;
    // As above: what follows a long place would have no room beside it.
    const isLong = displayWidth(place) > page.columns / 2;
    if (isLong) page.command(place, 2);
    page.text(message, { indent: isLong ? 4 : 2, first: isLong || place === "" ? "" : `${place} `, tone: "quiet" });
  }
}

const shownFixed = 5;
const shownAcceptances = 8;

/** What the change does against where it started from. */
function printComparison(page: Page, { comparison }: Result, nameOf: NameOf): void {
  if (comparison === undefined) return;
  page.spans(
    [
      { text: `+${comparison.new} new`, tone: comparison.new > 0 ? "alarm" : "calm" },
      { text: `  -${comparison.fixed} fixed`, tone: "calm" },
      { text: `  ${comparison.remaining} remaining`, tone: "plain" },
      {
        text: `  against ${comparison.against} (${comparison.bases.map(({ commit }) => shortCommit(commit)).join(", ")})`,
        tone: "quiet",
      },
    ],
    null,
    2,
  );
  page.text("What was there before does not fail here.", { indent: 2, tone: "quiet" });
  for (const { code, message } of comparison.fixedFindings.slice(0, shownFixed))
    page.text(`${ruleOf(code)}: ${message}`, { indent: 2, first: "fixed  " });
  if (comparison.fixed > shownFixed) page.text(`… ${comparison.fixed - shownFixed} more`, { indent: 2, tone: "quiet" });
  const { acceptances } = comparison;
  if (acceptances.length === 0) return;
  page.text(`This change accepts ${counted(acceptances.length, "finding")}:`, { indent: 2 });
  for (const { rule, from, to, owner, reason, until, counted: counts } of acceptances.slice(0, shownAcceptances)) {
    // What stands for whole modules names them: `component:default/a component:default/b`.
    const whom = from.replace(/\bcomponent:\S+/g, nameOf);
    page.text(`${whom} → ${to}  ${ruleOf(rule)}`, { indent: 4 });
    const decision = `${owner ?? ""}: ${reason ?? ""}${until === null ? "" : `, until ${until}`}`;
    page.text(counts ? decision : "does not count: an acceptance in a change needs a reason and an owner", {
      indent: 6,
      tone: counts ? "quiet" : "between",
    });
  }
  if (acceptances.length > shownAcceptances)
    page.text(`… ${acceptances.length - shownAcceptances} more`, { indent: 4, tone: "quiet" });
}

const shownOwners = 6;
const shownEnding = 5;

/** Decisions that are in force: whose they are, and which end soon. */
function printAccepted(page: Page, result: Result, nameOf: NameOf): void {
  const { accepted, owners, ending } = findingsView(result);
  if (accepted.length === 0) return;
  const more = owners.length - shownOwners;
  const list = owners.slice(0, shownOwners).map(({ owner, findings }) => `${owner} ${findings}`);
  page.blank();
  page.text(
    `${counted(accepted.length, "accepted finding")}, not failing: ${list.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    { tone: "quiet" },
  );
  if (ending.length === 0) return;
  page.text(`${counted(ending.length, "acceptance")} ${ending.length === 1 ? "ends" : "end"} within 30 days:`, { indent: 2 });
  for (const { decision, subjects, location, code } of ending.slice(0, shownEnding)) {
    const place = location === null ? "" : ` ${location.file}`;
    page.text(`${decision?.until ?? ""}  ${nameOf(subjects[0] ?? "")}${place}  ${ruleOf(code)}`, { indent: 4 });
  }
  if (ending.length > shownEnding) page.text(`… ${ending.length - shownEnding} more`, { indent: 4, tone: "quiet" });
}

function ruleOf(code: string): string {
  return code.slice(code.indexOf("/") + 1);
}

const shownProblems = 3;

function printProblems(page: Page, { inputs }: Result): void {
  const { problems } = inputs;
  if (problems.length === 0) return;
  page.heading(`Not read or not understood (${problems.length})`);
  for (const { path, line, message } of problems.slice(0, shownProblems))
    page.text(message, { indent: 2, first: line === null || message.includes(path) ? "" : `${path}:${line} ` });
  if (problems.length > shownProblems) page.text(`… ${problems.length - shownProblems} more`, { indent: 2, tone: "quiet" });
}
