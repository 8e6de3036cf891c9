/** Facts to the result document: derive, assess, judge. Pure. */
import { adviseStay } from "#advise/stay-monolith/index.js";
import { assessAll, judgeDistributedMonolith } from "#assess/index.js";
import { checkOperationalBaseline } from "#check/operational-baseline/index.js";
import { deriveEstate, type Estate } from "#derive/estate/index.js";
import { seriesMeasures } from "#derive/series/index.js";
import { churnOf } from "#derive/stability/index.js";
import { type ObservedOwner, observedOwners } from "#derive/team-changes/index.js";
import type { ComponentFact, Facts, Problem } from "#model/facts.js";
import { commitCount } from "#model/history.js";
import type { Advice, Assessment, Measure, Model, ModelComponent, RepositoryInput, Result } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { boundariesOfFacts, decidedFindings } from "./check-facts.js";
import { headlineOf } from "./headline.js";
import { type AssessOptions, asOfSeconds, parametersOf } from "./options.js";

/** What an advice command asks for, of what was assessed. */
export type Advisor = (
  estate: Estate,
  assessments: readonly Assessment[],
  churn: ReturnType<typeof churnOf>,
) => { readonly advice: readonly Advice[]; readonly measures: readonly Measure[]; readonly problems: readonly Problem[] };

/** The same facts and options give the same result. @throws UsageError for options that do not parse. */
export function buildResult(facts: Facts, options: AssessOptions, version: string, advise?: Advisor): Result {
  const parameters = parametersOf(options, facts.config);
  const estate = deriveEstate(facts, parameters, asOfSeconds(options));
  const assessed = assessAll(estate);
  const baseline = checkOperationalBaseline(facts);
  const boundaries = boundariesOfFacts(facts, parameters, estate.window.asOf);
  const assessments = [
    ...assessed.assessments.map((one) => (boundaries !== null && one.id === boundaries.id ? boundaries : one)),
    baseline.judge(decidedFindings(baseline.violations, facts, estate.window.asOf)),
  ];
  const measures = [...assessed.measures, ...baseline.measures];
  const verdict = judgeDistributedMonolith(estate, assessments);
  const churn = churnOf(estate);
  const stay = adviseStay(estate, assessments, churn);
  const advised = advise?.(estate, assessments, churn) ?? {
    advice: stay === null ? [] : [stay.advice],
    measures: [],
    problems: [],
  };
  return {
    schema: "drystone.result/1",
    tool: { name: "drystone", version, command: options.command ?? "assess" },
    inputs: inputsOf(estate, advised.problems),
    headline: headlineOf(estate, assessments, verdict, stay?.facts ?? null),
    model: modelOf(estate),
    measures: [...measures, ...advised.measures, ...seriesMeasures(estate)].toSorted((a, b) =>
      order(measureKey(a), measureKey(b)),
    ),
    assessments,
    verdicts: [verdict],
    advice: advised.advice,
    parameters: { ...parameters },
  };
}

/** What was read. */
export function inputsOf(estate: Estate, more: readonly Problem[] = []): Result["inputs"] {
  const { facts } = estate;
  return {
    asOf: estate.window.asOf,
    system: facts.system.name,
    repositories: facts.repositories.map((_, index) => repositoryInput(estate, index)),
    sources: facts.sources,
    problems: [...facts.problems, ...estate.teams.problems, ...more],
  };
}

function repositoryInput(estate: Estate, index: number): RepositoryInput {
  const view = estate.repositories[index];
  const fact = estate.facts.repositories[index];
  const cut = view?.cut;
  const roots = cut?.roots ?? 0;
  return {
    id: fact?.id ?? "",
    head: fact?.head ?? null,
    commits: view ? commitCount(view.history) : 0,
    roots: Number.isFinite(roots) ? roots : 0,
    shallow: fact?.shallow ?? false,
    partial: fact?.partial ?? false,
    changeSetUnit: view?.unit.unit ?? "commit",
    changeSetUnitReason: view?.unit.reason ?? "",
    window: repositoryWindow(estate, index),
    hygiene: estate.recent.hygiene[index] ?? [],
  };
}

/** All repositories are judged over the same time: where one of them can be believed only from some day on, from that day. */
function repositoryWindow(estate: Estate, index: number): RepositoryInput["window"] {
  const { from } = estate.recent;
  const cutting = from > estate.window.from ? estate.repositories.findIndex(({ cut }) => cut.from === from) : -1;
  const { cut, repository } = estate.repositories[cutting] ?? {};
  const reason = cut?.reason ?? estate.window.reason;
  return {
    from: isoDate(Number.isFinite(from) ? from : firstTime(estate, index)),
    to: isoDate(estate.window.to),
    reason: cutting < 0 || cutting === index ? reason : `as ${repository?.id}: ${reason}`,
  };
}

function firstTime(estate: Estate, index: number): number {
  const times = estate.repositories[index]?.history.committerTimes ?? new Float64Array();
  return times.reduce((least, time) => Math.min(least, time), estate.window.to);
}

/** What there is, and who uses whom. */
export function modelOf(estate: Estate): Model {
  const { facts } = estate;
  const observed = observedOwners(estate);
  return {
    components: facts.components.map((component, index) =>
      modelComponent(estate, component, index, observed.get(component.ref) ?? null),
    ),
    resources: facts.resources,
    teams: facts.teams.map((team) => ({
      ref: team.ref,
      name: team.name,
      parent: team.parent,
      size: team.members.length === 0 ? null : team.members.length,
      functions: team.functions,
      source: team.source,
      evidence: team.evidence,
    })),
    contracts: facts.contracts.map(({ repository: _, ...contract }) => contract),
    operations: facts.operations,
    libraries: facts.libraries,
    relations: facts.relations,
    unresolved: facts.unresolved,
  };
}

function modelComponent(estate: Estate, component: ComponentFact, index: number, observed: ObservedOwner | null): ModelComponent {
  const ownership = estate.ownership[index];
  return {
    ref: component.ref,
    name: component.name,
    kind: component.kind,
    built: component.built,
    partOf: component.partOf,
    repository: component.repository,
    paths: component.paths,
    aliases: component.aliases,
    technology: component.technology,
    ownership: { state: ownership?.state ?? "unmatched", declared: ownership?.declared ?? [], observed },
    inferredFrom: component.declared ? [] : component.inferredFrom,
    correction: component.declared ? null : correctionOf(component, estate.facts.repositories.length > 1),
    evidence: component.evidence,
  };
}

/** The line below `components:` in drystone.yaml that says otherwise; JSON strings are YAML too. */
function correctionOf(component: ComponentFact, isOneOfSeveral: boolean): string {
  const prefix = isOneOfSeveral && component.repository !== "" ? `${component.repository}/` : "";
  const paths = component.paths.map((path) => JSON.stringify(`${prefix}${path === "" ? "**" : path}`)).join(", ");
  return `components: { ${JSON.stringify(component.name)}: { paths: [${paths}], kind: ${component.kind} } }`;
}

function measureKey(measure: {
  readonly id: string;
  readonly subjects: readonly string[];
  readonly window: string | null;
}): string {
  // States come in the order in which items go through them.
  if (measure.id === "flow.state") return measure.id;
  return [measure.id, ...measure.subjects, measure.window ?? ""].join("\0");
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
