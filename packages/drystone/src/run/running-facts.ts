/** Facts of exported files: traces, deploys, work items, load; joined to the components at hand by name. */
import { collectDeploys } from "#collect/deploys/index.js";
import { collectLoads } from "#collect/load/index.js";
import { type ComponentNames, componentNames } from "#collect/records/index.js";
import { collectTraces } from "#collect/traces/index.js";
import { collectWorkItems } from "#collect/work-items/index.js";
import { withTracedRelations } from "#derive/traces/index.js";
import type { DeployFact, Facts, Problem, SourceFact } from "#model/facts.js";
import type { TracedServiceFact } from "#model/running.js";
import type { RunningInputs } from "./running-inputs.js";

/** The facts with what the files say. A file that cannot be read is a problem of the result, not an error. */
export async function withRunningFacts(facts: Facts, inputs: RunningInputs): Promise<Facts> {
  const names = componentNames(facts.components, facts.deployments);
  const traces = inputs.traces.length === 0 ? null : await collectTraces(inputs.traces, facts.components, names);
  const deploys = inputs.deploys.length === 0 ? null : await collectDeploys(inputs.deploys, names);
  const work = inputs.work.length === 0 ? null : await collectWorkItems(inputs.work);
  const load = inputs.load.length === 0 ? null : await collectLoads(inputs.load, names);
  const read = [traces, deploys, work, load].filter((each) => each !== null);
  if (read.length === 0 && inputs.states === null) return facts;
  // What the facts held of the same kind is read anew.
  const replaced = new Set(read.flatMap(({ sources }) => sources.map(({ kind }) => kind)));
  const earlier = new Set([
    ...facts.sources.flatMap(({ kind, repository, path }) => (repository === "" && replaced.has(kind) ? [path] : [])),
    ...(traces === null ? [] : ["traces"]),
    ...(deploys === null ? [] : ["deploys"]),
  ]);
  return withTracedRelations({
    ...facts,
    traces: traces?.traces ?? facts.traces,
    deploys: deploys?.deploys ?? facts.deploys,
    workItems: work?.workItems ?? facts.workItems,
    workStates: inputs.states ?? facts.workStates,
    loads: load === null ? facts.loads : [...facts.loads.filter(({ declared }) => declared), ...load.loads],
    sources: [
      ...facts.sources.filter(({ kind, repository }) => !replaced.has(kind) || (repository !== "" && kind !== "deploy")),
      ...read.flatMap(({ sources }): readonly SourceFact[] => sources),
    ],
    problems: [
      ...facts.problems.filter(({ path }) => !earlier.has(path)),
      ...read.flatMap(({ problems }): readonly Problem[] => problems),
      ...unmatched(facts, traces?.traces.services ?? [], deploys?.deploys ?? [], names),
    ],
  });
}

/** Names that lead to no component: what they say is lost for every question about that component. */
function unmatched(
  facts: Facts,
  traced: readonly TracedServiceFact[],
  deploys: readonly DeployFact[],
  names: ComponentNames,
): Problem[] {
  if (facts.components.length === 0) return [];
  return [
    ...lostNames(
      "traces",
      traced.flatMap(({ name, component, seenAs }) => (component === null && seenAs === "emits" ? [name] : [])),
      names,
    ),
    ...lostNames(
      "deploys",
      deploys.flatMap(({ component, service }) => (component === null ? [service] : [])),
      names,
    ),
  ];
}

const shownNames = 5;

function lostNames(path: string, lost: readonly string[], names: ComponentNames): Problem[] {
  const distinct = [...new Set(lost)].sort();
  if (distinct.length === 0) return [];
  const shown = distinct.slice(0, shownNames).map((name) => {
    const near = names.suggest(name);
    return near === null ? name : `${name} (is it ${near}?)`;
  });
  const [noun, verb] = distinct.length === 1 ? ["name", "leads"] : ["names", "lead"];
  return [
    {
      path,
      line: null,
      message: `${distinct.length} ${noun} in the ${path} ${verb} to no component: ${shown.join(", ")}${distinct.length > shown.length ? ", …" : ""}`,
      hint: "add the name under `aliases` of the component in drystone.yaml",
    },
  ];
}
