/** What git says of the repository that a folder belongs to, in one run of it: starting git costs more than all of its answers. */
import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { RepositoryFact } from "#model/facts.js";
import { git } from "./git.js";

export interface Seen {
  readonly gitDirectory: string;
  /** Root of the work tree that the folder lies in; null for a bare repository, and where the configuration puts it elsewhere. */
  readonly workTree: string | null;
  readonly objectFormat: RepositoryFact["objectFormat"];
  readonly bare: boolean;
  readonly shallow: boolean;
  /** Id of the commit, which may be missing or damaged; null before the first. */
  readonly head: string | null;
  /** Id of what HEAD calls `.mailmap`; null for nothing. */
  readonly mailmap: string | null;
}

/** The first thing that is missing ends git: what every repository has comes before. */
const questions = ["--show-object-format", "--is-bare-repository", "--is-shallow-repository", "--is-inside-work-tree"];
const mayBeMissing = ["HEAD", "HEAD:.mailmap", "--"];

/** Null with git's words where there is no repository, or none that git reads. */
export function seenAt(folder: string): { readonly seen: Seen | null; readonly stderr: string } {
  const args = ["rev-parse", ...questions, "--show-cdup", "--absolute-git-dir", ...mayBeMissing];
  const { stdout, stderr } = git(null, args, { cwd: folder });
  const lines = stdout.toString("utf8").split("\n").slice(0, -1);
  const [objectFormat, bare, shallow, inside] = lines.splice(0, questions.length);
  if (inside === undefined) return { seen: null, stderr };
  const [head = null, mailmap = null] = idsAtEnd(lines, objectFormat === "sha256" ? 64 : 40);
  // The way up from the folder; from outside, the name of a configured work tree, or nothing.
  const up = inside === "true" ? lines.shift() : undefined;
  const seen: Seen = {
    gitDirectory: pathAtEnd(lines),
    workTree: up === undefined ? null : resolve(realpathSync(folder), up),
    objectFormat: objectFormat === "sha256" ? "sha256" : "sha1",
    bare: bare === "true",
    shallow: shallow === "true",
    head,
    mailmap,
  };
  return { seen, stderr };
}

/** Takes them away; behind both of them git repeats the `--`. */
function idsAtEnd(lines: string[], digits: number): string[] {
  if (lines.at(-1) === "--") lines.pop();
  const isId = (line: string): boolean => line.length === digits && /^[0-9a-f]+$/.test(line);
  const first = lines.slice(-2).findIndex(isId);
  return first === -1 ? [] : lines.splice(Math.max(0, lines.length - 2) + first);
}

/** A path may have line ends in it. */
function pathAtEnd(lines: readonly string[]): string {
  return lines.map((_, first) => lines.slice(first).join("\n")).find((path) => existsSync(path)) ?? "";
}
