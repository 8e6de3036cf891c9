/** `drystone.yaml` from facts: what was inferred, to be corrected; what cannot be inferred, as comments to fill in. */
import { type Facts, isDeployable } from "#model/facts.js";
import { shortName } from "#model/refs.js";

type Declared = Pick<Facts, "system" | "components" | "teams"> & { readonly repositories: readonly unknown[] };

export function declarationText(facts: Declared): string {
  const several = facts.repositories.length > 1;
  const shown = facts.components.filter(
    (component) => component.built && (isDeployable(component) || component.kind === "library" || component.kind === "module"),
  );
  const components = shown.map((component) => {
    const paths = component.paths.map((path) => {
      const inside = path === "" ? "**" : `${path}/**`;
      return JSON.stringify(several ? `${component.repository}/${inside}` : inside);
    });
    const owner = component.declaredOwners[0];
    const fields = [
      `paths: [${paths.join(", ")}]`,
      `kind: ${component.kind}`,
      ...(owner ? [`owner: ${JSON.stringify(owner.ref)}`] : []),
    ];
    return `  ${JSON.stringify(component.name)}: { ${fields.join(", ")} }`;
  });
  const teams = facts.teams
    .filter(({ ref }) => ref.startsWith("group:"))
    .map(
      (team) =>
        `  ${JSON.stringify(shortName(team.ref))}: { members: [${team.members.map(({ id }) => JSON.stringify(id)).join(", ")}] }`,
    );
  return [
    "# What Drystone inferred. Correct what is wrong, delete what is right: everything here is optional.",
    `system: ${JSON.stringify(facts.system.name)}`,
    "",
    ...(components.length > 0
      ? ["components:", ...components]
      : ["# components:", "#   orders: { paths: [services/orders/**], kind: service, owner: team-orders }"]),
    "",
    "# Members by e-mail address, handle or full name; with dates: { id: ada@example.com, from: 2026-01-01 }",
    ...(teams.length > 0
      ? ["teams:", ...teams]
      : ["# teams:", '#   team-orders: { members: [ada@example.com, "@grace"], functions: [backend, frontend] }']),
    "",
  ].join("\n");
}
