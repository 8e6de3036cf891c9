/** The components that pictures speak about, and how they are grouped when teams are not known. */
import { isDeployable, type ModelComponent, measuresOf, nameOf, type Ref, type Result, teamOf } from "../../model.js";

export interface Subjects {
  /** `service`: what deploys alone. `module`: parts of one deployable, where fewer than two deploy. */
  readonly level: "service" | "module";
  readonly components: readonly ModelComponent[];
}

/** Deployables that are built here; modules and libraries where there are fewer than two of them. */
export function subjectsOf(result: Result): Subjects {
  const { components } = result.model;
  const services = components.filter(isDeployable);
  if (services.length >= 2) return { level: "service", components: services };
  const judged = new Set(measuresOf(result, "history.changes").flatMap(({ subjects }) => subjects));
  const modules = components.filter(({ kind, built }) => built && (kind === "module" || kind === "library"));
  const parts = judged.size >= 2 ? modules.filter(({ ref }) => judged.has(ref)) : modules;
  return { level: "module", components: parts.length > 0 ? parts : services };
}

export interface Group {
  readonly id: string;
  readonly name: string;
  /** Null for groups that are no team. */
  readonly team: Ref | null;
  /** Services without an owner: drawn dashed. */
  readonly unowned: boolean;
  readonly members: readonly ModelComponent[];
}

export interface Grouping {
  readonly by: "team" | "repository" | "folder" | "nothing";
  /** By name, the group without owner last. */
  readonly groups: readonly Group[];
}

/** By team where any is known, else by repository, else by folder, else one group. */
export function groupsOf(result: Result, components: readonly ModelComponent[]): Grouping {
  if (components.some((component) => teamOf(component) !== null)) return byTeam(result, components);
  const repositories = grouped(components, ({ repository }) => repository);
  if (repositories.length > 1 && repositories.length < components.length) return { by: "repository", groups: repositories };
  const folders = grouped(components, parentFolder);
  if (folders.filter(({ members }) => members.length > 1).length > 1 && folders.length <= components.length / 2)
    return { by: "folder", groups: folders };
  const all: Group = { id: "all", name: result.inputs.system, team: null, unowned: false, members: components };
  return { by: "nothing", groups: [all] };
}

function byTeam(result: Result, components: readonly ModelComponent[]): Grouping {
  const groups = new Map<string, ModelComponent[]>();
  for (const component of components) {
    const team = teamOf(component) ?? "";
    const group = groups.get(team);
    if (group) group.push(component);
    else groups.set(team, [component]);
  }
  const unowned = groups.get("") ?? [];
  groups.delete("");
  return {
    by: "team",
    groups: [
      ...[...groups]
        .map(([team, members]) => ({ id: team, name: nameOf(result, team), team, unowned: false, members }))
        .sort(byName),
      ...(unowned.length === 0 ? [] : [{ id: "unowned", name: "No owner known", team: null, unowned: true, members: unowned }]),
    ],
  };
}

function grouped(components: readonly ModelComponent[], nameOfGroup: (component: ModelComponent) => string): Group[] {
  const groups = new Map<string, ModelComponent[]>();
  for (const component of components) {
    const name = nameOfGroup(component);
    const group = groups.get(name);
    if (group) group.push(component);
    else groups.set(name, [component]);
  }
  return [...groups]
    .map(([name, members]) => ({
      id: `by ${name}`,
      name: name === "" ? "top folder" : name,
      team: null,
      unowned: false,
      members,
    }))
    .sort(byName);
}

function parentFolder({ paths: [path = ""] }: ModelComponent): string {
  const parts = path.split("/").filter((part) => part !== "");
  return parts.slice(0, -1).join("/");
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}

/** How a grouping is said in a sentence; null where teams are known. */
export function groupingNote({ by }: Grouping): string | null {
  const missing = "No owners are known, so nothing here says who owns what";
  if (by === "team") return null;
  return by === "nothing" ? `${missing}.` : `${missing}: grouped by ${by}.`;
}
