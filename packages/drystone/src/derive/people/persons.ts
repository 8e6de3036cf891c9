/** From joined parts to persons with an id and a name to show. */
import { isHostAddress, localPart, slug } from "./identities.js";
import { aliasLookup, type Joined } from "./join.js";
import type { Part } from "./nodes.js";
import type { Person } from "./people.js";

export interface Persons {
  /** Sorted by id. */
  readonly persons: readonly Person[];
  /** Person of each part. */
  readonly personOf: Int32Array;
}

export function personsOf(parts: readonly Part[], { groups }: Joined, aliases: readonly (readonly string[])[]): Persons {
  const shown = shownHandles(parts, aliases);
  const found = groups.map((group) => {
    const own = group.map((at) => parts[at] as Part);
    return { group, ...personOfParts(own, chosen(group, shown)) };
  });
  found.sort((a, b) => (a.person.id < b.person.id ? -1 : 1));
  const handles = uniqueHandles(found);
  const personOf = new Int32Array(parts.length);
  for (const [at, { group }] of found.entries()) for (const member of group) personOf[member] = at;
  return { persons: found.map(({ person }, at) => ({ ...person, handle: handles[at] ?? "" })), personOf };
}

/** The first spelling of an alias is the one to show, unless it is an address. */
function shownHandles(parts: readonly Part[], aliases: readonly (readonly string[])[]): ReadonlyMap<number, string> {
  const lookup = aliasLookup(parts);
  const shown = new Map<number, string>();
  for (const alias of aliases) {
    const first = (alias[0] ?? "").trim().replace(/^@/, "");
    if (first === "" || first.includes("@")) continue;
    for (const part of alias.flatMap(lookup)) if (!shown.has(part)) shown.set(part, first);
  }
  return shown;
}

function chosen(group: readonly number[], shown: ReadonlyMap<number, string>): string | null {
  return group.map((part) => shown.get(part)).find((text) => text !== undefined) ?? null;
}

interface Candidate {
  readonly person: Omit<Person, "handle">;
  /** What could be shown, best first; most people need the first only. */
  readonly handles: () => Iterable<string>;
}

function personOfParts(parts: readonly Part[], shownAs: string | null): Candidate {
  const addresses = ranked(parts, ({ email }) => email);
  const names = ranked(parts, ({ name }) => name);
  const emails = [...addresses].sort();
  const id = emails[0] ?? parts.map(({ key }) => key).sort()[0] ?? "";
  const commits = parts.reduce((sum, part) => sum + part.commits, 0);
  return { person: { id, name: names[0] ?? "", emails, commits }, handles: () => handlesOf(shownAs, addresses, names) };
}

/** Values by commits, most first, then in alphabetical order. */
function ranked(parts: readonly Part[], valueOf: (part: Part) => string): readonly string[] {
  const commits = new Map<string, number>();
  for (const part of parts)
    if (valueOf(part) !== "") commits.set(valueOf(part), (commits.get(valueOf(part)) ?? 0) + part.commits);
  return [...commits].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([value]) => value);
}

/** Parts before an `@` that people with a domain of their own use: they name nobody. */
const generalLocals = new Set(
  "me mail email e-mail github git gitlab hello hi hey contact info code dev admin web webmaster oss opensource spam post mailbox public home work".split(
    " ",
  ),
);

/** Numbers before the `@` are often those of a telephone or an account; the name says more and gives away less. */
function* handlesOf(shownAs: string | null, addresses: readonly string[], names: readonly string[]): Generator<string> {
  if (shownAs !== null) yield handleText(shownAs);
  for (const address of addresses) if (isHostAddress(address)) yield handleText(localPart(address));
  for (const address of addresses) {
    const local = (isHostAddress(address) ? "" : localPart(address)).split("+")[0] ?? "";
    if (/[a-z]/.test(local) && !generalLocals.has(local)) yield handleText(local);
  }
  for (const name of names) yield handleText(withoutDomain(name));
}

function withoutDomain(name: string): string {
  return slug(name.split("@")[0] ?? "");
}

function handleText(text: string): string {
  return text
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[-._]+|[-._]+$/g, "")
    .slice(0, 60);
}

/** A handle goes to who has most commits; others fall back to their next one, at last to a number. */
function uniqueHandles(found: readonly Candidate[]): readonly string[] {
  const order = [...found.keys()].sort((a, b) => (found[b]?.person.commits ?? 0) - (found[a]?.person.commits ?? 0) || a - b);
  const taken = new Map<string, number>();
  const handles: string[] = [];
  for (const at of order) {
    let base = "";
    let handle: string | null = null;
    for (const candidate of found[at]?.handles() ?? []) {
      if (candidate === "") continue;
      base ||= candidate;
      if (taken.has(candidate)) continue;
      handle = candidate;
      break;
    }
    handle ??= numbered(base || "person", taken);
    taken.set(handle, 1);
    handles[at] = handle;
  }
  return handles;
}

function numbered(base: string, taken: Map<string, number>): string {
  let n = taken.get(base) ?? 0;
  while (n > 0 && taken.has(`${base}-${++n}`));
  taken.set(base, Math.max(1, n));
  return n === 0 ? base : `${base}-${n}`;
}
