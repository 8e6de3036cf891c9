/** The lines that would tell what is not known of teams, ready to be copied. */
import type { Estate } from "#derive/estate/index.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Missing } from "#model/result.js";
import { withoutSlashes } from "#util/slashes.js";
import { owningTeams } from "./owning-teams.js";

/** More would be a file, not a line. */
const shownTeams = 3;

/** The `teams:` block of drystone.yaml with the names of the teams that are known to exist. */
export function missingMembers(estate: Estate): Missing {
  const known = new Set<Ref>([...owningTeams(estate).keys(), ...estate.facts.teams.map(({ ref }) => ref)]);
  const withMembers = new Set(estate.facts.teams.filter(({ members }) => members.length > 0).map(({ ref }) => ref));
  const withoutMembers = [...known].filter((ref) => !withMembers.has(ref)).sort();
  const all = withoutMembers.length > 0 ? withoutMembers : [...known].sort();
  const names = all.slice(0, shownTeams).map((ref) => yamlKey(shortName(ref)));
  if (names.length === 0) names.push("TEAM");
  const more = all.length - names.length;
  const rest = more > 0 ? `the same for ${more} more; ` : "";
  return {
    input: "who is in which team",
    how: `teams: { ${names.map((name) => `${name}: { members: [NAME@EXAMPLE.COM] }`).join(", ")} }   (in drystone.yaml; ${rest}drystone init writes it)`,
  };
}

/** A line of CODEOWNERS for the place of one of the given components; of the whole repository where each has one of its own. */
export function missingOwners(estate: Estate, components: readonly number[]): Missing {
  const [place] = components.flatMap((at) => {
    const component = estate.components[at];
    const path = component?.paths.find((one) => one !== "" && !/[*?{[\s]/.test(one));
    if (component === undefined || path === undefined) return [];
    const { files = [] } = estate.facts.repositories.find(({ id }) => id === component.repository) ?? {};
    return files.includes(path) ? `/${path}` : `/${withoutSlashes(path)}/`;
  });
  return {
    input: "an owning team for each component",
    how:
      place === undefined
        ? "* @ORGANISATION/TEAM   (in CODEOWNERS of each repository; drystone init drafts a drystone.yaml instead)"
        : `${place} @ORGANISATION/TEAM   (in CODEOWNERS, one line per component; drystone init drafts a drystone.yaml instead)`,
  };
}

/** Names are words of letters, digits, `.`, `_` and `-`; a few of them mean something else in YAML. */
function yamlKey(name: string): string {
  return /^[a-z][a-z0-9_.-]*$/.test(name) && !/^(?:y|n|yes|no|on|off|true|false|null)$/.test(name) ? name : JSON.stringify(name);
}
