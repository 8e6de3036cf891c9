import type { Evidence } from "#model/evidence.js";
import type { Finding, ModelComponent, Result } from "#model/result.js";
import {
  clean,
  evidenceCommand,
  evidenceText,
  type Folders,
  gradeNote,
  listed,
  namesOf,
  type Page,
  plainNumber,
  quantity,
  repositoryArgument,
  sampleText,
  shellQuoted,
  shorten,
  type TextOptions,
  tame,
  topicOf,
} from "#report/_shared/index.js";

/** What was found, how it is defined, what to do, and every piece of evidence with the command that shows it. */
export function printFinding(page: Page, finding: Finding, result: Result, people: TextOptions["people"]): void {
  const names = namesOf(result, people);
  const id = finding.code.split("/")[0] ?? finding.code;
  page.heading(`${tame(finding.code, 100)}: ${listed(finding.subjects.slice(0, 10).map((ref) => names(ref, 40)))}`);
  page.text(tame(finding.message), { indent: 2 });
  const number = quantity({ ...finding, interval: finding.interval ?? null });
  if (number !== null) field(page, "measured", [number, sampleText(finding)].filter((part) => part !== null).join(", "));
  const assessment = [...result.assessments, ...result.advice.flatMap(({ assessments }) => assessments)].find(
    (each) => each.id === id,
  );
  const note = assessment === undefined ? null : gradeNote(assessment);
  if (note !== null) field(page, "caution", `${note} it.`);
  field(page, "state", `${finding.severity}, ${states[finding.state] ?? "of unknown state"}`);
  field(page, "question", tame(assessment?.question ?? topicOf(id).title));
  field(page, "definition", topicOf(id).definition);
  field(page, "source", topicOf(id).source);
  field(page, "what to do", tame(finding.fix));
  if (finding.location !== null) field(page, "where", `${shorten(finding.location.file, 60)}:${finding.location.line}`);
  field(page, "fingerprint", shorten(finding.fingerprint, 60));
  printEvidence(page, finding.evidence, result);
  if (finding.evidenceTotal > finding.evidence.length) printRest(page, finding, result);
}

/** A labelled line; nothing for an empty text. */
export function field(page: Page, label: string, text: string): void {
  if (text !== "") page.text(text, { indent: 2, first: `${label}:`.padEnd(13), firstTone: "quiet" });
}

/** Each place, and below it the command that shows it. */
export function printEvidence(page: Page, evidence: readonly Evidence[], result: Result, indent = 2): void {
  if (evidence.length === 0) return;
  page.text("evidence:", { indent, tone: "quiet" });
  for (const each of evidence) {
    page.text(evidenceText(each, page.columns - indent - 2), { indent: indent + 2 });
    const command = evidenceCommand(each, result, page.folders);
    if (command !== null) page.command(command, indent + 4);
  }
}

const states: Readonly<Record<Finding["state"], string>> = {
  new: "not accepted",
  accepted: "accepted: a known violation with owner and reason",
  expired: "was accepted, and the time for it is over",
};

function printRest(page: Page, finding: Finding, result: Result): void {
  page.text(`${finding.evidence.length} of ${plainNumber(finding.evidenceTotal)} pieces of evidence are in the result.`, {
    indent: 2,
  });
  const commands = finding.evidence[0]?.type === "commit" ? listingCommands(finding, result, page.folders) : [];
  if (commands.length === 0) return;
  page.text("All commits of the window that touch these paths, before bots, sweeps and merges are taken out:", { indent: 2 });
  for (const command of commands) page.command(command, 4);
}

// Two components of one repository: the commits that stand in both lists. Otherwise one list for each.
function listingCommands(finding: Finding, result: Result, folders: Folders): string[] {
  const parts = finding.subjects.flatMap((ref) => result.model.components.filter((each) => each.ref === ref)).slice(0, 4);
  const lists = parts.map((part) => listing(part, result, folders)).filter((list) => list !== null);
  const [first, second] = lists;
  if (lists.length === 2 && first !== undefined && second !== undefined && parts[0]?.repository === parts[1]?.repository) {
    return [`comm -12 <(${first} | sort) <(${second} | sort)`];
  }
  return lists;
}

function listing({ repository, paths }: ModelComponent, { inputs }: Result, folders: Folders): string | null {
  const window = inputs.repositories.find(({ id }) => id === repository)?.window;
  const folder = repositoryArgument((Object.hasOwn(folders, repository) ? folders[repository] : undefined) ?? repository);
  const quoted = paths.slice(0, 20).map((path) => shellQuoted(path === "" ? "." : path));
  const dates = window === undefined ? [] : [`--since=${window.from}`, `--until=${window.to}T23:59:59`];
  if (
    folder === null ||
    paths.length === 0 ||
    quoted.includes(null) ||
    dates.some((date) => clean(date) !== date || !/^[\w:=.+-]+$/.test(date))
  )
    return null;
  return ["git", "-C", folder, "log", "--format=%H", ...dates, "--", ...quoted].join(" ");
}
