/** JSON logs and their five fields. */
import type { BaselineSign } from "#model/baseline.js";
import { isRead, placeOf, whyUnread } from "./metrics.js";
import { type ComponentView, distinctTexts, evidenceOf, type Judged, listed, signsOf } from "./view.js";

const lines = { input: "log lines of the running service", how: "drystone ops probe URL --logs FILE" };
const fields = ["service", "version", "environment", "trace_id", "span_id"] as const;

export function judgeJsonLogs(view: ComponentView): Judged {
  const isPage = signsOf(view, "static-server").length > 0;
  const json = isPage ? [] : signsOf(view, "json-logs");
  const plain = isPage ? [] : signsOf(view, "plain-logs");
  const setUp = json.filter(({ detail }) => detail !== "default");
  const chosen = plain.filter(({ detail }) => detail !== "default");
  // A logger that writes JSON unless told otherwise, and was told otherwise.
  if (setUp.length > 0 || (json.length > 0 && chosen.length === 0)) {
    return { verdict: "met", says: names(json), evidence: evidenceOf(json) };
  }
  if (plain.length > 0) {
    return {
      verdict: "not-met",
      says: `plain text (${names(chosen.length > 0 ? chosen : plain)})`,
      evidence: evidenceOf(chosen.length > 0 ? chosen : plain),
    };
  }
  return {
    verdict: "unknown",
    says: isRead(view) ? "no logger that is known here was found" : whyUnread(view),
    evidence: [],
    missing: lines,
  };
}

export function judgeLogFields(view: ComponentView, logs: Judged): Judged {
  if (logs.verdict === "not-met")
    return { verdict: "not-met", severity: null, says: "plain text has no fields", evidence: logs.evidence };
  if (logs.verdict !== "met") return { verdict: "unknown", says: "how it logs is not known", evidence: [], missing: lines };
  const found = fieldSigns(view);
  const absent = fields.filter((field) => !found.has(field));
  const evidence = evidenceOf([...found.values()]);
  if (absent.length === 0) return { verdict: "met", says: "all five", evidence };
  if (!isRead(view)) return { verdict: "unknown", says: `nothing shows ${listed(absent, 5)}`, evidence, missing: lines };
  return {
    verdict: "not-met",
    says: `nothing adds ${listed(absent, 5)}`,
    fix: `Let the logger add ${listed(absent, 5)} to each line.`,
    evidence: [...logs.evidence.slice(0, 3), ...evidence, ...placeOf(view)],
  };
}

/** Records that OpenTelemetry exports carry both ids, and the name that it was given. */
function fieldSigns(view: ComponentView): Map<string, BaselineSign> {
  const found = new Map<string, BaselineSign>();
  // A format that somebody wrote out holds what it names; what a library offers to the logger is not in it.
  const isWrittenOut = signsOf(view, "json-logs").every(({ subject }) => subject.endsWith("that writes JSON"));
  const signs = signsOf(view, "log-field").filter(({ detail }) => !isWrittenOut || detail !== "context");
  for (const sign of signs) if (!found.has(sign.subject)) found.set(sign.subject, sign);
  const exported = signsOf(view, "json-logs").find(({ detail }) => detail === "otlp");
  for (const field of exported === undefined ? [] : (["trace_id", "span_id"] as const))
    if (exported && !found.has(field)) found.set(field, exported);
  return found;
}

function names(signs: readonly BaselineSign[]): string {
  return listed(distinctTexts(signs.map(({ subject }) => subject)), 3);
}
