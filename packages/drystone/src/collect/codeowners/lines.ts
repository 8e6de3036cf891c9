/** The lines of CODEOWNERS as GitHub and Bitbucket read them. */
import type { OwnershipRule } from "#model/facts.js";
import { groupRef, type Ref } from "#model/refs.js";

export interface Line {
  /** Trimmed. */
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

export type ParsedRule = Pick<OwnershipRule, "line" | "pattern" | "owners" | "section" | "optional" | "exclusion">;

export interface ParsedFile {
  readonly rules: readonly ParsedRule[];
  /** Custom groups, Bitbucket only. */
  readonly groups: readonly {
    readonly ref: Ref;
    readonly name: string;
    readonly members: readonly string[];
    readonly line: number;
  }[];
  /** [line, message, fix]; a refused line is no rule. */
  readonly problems: readonly (readonly [number, string, string])[];
}

/** GitHub leaves a line with a mistake out and reads on. `# …` after the owners is a comment. */
export function parseGithub(lines: readonly Line[]): ParsedFile {
  const rules: ParsedRule[] = [];
  const problems: [number, string, string][] = [];
  for (const { text, number } of lines) {
    if (text === "" || text.startsWith("#")) continue;
    const { pattern, owners } = patternAndOwners(text);
    const refused = refusedPattern(pattern, "GitHub") ?? refusedOwner(owners, isGithubOwner);
    if (refused) {
      problems.push([number, ...refused]);
      continue;
    }
    const note = rangeNote(pattern);
    if (note) problems.push([number, ...note]);
    rules.push(plainRule(number, pattern, owners));
  }
  return { rules, groups: [], problems };
}

/** Bitbucket's own grammar: custom groups `@@@name members…`, selection `@group:random(2)`, comments anywhere. */
export function parseBitbucket(lines: readonly Line[]): ParsedFile {
  const rules: ParsedRule[] = [];
  const groups: ParsedFile["groups"][number][] = [];
  const problems: [number, string, string][] = [];
  for (const { text, number } of lines) {
    if (text === "" || text.startsWith("#")) continue;
    const { pattern, owners: written } = patternAndOwners(text);
    const owners = [...new Set(written.map((owner) => owner.replace(/:(?:all|random(?:\(\d+\))?|least_busy(?:\(\d+\))?)$/, "")))];
    if (pattern.startsWith("@@@")) {
      const name = pattern.slice(3);
      groups.push({ ref: groupRef(name), name, members: owners, line: number });
      continue;
    }
    const refused = refusedPattern(pattern, "Bitbucket") ?? refusedOwner(owners, isBitbucketOwner);
    if (refused) problems.push([number, ...refused]);
    else rules.push(plainRule(number, pattern, owners));
  }
  return { rules, groups, problems };
}

/** Splits at white space that no backslash escapes; the pattern keeps its escapes. A word that starts with `#` ends the line. */
function patternAndOwners(text: string): { pattern: string; owners: readonly string[] } {
  const { pattern, rest } = splitPattern(text);
  const words = rest.split(/\s+/).filter((word) => word !== "");
  const comment = words.findIndex((word) => word.startsWith("#"));
  return { pattern, owners: [...new Set(comment < 0 ? words : words.slice(0, comment))] };
}

/** The first word, in which `\ ` is a space that belongs to it. */
export function splitPattern(text: string): { pattern: string; rest: string } {
  let end = 0;
  while (end < text.length && !/\s/.test(text.charAt(end))) end += text[end] === "\\" ? 2 : 1;
  return { pattern: text.slice(0, end), rest: text.slice(end) };
}

export function isEmail(text: string): boolean {
  return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text);
}

function isGithubOwner(text: string): boolean {
  return isEmail(text) || /^@[\w.-]+(?:\/[\w.-]+)?$/.test(text);
}

function isBitbucketOwner(text: string): boolean {
  return isEmail(text) || /^@{1,3}(?:[\w.-]+(?:\/[\w.-]+)?|\{[\w-]+\})$/.test(text);
}

type Refusal = readonly [message: string, fix: string];

function refusedPattern(pattern: string, host: string): Refusal | null {
  if (pattern.startsWith("!"))
    return [`${host} knows no exclusion: ${pattern}`, "write a later line without owners for the path instead"];
  if (pattern.startsWith("\\#"))
    return [`${host} cannot escape a leading #: ${pattern}`, "match the file by `?name` or by its folder"];
  if (pattern.includes("***")) return [`three asterisks in a row: ${pattern}`, "write `**` between slashes, or `*`"];
  if (/^\^?\[.*\]$/.test(pattern))
    return [`${host} knows no sections: ${pattern}`, "sections belong to GitLab; pass the host or move the file to .gitlab/"];
  return null;
}

function refusedOwner(owners: readonly string[], isOwner: (text: string) => boolean): Refusal | null {
  const wrong = owners.find((owner) => !isOwner(owner));
  return wrong === undefined ? null : [`not an owner: ${wrong}`, "write @user, @organisation/team or an e-mail address"];
}

/** Brackets are letters here, which folders such as `[id]` rely on; a range is a mistake that matches nothing. */
function rangeNote(pattern: string): Refusal | null {
  return /\[[^\]/]-[^\]/]*\]/.test(pattern)
    ? [`brackets are no set of characters: ${pattern}`, "write one line per name, or `?`"]
    : null;
}

function plainRule(line: number, pattern: string, owners: readonly string[]): ParsedRule {
  return { line, pattern, owners, section: null, optional: false, exclusion: false };
}
