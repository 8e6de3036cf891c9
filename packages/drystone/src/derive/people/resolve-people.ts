/** Who stands behind the names and addresses of commits. */
import type { SystemConfig, TeamFact } from "#model/facts.js";
import { emailKey, foldName, isHostAddress, localPart, slug } from "./identities.js";
import { joinParts } from "./join.js";
import { type Node, type Nodes, nodesOf, type Part, partsOf } from "./nodes.js";
import type { Authorship, Automaton, Bot, CommitPeople, People, PeopleUse, Person } from "./people.js";
import { personsOf } from "./persons.js";

/** An identity with more of the commits leaves people unknown, if no person stands behind it (metrics.md 0.2). */
const sharedIdentityShare = 0.5;

/**
 * Joins identities to persons (history.md 3.3, item 7) by: the same address, unless many share it; the same login or account at a code host;
 * the user's aliases; the same full name, accents and case aside, unless that would join two different corporate addresses. Nothing else is
 * joined, only suggested. The result depends on the set of identities, not on their order.
 *
 * @param histories the index of a repository is its place here.
 * @param teams names of members count as known when the name of a pair is split.
 */
export function resolvePeople(histories: readonly CommitPeople[], config: SystemConfig, teams: readonly TeamFact[] = []): People {
  const { nodes, nodeOf } = nodesOf(histories, config);
  const parts = partsOf(nodes, teams);
  const joined = joinParts(parts, config.personAliases);
  const { persons, personOf } = personsOf(parts, joined, config.personAliases);
  const personsOfNode = nodes.map((): number[] => []);
  for (const [at, { node }] of parts.entries()) personsOfNode[node]?.push(personOf[at] as number);
  return {
    persons,
    ...automata(nodes),
    use: useOf(
      nodes,
      nodes.map(({ commits }) => commits),
    ),
    useByRepository: histories.map((history, repository) =>
      useOf(nodes, commitsByNode(history, nodeOf[repository], nodes.length)),
    ),
    get suggestedAliases() {
      return suggestions(joined.suggestions(), personOf, persons);
    },
    ...commits(histories, { nodes, nodeOf }, personsOfNode),
    find: finder(persons, parts, personOf),
  };
}

function automata(nodes: readonly Node[]): Pick<People, "bots" | "agents" | "nobodies"> {
  const bots: Bot[] = [];
  const agents: Automaton[] = [];
  const nobodies: Automaton[] = [];
  for (const { kind, name, email, commits } of nodes) {
    if (kind.kind === "bot") bots.push({ name, email, reason: kind.reason, commits, nature: kind.nature });
    if (kind.kind === "agent") agents.push({ name, email, reason: kind.reason, commits });
    if (kind.kind === "nobody") nobodies.push({ name, email, reason: kind.reason, commits });
  }
  return { bots, agents, nobodies };
}

function commitsByNode(history: CommitPeople, nodeOf: Int32Array | undefined, size: number): readonly number[] {
  const counts = Array.from({ length: size }, () => 0);
  for (const author of history.authors) {
    const node = nodeOf?.[author];
    if (node !== undefined) counts[node] = (counts[node] ?? 0) + 1;
  }
  return counts;
}

/** Updaters of dependencies commit much and hide nobody: they are left out of the count. */
function useOf(nodes: readonly Node[], commits: readonly number[]): PeopleUse {
  let total = 0;
  const impersonal = new Map<string, number>();
  for (const [at, { kind, name }] of nodes.entries()) {
    const count = commits[at] ?? 0;
    if (kind.kind === "bot" && kind.nature === "updater") continue;
    total += count;
    if (kind.kind === "bot" || kind.kind === "nobody")
      impersonal.set(foldName(name), (impersonal.get(foldName(name)) ?? 0) + count);
  }
  const [largest] = [...impersonal].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (!largest || largest[1] <= sharedIdentityShare * total) return { usable: true, reason: null };
  const percent = Math.round((100 * largest[1]) / total);
  return {
    usable: false,
    reason: `${percent} % of commits are by ${largest[0].toLowerCase() || "an empty name"}, which is no person`,
  };
}

function suggestions(
  groups: readonly (readonly number[])[],
  personOf: Int32Array,
  persons: readonly Person[],
): readonly (readonly string[])[] {
  const texts = new Map<string, readonly string[]>();
  for (const group of groups) {
    const several = [...new Set(group.map((part) => personOf[part] as number))].sort((a, b) => a - b);
    const ids = several.map((person) => persons[person]?.emails[0] ?? "").filter((id) => id !== "");
    if (ids.length > 1) texts.set(ids.join(" "), ids);
  }
  const sets = [...texts.values()];
  const isWithin = (ids: readonly string[]): boolean =>
    sets.some((other) => other.length > ids.length && ids.every((id) => other.includes(id)));
  return [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, ids]) => (isWithin(ids) ? [] : [ids]));
}

