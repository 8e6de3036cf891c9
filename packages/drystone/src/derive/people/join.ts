/** Which parts are one person. */
import { emailKey, foldName, isCorporate, isFullName, isHostAddress, localPart, slug } from "./identities.js";
import type { Part } from "./nodes.js";
import { unionFind } from "./union-find.js";

export interface Joined {
  /** Parts of each person, by index. */
  readonly groups: readonly (readonly number[])[];
  /** Parts that may be one person, at least two groups each. */
  readonly suggestions: () => readonly (readonly number[])[];
}

/** Joins by key, account, alias and full name, then finds what else looks alike. The same set of parts gives the same groups in any order. */
export function joinParts(parts: readonly Part[], aliases: readonly (readonly string[])[]): Joined {
  const sets = unionFind(parts.length);
  const joinAll = (members: readonly number[]): void => {
    for (const member of members) sets.join(members[0] as number, member);
  };
  const all = [...parts.keys()];
  for (const same of grouped(all, (at) => parts[at]?.key ?? null).values()) joinAll(same);
  for (const same of grouped(all, (at) => parts[at]?.account ?? null).values()) joinAll(same);
  const lookup = aliasLookup(parts);
  for (const alias of aliases) joinAll(alias.flatMap(lookup));
  const ambiguous = joinNames(parts, sets.find, joinAll);
  joinLoneNames(parts, sets.find, joinAll);
  const groups = new Map<number, number[]>();
  for (const at of all) push(groups, sets.find(at), at);
  return { groups: [...groups.values()], suggestions: () => [...ambiguous, ...lookAlikes(parts, sets.find)] };
}

type Find = (part: number) => number;
type JoinAll = (parts: readonly number[]) => void;

function grouped(members: readonly number[], keyOf: (member: number) => string | null): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const member of members) {
    const key = keyOf(member);
    if (key === null) continue;
    push(groups, key, member);
  }
  return groups;
}

/** Parts that a line of the user's alias file means: an address, a login with `@`, a name. */
export function aliasLookup(parts: readonly Part[]): (text: string) => readonly number[] {
  const all = [...parts.keys()];
  const byEmail = grouped(all, (at) => parts[at]?.email || null);
  const byName = grouped(all, (at) => parts[at]?.folded || null);
  const byLogin = grouped(all, (at) => loginAt(parts[at]));
  return (text) => {
    const plain = text.trim();
    if (plain.startsWith("@")) return byLogin.get(plain.slice(1).toLowerCase()) ?? [];
    if (plain.includes("@")) return byEmail.get(emailKey(plain)) ?? [];
    return byName.get(foldName(plain)) ?? byLogin.get(plain.toLowerCase()) ?? [];
  };
}

function loginAt(part: Part | undefined): string | null {
  return part && isHostAddress(part.email) ? localPart(part.email) : null;
}

/** Joins equal full names; where two corporate addresses bear one name, only those without such an address. Returns what stayed apart. */
function joinNames(parts: readonly Part[], find: Find, joinAll: JoinAll): readonly (readonly number[])[] {
  const corporate = new Set<number>();
  for (const [at, part] of parts.entries()) if (isCorporate(part.email)) corporate.add(find(at));
  const full = [...parts.keys()].filter((at) => isFullName(parts[at]?.folded ?? ""));
  const names = [...grouped(full, (at) => parts[at]?.folded ?? null)].sort(([a], [b]) => (a < b ? -1 : 1));
  const apart: (readonly number[])[] = [];
  for (const [, same] of names) {
    const withCorporate = new Set(same.map(find).filter((root) => corporate.has(root)));
    if (withCorporate.size <= 1) {
      joinAll(same);
      if (withCorporate.size === 1) corporate.add(find(same[0] as number));
    } else {
      joinAll(same.filter((at) => !corporate.has(find(at))));
      apart.push(same);
    }
  }
  return apart;
}

/** A pair often gives first names or handles: taken for the only person who goes by it. */
function joinLoneNames(parts: readonly Part[], find: Find, joinAll: JoinAll): void {
  const lone = [...parts.keys()].filter(
    (at) => parts[at]?.key.startsWith("name:") && parts[at]?.email === "" && !isFullName(parts[at]?.folded ?? ""),
  );
  if (lone.length === 0) return;
  const byWord = new Map<string, number[]>();
  for (const [at, part] of parts.entries()) {
    if (part.email === "") continue;
    for (const word of new Set([part.folded, localPart(part.email).toUpperCase()]))
      byWord.set(word, [...(byWord.get(word) ?? []), at]);
  }
  for (const at of lone) {
    const candidates = byWord.get(parts[at]?.folded ?? "") ?? [];
    if (new Set(candidates.map(find)).size === 1) joinAll([candidates[0] as number, at]);
  }
}

/** Words that are too short or too usual to mean anything are left out. */
const leastWordLength = 6;

/** A word that two persons share: the login of one, and a login, one-word name or part before the `@` of the other. First names do not count. */
function lookAlikes(parts: readonly Part[], find: Find): readonly (readonly number[])[] {
  const byWord = new Map<string, number[]>();
  const logins = new Set<string>();
  for (const [at, part] of parts.entries()) {
    const local = slugOf(localPart(part.email));
    const name = slugOf(part.folded);
    if (isHostAddress(part.email)) logins.add(local);
    if (!part.folded.includes(" ")) logins.add(name);
    const first = slugOf(part.folded.split(" ")[0] ?? "");
    for (const word of new Set([local, name])) {
      if (word.length >= leastWordLength && !/^\d+$/.test(word) && (word !== first || word === name)) push(byWord, word, at);
    }
  }
  const several = [...byWord].filter(
    ([word, same]) => same.length > 1 && logins.has(word) && [2, 3].includes(new Set(same.map(find)).size),
  );
  return several.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, same]) => same);
}

function push<Key>(map: Map<Key, number[]>, key: Key, value: number): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function slugOf(text: string): string {
  return slug(text).replaceAll("-", "");
}
