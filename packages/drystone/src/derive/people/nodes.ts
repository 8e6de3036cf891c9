/** The distinct identities of all histories, in an order of their own, and the names of people in them. */
import type { SystemConfig, TeamFact } from "#model/facts.js";
import type { Identity } from "#model/history.js";
import {
  accountOf,
  type Features,
  featuresOf,
  foldName,
  isSharedAddress,
  type Kind,
  kindOf,
  pairNames,
  withoutAgentMark,
} from "./identities.js";
import type { CommitPeople } from "./people.js";

/** A name and address as git knows them. */
export interface Node {
  readonly name: string;
  readonly email: string;
  readonly features: Features;
  readonly kind: Kind;
  /** The name carries the mark of an agent. */
  readonly aiMarked: boolean;
  /** As author. */
  commits: number;
}

/** One human name in a node: most nodes have one, a pair has several, a bot none. */
export interface Part {
  readonly node: number;
  readonly name: string;
  /** See `foldName`. */
  readonly folded: string;
  /** Address that identifies; empty when it is shared by many or by a pair. */
  readonly email: string;
  /** Account at a code host; null when unknown. */
  readonly account: string | null;
  /** Parts of equal key are one person whatever else is known. */
  readonly key: string;
  readonly commits: number;
}

export interface Nodes {
  /** Sorted by name and address, so that nothing depends on the order of the histories. */
  readonly nodes: readonly Node[];
  /** Per history: node of each entry of its `people`. */
  readonly nodeOf: readonly Int32Array[];
}

export function nodesOf(histories: readonly CommitPeople[], config: SystemConfig): Nodes {
  const byKey = new Map<string, { readonly identity: Identity; commits: number }>();
  const keysOf = histories.map(({ people }) => people.map(({ name, email }) => `${name}\0${email}`));
  for (const [repository, { people, authors }] of histories.entries()) {
    const commits = new Int32Array(people.length);
    for (const author of authors) if (author >= 0 && author < people.length) commits[author] = (commits[author] ?? 0) + 1;
    for (const [at, identity] of people.entries()) {
      const key = keysOf[repository]?.[at] ?? "";
      const known = byKey.get(key);
      if (known) known.commits += commits[at] ?? 0;
      else byKey.set(key, { identity, commits: commits[at] ?? 0 });
    }
  }
  const isConfiguredBot = configuredBots(config.bots);
  const keys = [...byKey.keys()].sort();
  const rank = new Map(keys.map((key, at) => [key, at]));
  const nodes = keys.map((key): Node => {
    const { identity, commits } = byKey.get(key) as { identity: Identity; commits: number };
    const { name, marked } = withoutAgentMark(identity.name.trim());
    const features = featuresOf({ name, email: identity.email });
    return { name, email: identity.email, features, kind: kindOf(features, isConfiguredBot), aiMarked: marked, commits };
  });
  const nodeOf = keysOf.map((own) => Int32Array.from(own, (key) => rank.get(key) ?? 0));
  return { nodes, nodeOf };
}

/** A bot of the configuration is an address, a name or a login; `*` at its end stands for any rest. */
function configuredBots(bots: readonly string[]): (features: Features) => boolean {
  const texts = bots.map((bot) => bot.trim().toLowerCase().replace(/^@/, "")).filter((bot) => bot !== "" && bot !== "*");
  if (texts.length === 0) return () => false;
  const exact = new Set(texts.filter((text) => !text.endsWith("*")));
  const prefixes = texts.filter((text) => text.endsWith("*")).map((text) => text.slice(0, -1));
  return ({ name, local, domain, key, login }) => {
    const values = [name.toLowerCase(), `${local}@${domain}`, key, login ?? ""];
    return values.some((value) => value !== "" && (exact.has(value) || prefixes.some((prefix) => value.startsWith(prefix))));
  };
}

export function partsOf(nodes: readonly Node[], teams: readonly TeamFact[]): readonly Part[] {
  const memberNames = teams.flatMap(({ members }) => members.map(({ id }) => foldName(id.replace(/^@/, ""))));
  const known = new Set([
    ...memberNames,
    ...nodes.filter(({ kind }) => kind.kind === "person").map(({ name }) => foldName(name)),
  ]);
  const isKnownName = (name: string): boolean => known.has(foldName(name));
  return nodes.flatMap((node, at): readonly Part[] => {
    if (node.kind.kind !== "person") return [];
    const pair = pairNames(node.name, isKnownName);
    return pair === null ? [part(node, at)] : pair.map((name) => pairPart(node, at, name));
  });
}

function part(node: Node, at: number): Part {
  const { key, folded } = node.features;
  const shared = isSharedAddress(key);
  return {
    node: at,
    name: node.name,
    folded,
    email: shared ? "" : key,
    account: shared ? null : accountOf(node.features),
    key: shared ? `name:${folded} ${key}` : key,
    commits: node.commits,
  };
}

/** The address of a pair belongs to neither. */
function pairPart(node: Node, at: number, name: string): Part {
  const folded = foldName(name.replace(/^@/, ""));
  return { node: at, name, folded, email: "", account: null, key: `name:${folded}`, commits: node.commits };
}
