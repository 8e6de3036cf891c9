/** From the text of an owner to an entity ref. */
import type { OwnershipRule, TeamFact } from "#model/facts.js";
import { parseRef, type Ref, refName, shortName } from "#model/refs.js";

/** Ref of an owner as written; null when it names neither a team nor a person (`@@maintainer`). */
export type OwnerRefs = (owner: string, dialect: OwnershipRule["dialect"]) => Ref | null;

/**
 * Knows all ownership files and teams of a system, because a text alone does not tell:
 * - `@org/team` is `group:default/team`; where two organisations have a team of that name, both become `group:org/team`. GitLab's
 *   `@a/b/team` likewise with `a-b`.
 * - `@name` is a user, or the team of that name where one is known. A bare name is so too in OWNERS files and a team elsewhere (drystone.yaml).
 * - `@@@name` is a custom group of Bitbucket; `@@role` a role in GitLab, which says nothing about who.
 * - an e-mail address is a user by its local part; the address itself never becomes part of a ref.
 * - a ref (`group:default/red`, `user:ada`) stays what it is.
 */
export function ownerRefs(rules: readonly OwnershipRule[], teams: readonly TeamFact[]): OwnerRefs {
  const clashing = clashingTeamNames(rules);
  const known = new Set(teams.flatMap((team) => [shortName(team.ref), refName(team.name)]));
  const refs = new Map(teams.map((team) => [refName(team.name), team.ref]));
  const group = (name: string): Ref => refs.get(refName(name)) ?? `group:default/${refName(name)}`;
  return (owner, dialect) => {
    const text = owner.trim();
    if (text.startsWith("@@@")) return group(text.slice(3));
    if (text.startsWith("@@") || text === "" || text === "@") return null;
    if (text.startsWith("@")) return at(text.slice(1));
    if (/^(?:group|user):/i.test(text)) return parseRef(text, "group");
    if (text.includes("@")) return `user:default/${refName(text.slice(0, text.lastIndexOf("@")))}`;
    if (dialect === "owners" && !known.has(refName(text))) return `user:default/${refName(text)}`;
    return group(text);
  };

  function at(path: string): Ref {
    const slash = path.lastIndexOf("/");
    const name = refName(path.slice(slash + 1));
    if (slash < 0) return known.has(name) ? group(name) : `user:default/${name}`;
    return clashing.has(name) ? `group:${refName(path.slice(0, slash))}/${name}` : group(name);
  }
}

/** Names that teams of two organisations share. */
function clashingTeamNames(rules: readonly OwnershipRule[]): ReadonlySet<string> {
  const organisations = new Map<string, string>();
  const clashing = new Set<string>();
  for (const owner of rules.flatMap((rule) => rule.owners)) {
    const slash = owner.lastIndexOf("/");
    if (!owner.startsWith("@") || slash < 0) continue;
    const name = refName(owner.slice(slash + 1));
    const organisation = owner.slice(1, slash).toLowerCase();
    if ((organisations.get(name) ?? organisation) !== organisation) clashing.add(name);
    organisations.set(name, organisation);
  }
  return clashing;
}
