/** What must stand before a part is split off: a pipeline, a runbook, and calls that do not wait for ever. */
import type { CallSiteFact } from "#model/facts.js";
import { isRead, whyUnread } from "./metrics.js";
import { type ComponentView, distinctTexts, evidenceOf, type Judged, listed, signsOf } from "./view.js";

export function judgePipeline(view: ComponentView): Judged {
  if (!view.component.built) return { verdict: "not-applicable", says: "it is not built here", evidence: [] };
  const found = signsOf(view, "pipeline");
  if (found.length > 0) {
    found.sort((a, b) => Number(b.detail === "names it") - Number(a.detail === "names it"));
    return { verdict: "met", says: listed(distinctTexts(found.map(({ subject }) => subject)), 3), evidence: evidenceOf(found) };
  }
  return view.somePipeline
    ? {
        verdict: "not-met",
        says: "the pipelines of its repository build other things",
        evidence: evidenceOf(signsOf(view, "pipelines")),
      }
    : {
        verdict: "unknown",
        says: "its repository holds no pipeline",
        evidence: [],
        missing: { input: "pipelines as code", how: "drystone ops check PATH PIPELINE_REPOSITORY" },
      };
}

export function judgeRunbook(view: ComponentView): Judged {
  const found = signsOf(view, "runbook");
  if (found.length > 0)
    return { verdict: "met", says: listed(distinctTexts(found.map(({ subject }) => subject)), 2), evidence: evidenceOf(found) };
  const alerts = signsOf(view, "alert");
  if (alerts.length > 0) {
    return { verdict: "not-met", severity: "warning", says: "its alerts name no runbook", evidence: evidenceOf(alerts) };
  }
  return {
    verdict: "unknown",
    says: "no runbook is in these repositories",
    evidence: [],
    missing: { input: "runbooks, or alerts with runbook_url", how: "drystone ops check PATH RUNBOOK_REPOSITORY" },
  };
}

/** Grade C: a timeout in the same file counts for its calls, one in the settings of the client for all. */
export function judgeTimeouts(view: ComponentView): Judged {
  const { callSites } = view;
  const timeouts = signsOf(view, "timeout");
  if (signsOf(view, "static-server").length > 0) {
    return { verdict: "not-applicable", says: "its calls are made by browsers", evidence: [] };
  }
  const general = timeouts.filter(({ reach }) => reach === "component");
  if (callSites.length === 0 && !view.reachesOut && isRead(view)) {
    return { verdict: "not-applicable", says: "no call of it to others was found", evidence: [] };
  }
  if (general.length > 0) return { verdict: "met", says: names(general), evidence: evidenceOf(general) };
  if (callSites.length === 0) {
    return {
      verdict: "unknown",
      says: isRead(view) ? "the places of its calls were not found" : whyUnread(view),
      evidence: [],
      missing: { input: "traces with the duration of calls", how: "drystone assess PATH --traces FILE" },
    };
  }
  const files = new Set(
    timeouts.flatMap(({ evidence }) => (evidence.type === "file" ? [`${evidence.repository}\n${evidence.file}`] : [])),
  );
  const open = callSites.filter((site) => !placesOf(site).some((place) => files.has(place)));
  if (open.length === 0) return { verdict: "met", says: names(timeouts), evidence: evidenceOf(timeouts) };
  const breakers = timeouts.filter(({ subject }) => /circuit breaker|hystrix|resilience4j/i.test(subject));
  if (breakers.length > 0) {
    return {
      verdict: "unknown",
      says: `${names(breakers)} is there; which calls it wraps is not to be known from the files`,
      evidence: evidenceOf(breakers),
      missing: { input: "traces with the duration of calls", how: "drystone assess PATH --traces FILE" },
    };
  }
  return {
    verdict: "not-met",
    severity: "warning",
    says: `${open.length} of ${callSites.length} places that call others set no timeout`,
    evidence: open.flatMap(({ evidence }) => evidence.slice(0, 1)),
  };
}

function placesOf({ evidence }: CallSiteFact): string[] {
  return evidence.flatMap((one) => (one.type === "file" ? [`${one.repository}\n${one.file}`] : []));
}

function names(signs: readonly { readonly subject: string }[]): string {
  return listed(distinctTexts(signs.map(({ subject }) => subject)), 3);
}
