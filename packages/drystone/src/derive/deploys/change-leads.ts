/** From commit to production: where the version of a deploy is a commit, its history tells what it shipped. */
import type { DeployFact, Facts } from "#model/facts.js";
import { commitCount, commitId, type History } from "#model/history.js";
import type { Ref } from "#model/refs.js";
import { componentIndex } from "../lineage/index.js";

export interface ChangeLead {
  readonly component: Ref;
  /** Seconds from writing a commit to the first deploy that ships it. */
  readonly lead: number;
  readonly deploy: string;
}

/** Commits of each component that its second and later deploys shipped first; merges hold no change of their own. @param deploys that succeeded, by time */
export function changeLeads(
  facts: Pick<Facts, "components" | "histories">,
  deploys: readonly (Pick<DeployFact, "id" | "version" | "time"> & { readonly component: Ref })[],
): ChangeLead[] {
  const byComponent = new Map<Ref, (typeof deploys)[number][]>();
  for (const deploy of deploys) {
    if (deploy.version === null || !/^[0-9a-f]{7,64}$/i.test(deploy.version)) continue;
    const own = byComponent.get(deploy.component);
    if (own) own.push(deploy);
    else byComponent.set(deploy.component, [deploy]);
  }
  if (byComponent.size === 0) return [];
  return facts.histories.flatMap((history) => {
    const find = commitFinder(history);
    const owners = ownersOfPaths(facts, history);
    return [...byComponent].flatMap(([component, own]) => leadsIn(history, owners, component, own, find));
  });
}

function leadsIn(
  history: History,
  owners: readonly (Ref | null)[],
  component: Ref,
  deploys: readonly Pick<DeployFact, "id" | "version" | "time">[],
  find: (version: string) => number,
): ChangeLead[] {
  const shipped = new Uint8Array(commitCount(history));
  const leads: ChangeLead[] = [];
  let isFirst = true;
  for (const { id, version, time } of deploys) {
    const tip = find(version ?? "");
    if (tip < 0) continue;
    const stack = shipped[tip] === 1 ? [] : [tip];
    if (stack.length > 0) shipped[tip] = 1;
    for (let commit = stack.pop(); commit !== undefined; commit = stack.pop()) {
      const written = history.authorTimes[commit] ?? 0;
      // What was written after its deploy has a clock that is wrong.
      if (!isFirst && written <= time && touches(history, owners, commit, component))
        leads.push({ component, lead: time - written, deploy: id });
      for (let at = history.parentOffsets[commit] ?? 0; at < (history.parentOffsets[commit + 1] ?? 0); at++) {
        const parent = history.parents[at] ?? -1;
        if (parent < 0 || shipped[parent] === 1) continue;
        shipped[parent] = 1;
        stack.push(parent);
      }
    }
    isFirst = false;
  }
  return leads;
}

function touches(history: History, owners: readonly (Ref | null)[], commit: number, component: Ref): boolean {
  for (let at = history.fileOffsets[commit] ?? 0; at < (history.fileOffsets[commit + 1] ?? 0); at++)
    if (owners[history.files[at] ?? -1] === component) return true;
  return false;
}

/** Whole ids, and the first seven digits or more where only one commit begins so. */
function commitFinder(history: History): (version: string) => number {
  const starts = new Map<string, number[]>();
  for (let commit = 0; commit < commitCount(history); commit++) {
    const start = commitId(history, commit, 4).slice(0, 7);
    const known = starts.get(start);
    if (known) known.push(commit);
    else starts.set(start, [commit]);
  }
  return (version) => {
    const wanted = version.toLowerCase();
    const found = (starts.get(wanted.slice(0, 7)) ?? []).filter((commit) => commitId(history, commit).startsWith(wanted));
    return found.length === 1 ? (found[0] ?? -1) : -1;
  };
}

/** Parts of a deployable go out with it. */
function ownersOfPaths({ components }: Pick<Facts, "components">, history: History): (Ref | null)[] {
  const wholes = new Map(components.map(({ ref, partOf }) => [ref, partOf ?? ref]));
  const componentOf = componentIndex(components, ({ repository }) => repository === history.repository);
  return history.paths.map((path) => {
    const ref = components[componentOf(path)]?.ref;
    return ref === undefined ? null : (wholes.get(ref) ?? ref);
  });
}
