/** The places behind a statement, as a line to read and as a command to copy. */
import type { Evidence } from "#model/evidence.js";
import type { Result } from "#model/result.js";
import type { Folders } from "./page.js";
import { clean, displayWidth, shorten, tame } from "./width.js";

/** One line: `1a2b3c4 2026-10-02 Add VAT to invoices`, `src/order.ts:12 new Invoice()`, `trace 4bf9 span 00f0`. */
export function evidenceText(evidence: Evidence, width: number): string {
  switch (evidence.type) {
    case "commit":
      return shortenEnd([shortCommit(evidence.commit), evidence.date?.slice(0, 10), evidence.subject], width);
    case "file":
    case "declaration":
      return shortenEnd([`${shortPath(evidence.file, Math.min(70, width - 8))}:${evidence.line}`, textBeside(evidence)], width);
    case "span":
      return shortenEnd([`trace ${shorten(evidence.trace, 40)} span ${shorten(evidence.span, 40)}`], width);
    case "deploy":
      return shortenEnd([`deployment ${shorten(evidence.id, 60)}`], width);
    case "workitem":
      return shortenEnd([`work item ${shorten(evidence.id, 60)}`], width);
    default:
      return "evidence of a kind that this version does not know";
  }
}

/** What a place says, without its own path once more. */
function textBeside({ file, text }: { readonly file: string; readonly text?: string }): string | undefined {
  const said = text?.trim();
  return said?.startsWith(file) && /^(?:$|\s)/.test(said.slice(file.length)) ? said.slice(file.length).trim() || undefined : said;
}

/** The place as a reader of several repositories needs it: the path starts with the repository. */
export function placedIn<T extends Evidence | null>(evidence: T, repositories: number): T {
  if (evidence === null || repositories < 2 || !("file" in evidence)) return evidence;
  return { ...evidence, file: `${evidence.repository}/${evidence.file}` };
}

/** A path of at most `width` columns: whole folders in its middle go first, because its first folder and its file tell most. */
export function shortPath(path: string, width: number): string {
  const folders = clean(path, 600).split("/");
  const file = folders.pop() ?? "";
  const [first = "", ...others] = folders;
  const tails = [others, ...others.map((_, index) => ["…", ...others.slice(index + 1)])];
  const shown = tails.map((tail) => [...(folders.length === 0 ? [] : [first]), ...tail, file].join("/"));
  return shown.find((each) => displayWidth(each) <= width) ?? shorten(path, width);
}

/** The evidence that tells a reader most: a commit with its subject, else a place with its text, else the first. */
export function bestEvidence(evidence: readonly Evidence[]): Evidence | null {
  return (
    evidence.find((each) => each.type === "commit" && each.subject !== undefined) ??
    evidence.find((each) => (each.type === "file" || each.type === "declaration") && each.text !== undefined) ??
    evidence[0] ??
    null
  );
}

/** The command that shows the evidence; null where there is none, or where a name could not be copied safely. */
export function evidenceCommand(evidence: Evidence, result: Result, folders: Folders = {}): string | null {
  if (evidence.type !== "commit" && evidence.type !== "file" && evidence.type !== "declaration") return null;
  const input = result.inputs.repositories.find(({ id }) => id === evidence.repository);
  const folder = Object.hasOwn(folders, evidence.repository) ? folders[evidence.repository] : evidence.repository;
  const repository = repositoryArgument(folder ?? evidence.repository);
  if (repository === null) return null;
  const git = repository === "." ? "git" : `git -C ${repository}`;
  if (evidence.type === "commit") {
    if (!isCommitId(evidence.commit)) return null;
    // A merge stands for what it brought in.
    const whole = input === undefined || input.changeSetUnit === "commit" ? "" : "-m --first-parent ";
    return `${git} show ${whole}${evidence.commit.slice(0, 12)}`;
  }
  const head = input?.head ?? "HEAD";
  if (head !== "HEAD" && !isCommitId(head)) return null;
  const place = shellQuoted(`${head === "HEAD" ? head : head.slice(0, 12)}:${evidence.file}`);
  return place === null ? null : `${git} show ${place}`;
}

/** `git -C` takes what follows as a folder, whatever it starts with; null for a name that cannot be copied safely. */
export function repositoryArgument(id: string): string | null {
  return id === "" ? "." : shellQuoted(id);
}

/** Quoted for a POSIX shell; null for text with control characters or of more than 500 characters, which nobody should paste. */
export function shellQuoted(text: string): string | null {
  if (text.length > 500 || clean(text, 500) !== text) return null;
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Seven digits, as git abbreviates; anything that is no commit id is made visible. */
export function shortCommit(commit: string): string {
  return isCommitId(commit) ? commit.slice(0, 7) : shorten(commit, 12);
}

function isCommitId(commit: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(commit);
}

function shortenEnd(parts: readonly (string | undefined)[], width: number): string {
  const line = parts
    .filter((part) => part !== undefined && part !== "")
    // The first one is a place or an id, shortened where it was made.
    .map((part, index) => (index === 0 ? clean(part ?? "", 600) : tame(part ?? "", 160)))
    .join(" ");
  if (displayWidth(line) <= width) return line;
  let cut = "";
  for (const character of line) {
    if (displayWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}
