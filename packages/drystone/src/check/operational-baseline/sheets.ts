/** One sheet per service: a verdict for each item, with the files behind it. */
import type { BaselineSign } from "#model/baseline.js";
import type { CallSiteFact, ComponentFact, Facts } from "#model/facts.js";
import { groupBy } from "#util/group-by.js";
import { judgeAlert } from "./alerts.js";
import { judgePipeline, judgeRunbook, judgeTimeouts } from "./before-a-split.js";
import { judgeLiveness, judgeReadiness } from "./health.js";
import type { ItemId } from "./items.js";
import { judgeJsonLogs, judgeLogFields } from "./logs.js";
import { judgeHistogram, judgeMetrics } from "./metrics.js";
import { baselineSubjects } from "./subjects.js";
import { judgeTraceContext } from "./tracing.js";
import type { ComponentView, Judged } from "./view.js";

export interface BaselineSheet {
  readonly component: ComponentFact;
  readonly items: ReadonlyMap<ItemId, Judged>;
}

/** Services that run for good, sorted by ref; what runs once, stores and servers of others are left out. */
export function baselineSheets(facts: Facts): BaselineSheet[] {
  const signs = groupBy(facts.baseline, ({ component }) => component ?? "");
  const calls = groupBy(facts.callSites, ({ component }) => component);
  const outward = new Set(
    facts.relations.flatMap(({ from, kind, category }) => (isOutward(kind) && category === "business" ? [from] : [])),
  );
  const someAlerts = facts.baseline.some(({ kind }) => kind === "alert-rules");
  const forAll = signs.get("") ?? [];
  const withPipelines = new Set(
    forAll.flatMap(({ kind, evidence }) => (kind === "pipelines" && evidence.type === "file" ? [evidence.repository] : [])),
  );
  return baselineSubjects(facts, (ref) => signs.get(ref) ?? []).map((component) =>
    sheetOf({
      component,
      signs: [...(signs.get(component.ref) ?? []), ...forAll.filter((sign) => isAbout(sign, component))],
      callSites: (calls.get(component.ref) ?? []).filter(isRemote(component)),
      reachesOut: outward.has(component.ref) || (calls.get(component.ref) ?? []).some(isRemote(component)),
      someAlerts,
      somePipeline: withPipelines.has(component.repository),
    }),
  );
}

/** Pipelines and runbooks are those of a repository, alerts of the system. */
function isAbout({ kind, evidence }: BaselineSign, component: ComponentFact): boolean {
  const own = evidence.type === "file" && evidence.repository === component.repository;
  return kind === "pipelines" || kind === "runbook" ? own || kind === "runbook" : true;
}

function isRemote(component: ComponentFact): (site: CallSiteFact) => boolean {
  return (site) => site.target !== component.ref && !isOfBrowser(component, site);
}

/** A page calls the server that it came from; the server waits for nobody. */
function isOfBrowser({ technology }: ComponentFact, { evidence }: CallSiteFact): boolean {
  const scripts = technology !== null && technology !== "node";
  const isPage = (file: string) =>
    /\.(?:html?|cshtml|erb|twig|jsp)$/.test(file) || (scripts && /\.(?:[cm]?[jt]sx?|vue|svelte)$/.test(file));
  return evidence.length > 0 && evidence.every((one) => one.type === "file" && isPage(one.file));
}

function isOutward(kind: Facts["relations"][number]["kind"]): boolean {
  return kind === "calls" || kind === "publishes";
}

function sheetOf(view: ComponentView): BaselineSheet {
  const metrics = judgeMetrics(view);
  const logs = judgeJsonLogs(view);
  return {
    component: view.component,
    items: new Map<ItemId, Judged>([
      ["liveness", judgeLiveness(view)],
      ["readiness", judgeReadiness(view)],
      ["metrics", metrics],
      ["request-histogram", judgeHistogram(view, metrics)],
      ["json-logs", logs],
      ["log-fields", judgeLogFields(view, logs)],
      ["trace-context", judgeTraceContext(view)],
      ["alert-errors", judgeAlert(view, "errors")],
      ["alert-latency", judgeAlert(view, "latency")],
      ["alert-unavailable", judgeAlert(view, "unavailable")],
      ["pipeline", judgePipeline(view)],
      ["runbook", judgeRunbook(view)],
      ["timeouts", judgeTimeouts(view)],
    ]),
  };
}
