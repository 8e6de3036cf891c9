/** Reads OWNERS files as Kubernetes projects write them: one per folder, with aliases in OWNERS_ALIASES at the root (kubernetes.dev, OWNERS files). */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from "yaml";
import type { OwnershipRule, Problem, SourceFact, TeamFact } from "#model/facts.js";
import { groupRef } from "#model/refs.js";
import type { FileTree } from "../files/index.js";

export interface OwnersFiles {
  /** Pattern is the folder, or `folder/*.go` and the like for a filter that is a plain suffix. Owners are handles without `@`, or alias names. */
  readonly rules: readonly OwnershipRule[];
  /** Aliases, the nearest thing to a team. */
  readonly teams: readonly TeamFact[];
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

const maxFiles = 5000;
const maxBytes = 256 * 1024;
const maxNames = 1000;

/** Approvers of every OWNERS file. Reviewers and emeritus lists name no owner. Never throws; a file that is not YAML becomes a problem. */
export function collectOwners(tree: FileTree): OwnersFiles {
  const paths = tree.paths.filter((path) => path === "OWNERS" || path.endsWith("/OWNERS"));
  const problems: Problem[] = [];
  if (paths.length > maxFiles) {
    problems.push({
      path: "OWNERS",
      line: null,
      message: `more than ${maxFiles} OWNERS files`,
      hint: "the deepest were left out",
    });
    paths.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1)).splice(maxFiles);
  }
  const texts = tree.read([...paths, ...tree.paths.filter((path) => path === "OWNERS_ALIASES")]);
  const rules: OwnershipRule[] = [];
  const sources: SourceFact[] = [];
  for (const path of paths) {
    const text = texts.get(path);
    if (text === undefined || !looksLikeOwners(text)) continue;
    const found = readFile(path, text, problems);
    const own = found === null ? [] : rulesOf(found, tree.repository, path, problems);
    rules.push(...own);
    sources.push(source(tree, path, own.length, found === null));
  }
  const aliases = texts.get("OWNERS_ALIASES");
  const teams = aliases === undefined ? [] : teamsOf(readFile("OWNERS_ALIASES", aliases, problems), tree.repository);
  if (aliases !== undefined) sources.push(source(tree, "OWNERS_ALIASES", teams.length, false));
  return { rules, teams, sources, problems };
}

/** Chromium's OWNERS are lists of addresses, not YAML maps: another format, silently left alone. */
function looksLikeOwners(text: string): boolean {
  return /^(?:approvers|reviewers|filters|options|labels|emeritus_approvers|emeritus_reviewers)[ \t]*:/m.test(text);
}

interface Read {
  readonly map: YAMLMap;
  readonly lines: LineCounter;
}

function readFile(path: string, text: string, problems: Problem[]): Read | null {
  const refuse = (line: number | null, message: string): null => {
    problems.push({ path, line, message: `${path}: ${message}`, hint: "nothing was read from it" });
    return null;
  };
  if (text.length > maxBytes) return refuse(null, `larger than ${maxBytes / 1024} kB`);
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: "silent", prettyErrors: false });
    const [error] = document.errors;
    if (error) return refuse(lines.linePos(error.pos[0]).line, "not valid YAML");
    return isMap(document.contents) ? { map: document.contents, lines } : refuse(1, "not a map");
  } catch (error) {
    // The parser recurses; nesting beyond the stack is the only way here.
    if (error instanceof RangeError) return refuse(null, "nested too deeply");
    throw error;
  }
}

