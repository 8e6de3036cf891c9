/** What a running service showed, for a terminal. */
import { newPage, type TextOptions, verdictMark } from "#report/_shared/index.js";

interface ProbedItem {
  readonly id: string;
  readonly verdict: string;
  readonly says: string;
  readonly how: string | null;
  readonly remarks: readonly string[];
}

const column = 14;
const titles: ReadonlyMap<string, string> = new Map([
  ["liveness", "It says that it is alive"],
  ["readiness", "It says that it is ready"],
  ["drain", "It says when it is not ready"],
  ["metrics", "It shows metrics"],
  ["request-histogram", "Requests in a histogram with a bucket at 1 s"],
  ["json-logs", "Its log is JSON"],
  ["log-fields", "Its log has service, version, environment, trace_id, span_id"],
  ["trace-context", "It passes traceparent on"],
  ["trace-state", "It passes tracestate on"],
  ["alert-errors", "Alert: error rate above 1 %"],
  ["alert-latency", "Alert: p99 latency above 1 s"],
  ["alert-unavailable", "Alert: service unavailable"],
]);

/** @param report as `drystone ops probe --format json` prints it. Ends with a newline. */
export function probeToText(
  report: { readonly url: string; readonly items: readonly ProbedItem[] },
  options: TextOptions,
): string {
  const page = newPage(options);
  page.text("operational baseline, as the running service shows it", { first: `${report.url}  `, firstTone: "strong" });
  const count = (verdict: string) => report.items.filter((item) => item.verdict === verdict).length;
  page.text(`${count("met")} met, ${count("not-met")} not met, ${count("unknown")} unknown`);
  page.blank();
  for (const { id, verdict, says, how, remarks } of report.items) {
    const { symbol, word, tone } = verdictMark(verdict);
    page.spans(
      [
        { text: `${symbol} ${word}`.padEnd(column), tone },
        { text: titles.get(id) ?? id, tone: verdict === "unknown" ? "quiet" : "strong" },
      ],
      null,
      column,
    );
    page.text(says, { indent: column, tone: verdict === "unknown" ? "quiet" : "plain" });
    for (const remark of remarks) page.text(remark, { indent: column, first: "note: ", tone: "quiet" });
    if (how !== null) page.text(how, { indent: column, first: verdict === "unknown" ? "to know: " : "fix: ", tone: "quiet" });
  }
  return page.toString();
}
