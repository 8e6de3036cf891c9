/** Patterns of ownership files, matched segment by segment. No regular expression is built from them: the worst case is pattern length times path length. */
import type { OwnershipRule } from "#model/facts.js";

export type Dialect = OwnershipRule["dialect"];

/** Tells whether a pattern covers a path that was split at `/`. */
export type SegmentsMatcher = (segments: readonly string[]) => boolean;

export interface CompiledPattern {
  readonly matches: SegmentsMatcher;
  /** First folder of every path that can match; null when it may be any. */
  readonly firstSegment: string | null;
}

/**
 * Compiles one pattern of an ownership file. Paths are relative to the repository, with `/`, without a leading one; case counts.
 *
 * - `github`, `bitbucket`: the rules of .gitignore without `!`, `[ ]` and `\#`, and with `dir/*` reaching one level only
 *   (docs.github.com, About code owners). A pattern with a slash at its start or inside is anchored at the root; one that ends in a slash
 *   covers what is in the folder; any other covers a file of that name or everything in such a folder. Brackets are letters.
 * - `gitlab`: fnmatch with PATHNAME and DOTMATCH over `/path` (docs.gitlab.com, Advanced CODEOWNERS configuration): only a leading slash
 *   anchors, a name without trailing slash covers files alone, `**` spans folders only when a slash follows, `[a-z]` is a set.
 * - `owners`: a folder ("" for the root) and all below it; with an unescaped `*` a pattern anchored at the root.
 */
export function compilePattern(pattern: string, dialect: Dialect): (path: string) => boolean {
  const { matches } = compileSegments(pattern, dialect);
  return (path) => matches(path.split("/"));
}

/** As `compilePattern`, for callers that match many patterns against one path and split it once. */
export function compileSegments(pattern: string, dialect: Dialect): CompiledPattern {
  const parts = segmentsOf(pattern, dialect);
  if (parts === null) return { matches: () => false, firstSegment: null };
  const first = parts[0];
  return { matches: matcherOf(parts), firstSegment: typeof first === "string" ? first : null };
}

/** Any number of folders, none included. */
const anyDepth = Symbol("**");
/** A name of exactly this text, any depth, or a test of one name. */
type Part = string | typeof anyDepth | ((name: string) => boolean);

const anyName = (): boolean => true;

function segmentsOf(pattern: string, dialect: Dialect): readonly Part[] | null {
  if (dialect === "gitlab") return gitlabParts(pattern);
  if (dialect === "owners") return ownersParts(pattern);
  return gitignoreParts(pattern);
}

function gitignoreParts(pattern: string): readonly Part[] | null {
  const names = pattern.split("/").filter((name) => name !== "");
  if (names.length === 0) return null;
  const insideOnly = pattern.endsWith("/");
  const anchored = pattern.startsWith("/") || names.length > 1;
  const parts: Part[] = anchored ? [] : [anyDepth];
  for (const name of names) parts.push(name === "**" ? anyDepth : namePart(name, false));
  const last = names[names.length - 1];
  if (insideOnly || last === "**") parts.push(anyName, anyDepth);
  else if (last !== "*") parts.push(anyDepth);
  return parts;
}

function gitlabParts(pattern: string): readonly Part[] | null {
  if (pattern === "") return null;
  const anchored = pattern.startsWith("/");
  const names = pattern.slice(anchored ? 1 : 0).split("/");
  const parts: Part[] = anchored ? [] : [anyDepth];
  for (const [at, name] of names.entries()) {
    const isLast = at === names.length - 1;
    if (isLast && name === "") parts.push(anyDepth, anyName);
    else if (name === "**" && !isLast) parts.push(anyDepth);
    else parts.push(namePart(name, true));
  }
  return parts;
}

function ownersParts(folder: string): readonly Part[] | null {
  if (folder === "") return [anyName, anyDepth];
  return hasWildcard(folder) ? gitignoreParts(`/${folder}`) : gitignoreParts(`/${folder}/`);
}

function hasWildcard(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "*") return true;
  }
  return false;
}

/** One token of a name: a character, `?` (null), `*` or a set. */
type Token = string | null | typeof star | CharacterSet;
const star = Symbol("*");

interface CharacterSet {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [string, string])[];
}

function namePart(name: string, sets: boolean): Part {
  const tokens = tokensOf(name, sets);
  if (tokens.every((token) => typeof token === "string")) return tokens.join("");
  if (tokens.length === 1 && tokens[0] === star) return anyName;
  if (tokens.every((token) => token === star || typeof token === "string")) return starredName(tokens);
  return (text) => nameMatches(tokens, text);
}