const bot = 1;
const agent = 2;
const silent = 4;

function commits(
  histories: readonly CommitPeople[],
  { nodes, nodeOf }: Nodes,
  personsOfNode: readonly (readonly number[])[],
): Pick<People, "authorsOf" | "isBotCommit" | "isAiAssisted"> {
  const flags = Uint8Array.from(nodes, ({ kind, aiMarked }) => {
    if (kind.kind === "bot") return bot | silent;
    return kind.kind === "agent" || aiMarked ? agent : kind.kind === "nobody" ? silent : 0;
  });
  const solos: (readonly Authorship[])[] = [];
  const nobody: readonly never[] = [];

  function authorAt(repository: number, commit: number): number | undefined {
    return nodeOf[repository]?.[histories[repository]?.authors[commit] ?? -1];
  }

  function coAuthorsAt(repository: number, commit: number): readonly number[] {
    const rows = histories[repository]?.coAuthors;
    const from = rows?.offsets[commit] ?? 0;
    const to = rows?.offsets[commit + 1] ?? 0;
    if (rows === undefined || from >= to) return nobody;
    return [...rows.values.subarray(from, to)].flatMap((identity) => nodeOf[repository]?.[identity] ?? []);
  }

  function authorsOf(repository: number, commit: number): readonly Authorship[] {
    const author = authorAt(repository, commit);
    if (author === undefined || isFlagged(author, silent)) return nobody;
    const own = personsOfNode[author] ?? nobody;
    const others = coAuthorsAt(repository, commit);
    if (others.length === 0 && own.length === 1) return solo(own[0] as number);
    const people = [...new Set([...own, ...others.flatMap((node) => personsOfNode[node] ?? nobody)])].sort((a, b) => a - b);
    return people.map((person) => ({ person, weight: 1 / people.length }));
  }

  function solo(person: number): readonly Authorship[] {
    const known = solos[person] ?? [{ person, weight: 1 }];
    solos[person] = known;
    return known;
  }

  function isFlagged(node: number | undefined, flag: number): boolean {
    return node !== undefined && ((flags[node] ?? 0) & flag) !== 0;
  }

  return {
    authorsOf,
    isBotCommit: (repository, commit) => isFlagged(authorAt(repository, commit), bot),
    isAiAssisted: (repository, commit) =>
      isFlagged(authorAt(repository, commit), agent) || coAuthorsAt(repository, commit).some((node) => isFlagged(node, agent)),
  };
}

/** Looks among addresses, or logins, then parts before an `@`, then names; the first kind that knows the text decides. */
function finder(persons: readonly Person[], parts: readonly Part[], personOf: Int32Array): People["find"] {
  let find: People["find"] | null = null;
  return (text) => (find ??= finderOf(persons, parts, personOf))(text);
}

function finderOf(persons: readonly Person[], parts: readonly Part[], personOf: Int32Array): People["find"] {
  const byEmail = new Map<string, Set<number>>();
  const byLogin = new Map<string, Set<number>>();
  const byHandle = new Map<string, Set<number>>();
  const byLocal = new Map<string, Set<number>>();
  const byName = new Map<string, Set<number>>();
  const bySlug = new Map<string, Set<number>>();
  for (const [at, person] of persons.entries()) {
    add(byHandle, person.handle, at);
    for (const email of person.emails) {
      add(byEmail, email, at);
      add(isHostAddress(email) ? byLogin : byLocal, localPart(email), at);
    }
  }
  for (const [at, { name, folded }] of parts.entries()) {
    add(byName, folded, personOf[at] as number);
    add(bySlug, slug(name), personOf[at] as number);
  }
  return (text) => {
    const plain = text.trim();
    const word = plain.replace(/^@/, "").toLowerCase();
    if (plain === "" || word === "") return [];
    if (plain.indexOf("@") > 0) return [...(byEmail.get(emailKey(plain)) ?? [])];
    const kinds = [byLogin.get(word), byHandle.get(word), byLocal.get(word), byName.get(foldName(plain)), bySlug.get(word)];
    return [...(kinds.find((found) => found !== undefined) ?? [])].sort((a, b) => a - b);
  };
}

function add(map: Map<string, Set<number>>, key: string, person: number): void {
  if (key === "") return;
  const known = map.get(key);
  if (known) known.add(person);
  else map.set(key, new Set([person]));
}
