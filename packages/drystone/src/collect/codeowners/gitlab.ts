/** The lines of CODEOWNERS as GitLab reads them: sections with default owners, optional sections, exclusions, escaped `#`. */
import { isEmail, type Line, type ParsedFile, type ParsedRule, splitPattern } from "./lines.js";

/** Names of sections are compared without case, and entries of sections with one name belong together (docs.gitlab.com, CODEOWNERS syntax). */
export function parseGitlab(lines: readonly Line[]): ParsedFile {
  const rules: ParsedRule[] = [];
  const problems: [number, string, string][] = [];
  const required = new Set<string>();
  let section: Section = { name: null, optional: false, owners: [] };
  for (const { text, number } of lines) {
    if (text === "" || text.startsWith("#")) continue;
    const heading = sectionOf(text);
    if (heading) {
      section = heading;
      if (!heading.optional && heading.name !== null) required.add(heading.name);
      continue;
    }
    const exclusion = text.startsWith("!");
    const { pattern: written, rest } = splitPattern(exclusion ? text.slice(1) : text);
    const words = rest.split(/\s+/).filter((word) => word !== "");
    const named = [...new Set(words.filter(isOwner))];
    const stray = words.find((word) => !isOwner(word));
    if (written === "") problems.push([number, `exclusion without a path: ${text}`, "write the path behind `!`"]);
    if (written === "") continue;
    if (stray !== undefined) problems.push([number, `not an owner: ${stray}`, strayHint(stray)]);
    const owners = exclusion ? [] : words.length > 0 ? named : section.owners;
    rules.push({
      line: number,
      pattern: written.replace(/^\\#/, "#"),
      owners,
      section: section.name,
      optional: section.optional,
      exclusion,
    });
  }
  // A name that is required once is required everywhere.
  const merged = rules.map((rule) =>
    rule.optional && rule.section !== null && required.has(rule.section) ? { ...rule, optional: false } : rule,
  );
  return { rules: merged, groups: [], problems };
}

interface Section {
  readonly name: string | null;
  readonly optional: boolean;
  /** For entries without owners of their own. */
  readonly owners: readonly string[];
}

/** `[Name]`, `^[Name]`, `[Name][2] @default`; null for a line that is an entry. */
function sectionOf(text: string): Section | null {
  const match = /^(\^)?\[([^\]]*)\](?:\[\d*\])?(?:\s+(.*))?$/.exec(text);
  const name = match?.[2]?.trim().toLowerCase();
  if (!match || !name) return null;
  const owners = (match[3] ?? "").split(/\s+/).filter(isOwner);
  return { name, optional: match[1] !== undefined, owners: [...new Set(owners)] };
}

/** `@user`, `@group/nested/team`, `@@role`, an e-mail address. */
function isOwner(text: string): boolean {
  return isEmail(text) || /^@{1,2}[\w.-]+(?:\/[\w.-]+)*$/.test(text);
}

function strayHint(word: string): string {
  return word.startsWith("#")
    ? "GitLab knows no comments behind a pattern: owners named there count"
    : "write @user, @group/team, @@role or an e-mail address";
}