function rulesOf({ map, lines }: Read, repository: string, file: string, problems: Problem[]): readonly OwnershipRule[] {
  const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
  const options = child(map, "options");
  const noParent = isMap(options) && scalarOf(child(options, "no_parent_owners")) === true;
  const rule = (approvers: Names, pattern: string): OwnershipRule => ({
    repository,
    dialect: "owners",
    file,
    line: approvers.line,
    pattern,
    owners: approvers.names,
    section: null,
    optional: false,
    exclusion: false,
    noParent,
  });
  const rules: OwnershipRule[] = [];
  const approvers = namesOf(child(map, "approvers"), lines);
  if (approvers.names.length > 0) rules.push(rule(approvers, escaped(folder)));
  const filters = child(map, "filters");
  for (const pair of isMap(filters) ? filters.items.slice(0, maxNames) : []) {
    const filter = String(scalarOf(pair.key));
    const named = isMap(pair.value) ? namesOf(child(pair.value, "approvers"), lines) : { names: [], line: 1 };
    const glob = globOf(filter);
    if (named.names.length === 0) continue;
    if (glob === null) {
      const message = `${file}: filter ${JSON.stringify(filter.slice(0, 80))} is left out`;
      problems.push({
        path: file,
        line: named.line,
        message,
        hint: "regular expressions are not run; only suffixes such as \\.go$ are read",
      });
    } else rules.push(rule(named, glob === "" ? escaped(folder) : `${folder === "" ? "" : `${escaped(folder)}/`}**/${glob}`));
  }
  // A folder may cut itself off from its parents and name nobody.
  if (noParent && rules.length === 0) rules.push(rule({ names: [], line: 1 }, escaped(folder)));
  return rules;
}

/** Filters are regular expressions of a hostile repository, so only the usual forms are understood: all, a suffix, a whole name. */
function globOf(filter: string): string | null {
  if (filter === ".*" || filter === "" || filter === ".") return "";
  const suffix = /^(?:\.\*)?((?:\\\.|[\w-])+)\$$/.exec(filter)?.[1];
  if (suffix !== undefined) return `*${suffix.replaceAll("\\.", ".")}`;
  const whole = /^\^((?:\\\.|[\w-])+)\$$/.exec(filter)?.[1];
  return whole === undefined ? null : whole.replaceAll("\\.", ".");
}

function escaped(folder: string): string {
  return folder.replace(/[\\*?]/g, "\\$&");
}

interface Names {
  readonly names: readonly string[];
  /** Of the first name. */
  readonly line: number;
}

function namesOf(node: unknown, lines: LineCounter): Names {
  if (!isSeq(node)) return { names: [], line: 1 };
  const items = node.items.slice(0, maxNames).filter((item) => isScalar(item));
  const names = items
    .map(({ value }) => (typeof value === "string" || typeof value === "number" ? String(value).trim() : ""))
    .filter((name) => name !== "");
  return { names: [...new Set(names)], line: lines.linePos(items[0]?.range?.[0] ?? 0).line };
}

function teamsOf(read: Read | null, repository: string): readonly TeamFact[] {
  const aliases = read === null ? null : child(read.map, "aliases");
  if (read === null || !isMap(aliases)) return [];
  return aliases.items.slice(0, maxNames).flatMap((pair): TeamFact[] => {
    const name = scalarOf(pair.key);
    if (typeof name !== "string" || name === "") return [];
    const line = isScalar(pair.key) ? read.lines.linePos(pair.key.range?.[0] ?? 0).line : 1;
    return [
      {
        ref: groupRef(name),
        name,
        parent: null,
        members: namesOf(pair.value, read.lines).names.map((id) => ({ id, from: null, to: null })),
        functions: [],
        mission: null,
        source: "declared",
        evidence: [{ type: "declaration", repository, file: "OWNERS_ALIASES", line, text: name }],
      },
    ];
  });
}

/** Looks at the keys themselves: converting to an object would let `__proto__` through. */
function child(map: YAMLMap, key: string): unknown {
  return map.items.find((pair) => scalarOf(pair.key) === key)?.value;
}

function scalarOf(node: unknown): unknown {
  return isScalar(node) ? node.value : node;
}

function source(tree: FileTree, path: string, facts: number, failed: boolean): SourceFact {
  const problem = failed ? "could not be read" : null;
  return { kind: "codeowners", repository: tree.repository, path, read: !failed, facts, problem, window: null };
}

function depth(path: string): number {
  return path.split("/").length;
}