/** Stars and letters alone, the usual: searched by the texts between the stars, of which the longest is the least likely. */
function starredName(tokens: readonly (string | typeof star)[]): (name: string) => boolean {
  const texts = [""];
  for (const token of tokens) {
    if (token === star) texts.push("");
    else texts.push(`${texts.pop()}${token}`);
  }
  const before = texts[0] ?? "";
  const after = texts.at(-1) ?? "";
  const between = texts.slice(1, -1);
  const longest = between.reduce((found, text) => (text.length > found.length ? text : found), "");
  const least = before.length + after.length;
  return (name) => {
    if (name.length < least || !name.startsWith(before) || !name.endsWith(after) || !name.includes(longest)) return false;
    let at = before.length;
    for (const text of between) {
      const found = name.indexOf(text, at);
      if (found < 0) return false;
      at = found + text.length;
    }
    return at <= name.length - after.length;
  };
}

function tokensOf(name: string, sets: boolean): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < name.length; at++) {
    const character = name.charAt(at);
    if (character === "\\" && at + 1 < name.length) tokens.push(name.charAt(++at));
    else if (character === "?") tokens.push(null);
    else if (character === "*") {
      if (tokens[tokens.length - 1] !== star) tokens.push(star);
    } else if (character === "[" && sets) {
      const set = characterSet(name, at);
      if (set === null) tokens.push(character);
      else {
        tokens.push(set.token);
        at = set.end;
      }
    } else tokens.push(character);
  }
  return tokens;
}

/** Reads `[a-z]`, `[!x]` or `[^x]`; null when it is not closed. */
function characterSet(name: string, start: number): { token: CharacterSet; end: number } | null {
  const negated = name[start + 1] === "!" || name[start + 1] === "^";
  const ranges: [string, string][] = [];
  for (let at = start + (negated ? 2 : 1); at < name.length; at++) {
    if (name[at] === "]" && ranges.length > 0) return { token: { negated, ranges }, end: at };
    if (name[at] === "\\") at++;
    const from = name.charAt(at);
    const isRange = name[at + 1] === "-" && at + 2 < name.length && name[at + 2] !== "]";
    if (isRange) at += 2;
    ranges.push([from, isRange ? name.charAt(at) : from]);
  }
  return null;
}

/** Goes back to the last star only, which is enough, so that time stays below tokens times characters. */
function nameMatches(tokens: readonly Token[], text: string): boolean {
  let token = 0;
  let at = 0;
  let lastStar = -1;
  let resumeAt = 0;
  while (at < text.length) {
    const wanted = tokens[token];
    if (wanted === star) {
      lastStar = token++;
      resumeAt = at;
    } else if (token < tokens.length && oneMatches(wanted, text.charAt(at))) {
      token++;
      at++;
    } else if (lastStar >= 0) {
      token = lastStar + 1;
      at = ++resumeAt;
    } else return false;
  }
  while (tokens[token] === star) token++;
  return token === tokens.length;
}

function oneMatches(token: Token | undefined, character: string): boolean {
  if (token === null) return true;
  if (typeof token === "string") return token === character;
  if (typeof token !== "object") return false;
  return token.ranges.some(([from, to]) => from <= character && character <= to) !== token.negated;
}

function matcherOf(parts: readonly Part[]): SegmentsMatcher {
  const [first, second] = parts;
  const coversSubtree = parts.length === 3 && parts[2] === anyDepth;
  // `name`, `*.ext`: by far the most frequent forms.
  if (first === anyDepth && second !== undefined && second !== anyDepth && (parts.length === 2 || coversSubtree)) {
    return coversSubtree
      ? (segments) => segments.some((name) => partMatches(second, name))
      : (segments) => partMatches(second, segments.at(-1) ?? "");
  }
  return (segments) => partsMatch(parts, segments);
}

/** The same walk as `nameMatches`, one level up. */
function partsMatch(parts: readonly Part[], segments: readonly string[]): boolean {
  let part = 0;
  let at = 0;
  let lastDepth = -1;
  let resumeAt = 0;
  while (at < segments.length) {
    const wanted = parts[part];
    if (wanted === anyDepth) {
      lastDepth = part++;
      resumeAt = at;
      if (part === parts.length) return true;
    } else if (wanted !== undefined && partMatches(wanted, segments[at] ?? "")) {
      part++;
      at++;
    } else if (lastDepth >= 0) {
      part = lastDepth + 1;
      at = ++resumeAt;
    } else return false;
  }
  while (parts[part] === anyDepth) part++;
  return part === parts.length;
}

function partMatches(part: string | ((name: string) => boolean), name: string): boolean {
  return typeof part === "string" ? part === name : part(name);
}
