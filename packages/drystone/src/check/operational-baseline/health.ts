/** Liveness and readiness: what asks, and whether the two are told apart. */
import type { BaselineSign } from "#model/baseline.js";
import type { Missing } from "#model/result.js";
import {
  type ComponentView,
  distinctTexts,
  evidenceOf,
  inKubernetes,
  type Judged,
  listed,
  type Remark,
  runsIn,
  signsOf,
} from "./view.js";

const deployment: Missing = {
  input: "deployment files",
  how: "drystone ops check PATH DEPLOYMENT_REPOSITORY   (or ask the running service: drystone ops probe URL)",
};

export function judgeLiveness(view: ComponentView): Judged {
  if (isFunction(view)) return functionOfPlatform;
  const asked = signsOf(view, "liveness-probe", "startup-probe", "health-command");
  if (asked.length > 0) {
    return {
      verdict: "met",
      says: `asked at ${targets(asked)}`,
      evidence: evidenceOf(asked),
      remarks: [...pathRemark(asked, /^http \S{0,40}?\/healthz$/, "health-path", "/healthz"), ...elsewhere(view, "liveness")],
    };
  }
  const offered = [...signsOf(view, "health-route").filter(({ detail }) => detail === "liveness"), ...librariesOf(view)];
  return offered.length > 0 ? offeredOnly(view, offered, "liveness") : absent(view, "nothing asks whether it is alive");
}

export function judgeReadiness(view: ComponentView): Judged {
  if (isFunction(view)) return functionOfPlatform;
  const asked = signsOf(view, "readiness-probe");
  if (asked.length > 0) return toldApart(view, asked);
  const offered = [
    ...signsOf(view, "health-route").filter(({ detail }) => detail === "readiness"),
    ...librariesOf(view).filter(({ detail }) => detail?.includes("readiness")),
    ...pageBesideLiveness(view),
  ];
  return offered.length > 0 ? offeredOnly(view, offered, "readiness") : absent(view, "nothing asks whether it is ready");
}

/** Libraries that offer a page of health, but for those whose settings hide it. */
function librariesOf(view: ComponentView): BaselineSign[] {
  const found = signsOf(view, "health-library");
  const hidden = new Set(found.flatMap(({ subject, detail }) => (detail === "not shown" ? subject : [])));
  return found.filter(({ subject }) => !hidden.has(subject));
}

/** Where one page says that it is alive, a page of health beside it says that it is ready. */
function pageBesideLiveness(view: ComponentView): BaselineSign[] {
  const pages = signsOf(view, "health-route").filter(({ detail }) => detail === "liveness");
  const alive = pages.some(({ subject }) => /\/(?:alive|live|livez|liveness)\/?$/.test(subject));
  return alive ? pages.filter(({ subject }) => /\/(?:health|healthz|hc|healthcheck)\/?$/.test(subject)) : [];
}

/** The same question twice: a dependency that is gone for a moment restarts the service, or a broken service stays in the list. */
function toldApart(view: ComponentView, ready: readonly BaselineSign[]): Judged {
  const live = signsOf(view, "liveness-probe");
  const same = ready.filter((probe) => live.some((other) => other.subject === probe.subject && fileOf(other) === fileOf(probe)));
  if (same.length === 0) {
    return {
      verdict: "met",
      says: `asked at ${targets(ready)}`,
      evidence: evidenceOf(ready),
      remarks: [...pathRemark(ready, /^http \S{0,40}?\/ready$/, "ready-path", "/ready"), ...elsewhere(view, "readiness")],
    };
  }
  return {
    verdict: "not-met",
    severity: "warning",
    says: `readiness and liveness ask the same, ${targets(same)}`,
    fix: "Ask readiness at a place of its own (/ready, or a service name of the gRPC health protocol): alive means that a restart would not help, ready that it can take requests.",
    evidence: [...evidenceOf(same), ...evidenceOf(live.filter((probe) => same.some((other) => other.subject === probe.subject)))],
  };
}

/** The program answers, and no deployment asks. */
function offeredOnly(view: ComponentView, offered: readonly BaselineSign[], which: "liveness" | "readiness"): Judged {
  const where = listed(distinctTexts(offered.map(({ subject }) => subject)), 3);
  const running = signsOf(view, "runs");
  const unasked: Remark[] =
    running.length === 0
      ? []
      : [
          {
            rule: `${which}-not-asked`,
            severity: inKubernetes(view) ? "warning" : "note",
            says: `it offers ${where}, and no deployment asks it`,
            fix: `Add a ${which} probe: drystone ops generate writes it.`,
            evidence: evidenceOf(running),
          },
        ];
  return { verdict: "met", says: `offers ${where}`, evidence: evidenceOf(offered), remarks: unasked };
}

function absent(view: ComponentView, says: string): Judged {
  const running = signsOf(view, "runs");
  const formats = runsIn(view);
  if (inKubernetes(view)) return { verdict: "not-met", says, evidence: evidenceOf(running) };
  // An image from elsewhere may bring its own check, and other platforms have theirs.
  if (view.component.built && formats.has("compose")) return { verdict: "not-met", says, evidence: evidenceOf(running) };
  return {
    verdict: "unknown",
    says: running.length === 0 ? "no deployment file of it is at hand" : `what ${listed([...formats])} asks is not in the files`,
    evidence: evidenceOf(running),
    missing: deployment,
  };
}

const functionOfPlatform: Judged = { verdict: "not-applicable", says: "the platform starts it for each request", evidence: [] };

function isFunction(view: ComponentView): boolean {
  const formats = runsIn(view);
  return formats.size > 0 && [...formats].every((format) => format === "serverless");
}

function pathRemark(asked: readonly BaselineSign[], convention: RegExp, rule: string, path: string): Remark[] {
  const other = asked.filter(({ subject }) => subject.startsWith("http ") && !convention.test(subject));
  if (other.length === 0 || asked.some(({ subject }) => convention.test(subject))) return [];
  return [
    {
      rule,
      severity: "note",
      says: `it is asked at ${targets(other)}, the convention is ${path}`,
      fix: `Offer ${path} as well when the next change comes by; nothing is wrong with the other path.`,
      evidence: evidenceOf(other),
    },
  ];
}

/** Asked in one deployment and not in another of the same service. */
function elsewhere(view: ComponentView, which: "liveness" | "readiness"): Remark[] {
  const without = signsOf(view, `no-${which}-probe`);
  if (without.length === 0) return [];
  return [
    {
      rule: `${which}-not-everywhere`,
      severity: "warning",
      says: `${without.length} of ${signsOf(view, "runs").length} deployments of it do not ask for ${which}: ${listed(distinctTexts(without.map(fileOf)), 3)}`,
      fix: "Deploy the same probes everywhere, or remove the deployment that nobody uses.",
      evidence: evidenceOf(without),
    },
  ];
}

function targets(signs: readonly BaselineSign[]): string {
  return listed(distinctTexts(signs.map(({ subject }) => subject.replace(/^(http|grpc|tcp) /, "$1 ").trim())), 3);
}

function fileOf({ evidence }: BaselineSign): string {
  return evidence.type === "file" ? evidence.file : "";
}
