/** Reads CODEOWNERS of GitHub, GitLab and Bitbucket. Which rule wins for a path is derived later; here the lines are kept as written. */
import type { OwnershipRule, Problem, RepositoryFact, SourceFact, TeamFact } from "#model/facts.js";
import type { FileTree } from "../files/index.js";
import { parseGitlab } from "./gitlab.js";
import { type Line, type ParsedFile, parseBitbucket, parseGithub } from "./lines.js";

export type CodeownersDialect = "github" | "gitlab" | "bitbucket";

export interface Codeowners {
  /** In file order. */
  readonly rules: readonly OwnershipRule[];
  /** Custom groups that a Bitbucket file defines. */
  readonly teams: readonly TeamFact[];
  /** Null when there is no file. */
  readonly dialect: CodeownersDialect | null;
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

/** GitHub reads nothing from a larger file (docs.github.com, About code owners). */
const maxBytes = 3 * 1024 * 1024;
/** A hostile file cannot make more rules than that. */
const maxRules = 20_000;
const maxLineLength = 4000;
const tooLong = `longer than ${maxLineLength} characters: the owners behind are left out`;
const maxMessageLength = 200;

/** Where each host looks, first found wins. */
const places: Record<CodeownersDialect, readonly string[]> = {
  github: [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"],
  gitlab: ["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"],
  bitbucket: [".bitbucket/CODEOWNERS"],
};

/**
 * The ownership file that the host of the repository would use, with lines it would refuse left out and reported.
 * Never throws. @param hint host of the repository where it is known (remote URL); `unknown` leaves it to the files.
 */
export function collectCodeowners(tree: FileTree, hint: RepositoryFact["dialect"] = "unknown"): Codeowners {
  const present = new Set(
    Object.values(places)
      .flat()
      .filter((path) => includesSorted(tree.paths, path)),
  );
  if (present.size === 0) return { rules: [], teams: [], dialect: null, sources: [], problems: [] };
  const texts = tree.read([...present], { maxBytes: maxBytes });
  const dialect = dialectOf(present, texts, tree.paths, hint);
  const path = places[dialect].find((place) => present.has(place)) ?? [...present].join();
  const ignored = [...present].filter((place) => place !== path);
  const problems: Problem[] = ignored.map((place) => ({
    path: place,
    line: null,
    message: `${place} is ignored: ${path} is used`,
    hint: "keep one ownership file",
  }));
  const text = texts.get(path);
  if (text === undefined)
    return { rules: [], teams: [], dialect, sources: [source(tree, path, 0, "could not be read")], problems };
  const lines = linesOf(text);
  const parsed = parse(dialect, lines);
  const cut = lines
    .filter(({ isCut }) => isCut)
    .map(({ number }) => [number, tooLong, "write the pattern again with fewer owners"] as const);
  for (const [line, message, fix] of [...parsed.problems, ...cut].toSorted(([a], [b]) => a - b))
    problems.push({ path, line, message: `${path}:${line}: ${message.slice(0, maxMessageLength)}`, hint: fix });
  const rules = parsed.rules
    .slice(0, maxRules)
    .map((rule) => ({ repository: tree.repository, dialect, file: path, noParent: false, ...rule }));
  if (parsed.rules.length > maxRules) {
    problems.push({ path, line: null, message: `${path} has more than ${maxRules} rules`, hint: "the rest was left out" });
  }
  return {
    rules,
    teams: teamsOf(parsed, tree.repository, path),
    dialect,
    sources: [source(tree, path, rules.length, null)],
    problems,
  };
}

function dialectOf(
  present: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
  paths: readonly string[],
  hint: RepositoryFact["dialect"],
): CodeownersDialect {
  if (hint !== "unknown" && places[hint].some((place) => present.has(place))) return hint;
  if (present.has(".github/CODEOWNERS")) return "github";
  const shared = ["CODEOWNERS", "docs/CODEOWNERS"].find((place) => present.has(place));
  if (shared === undefined) return present.has(".gitlab/CODEOWNERS") ? "gitlab" : "bitbucket";
  if (hasSections(texts.get(shared) ?? "")) return "gitlab";
  if (present.has(".bitbucket/CODEOWNERS")) return "bitbucket";
  if (paths.some((path) => path.startsWith(".github/"))) return "github";
  if (
    present.has(".gitlab/CODEOWNERS") ||
    includesSorted(paths, ".gitlab-ci.yml") ||
    paths.some((path) => path.startsWith(".gitlab/"))
  )
    return "gitlab";
  return "github";
}

function hasSections(text: string): boolean {
  return linesOf(text).some(({ text: line }) => /^\^?\[[^\]]*\](?:\[\d+\])?(?:\s|$)/.test(line));
}

function linesOf(text: string): readonly (Line & { readonly isCut: boolean })[] {
  return text.split(/\r\n|\n|\r/).map((line, at) => {
    const isCut = line.length > maxLineLength && !line.startsWith("#");
    const kept = line.slice(0, maxLineLength);
    return { text: (isCut ? wholeOwners(kept) : kept).trim(), number: at + 1, isCut };
  });
}

/** Half a name would be another name, and a pattern without its owners would clear what they own. */
function wholeOwners(cut: string): string {
  const whole = cut.slice(0, cut.lastIndexOf(" ") + 1);
  return whole.includes(" @") ? whole : "";
}

function parse(dialect: CodeownersDialect, lines: readonly Line[]): ParsedFile {
  if (dialect === "gitlab") return parseGitlab(lines);
  return dialect === "bitbucket" ? parseBitbucket(lines) : parseGithub(lines);
}

function teamsOf(parsed: ParsedFile, repository: string, file: string): readonly TeamFact[] {
  return parsed.groups.map(({ ref, name, members, line }) => ({
    ref,
    name,
    parent: null,
    members: members.map((id) => ({ id, from: null, to: null })),
    functions: [],
    mission: null,
    source: "declared",
    evidence: [{ type: "declaration", repository, file, line, text: `@@@${name}` }],
  }));
}

function source(tree: FileTree, path: string, facts: number, problem: string | null): SourceFact {
  return { kind: "codeowners", repository: tree.repository, path, read: problem === null, facts, problem, window: null };
}

/** Paths are sorted by code unit; a linear look per place would do as well, but large trees come in numbers. */
function includesSorted(paths: readonly string[], wanted: string): boolean {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((paths[middle] ?? "") < wanted) low = middle + 1;
    else high = middle;
  }
  return paths[low] === wanted;
}
