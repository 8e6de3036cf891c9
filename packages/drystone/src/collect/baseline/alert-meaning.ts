/** What an alert watches, told by its expression; names only where they are those of the convention. */

export type AlertSubject = "errors" | "latency" | "unavailable";

export interface AlertMeaning {
  readonly subject: AlertSubject;
  /** A share for errors, seconds for latency; null where the expression has no plain number. */
  readonly limit: number | null;
  /** The quantile of a latency, 0..1; null for other alerts. */
  readonly quantile: number | null;
}

const byName: ReadonlyMap<string, AlertSubject> = new Map([
  ["error_rate_above_1_percent", "errors"],
  ["p99_latency_above_1_second", "latency"],
  ["service_unavailable", "unavailable"],
]);

/** @param expression of the rule, recorded series filled in. Null for an alert about something else. */
export function alertMeaning(name: string, expression: string): AlertMeaning | null {
  const text = expression.slice(0, 5000).replaceAll(/\s{1,200}/g, " ");
  const subject = byName.get(name.toLowerCase()) ?? subjectOf(text);
  if (subject === null) return null;
  const limit = limitOf(text);
  if (subject === "latency") return { subject, limit: limit === null ? null : seconds(limit, text), quantile: quantileOf(text) };
  if (subject === "unavailable") return { subject, limit: null, quantile: null };
  return { subject, limit: limit !== null && /\*\s{0,3}100\b/.test(text) ? limit / 100 : limit, quantile: null };
}

function subjectOf(text: string): AlertSubject | null {
  if (/\bhistogram_quantile\s{0,3}\(/.test(text) || /\bquantile\s{0,3}=~?\s{0,3}"0?\.9/.test(text)) {
    return /duration|latency|seconds|_ms\b|milli|response_time|request/.test(text) ? "latency" : null;
  }
  if (isErrors(text)) return "errors";
  if (
    /(?:^|[^\w:])up\s{0,3}(?:\{[^}]{0,300}\})?[\s)]{0,10}(?:==|<|!=)\s{0,3}(?:bool\s)?[01]/.test(text) ||
    /\b(?:sum|avg|count|min|max)(?:\s{0,3}by\s{0,3}\([^)]{0,200}\))?\s{0,3}\(\s{0,3}up\b/.test(text) ||
    /\babsent(?:_over_time)?\s{0,3}\(/.test(text) ||
    /\bprobe_success\b/.test(text) ||
    /\bkube_(?:deployment|statefulset|daemonset)_status_(?:replicas_(?:available|ready|unavailable)|number_(?:ready|unavailable))\b/.test(
      text,
    ) ||
    /\bhealth_?check_?status\b.{0,40}==\s{0,3}0/.test(text)
  )
    return "unavailable";
  return null;
}

/** Failed requests: a status of 500 and more, or a counter that says so; errors of disks and of the monitoring itself are something else. */
function isErrors(text: string): boolean {
  const status =
    /(?:status|code|status_code|response_code|http_status\w{0,20}|outcome)\s{0,3}(?:=~?|!=|!~)\s{0,3}"[^"]{0,60}(?:5|SERVER_ERROR|OK|[45]xx)/i.test(
      text,
    );
  const request = /request|response|http|grpc|rpc|call|traces_|spans?_|istio_/i.test(text);
  const counter =
    /\b\w{0,60}(?:requests?|responses?|calls|http|grpc|rpc)\w{0,40}(?:errors?|failed|failures)\w{0,20}\b|\b(?:status|status_code|result|outcome)\s{0,3}=~?\s{0,3}"(?:STATUS_CODE_ERROR|error|failed|failure)/i.test(
      text,
    );
  return (status && request) || counter;
}

function limitOf(text: string): number | null {
  const match = /(?:>=?)\s{0,3}(?:bool\s)?\(?\s{0,3}(\d{1,9}(?:\.\d{1,9})?)(?:\s{0,3}\/\s{0,3}(\d{1,6}))?/.exec(text);
  if (match?.[1] === undefined) return null;
  const value = Number(match[1]) / (match[2] === undefined ? 1 : Number(match[2]));
  return Number.isFinite(value) ? value : null;
}

function seconds(limit: number, text: string): number {
  return /milli|_ms(?:_|\b)/i.test(text) || (limit >= 100 && !/seconds/.test(text)) ? limit / 1000 : limit;
}

function quantileOf(text: string): number | null {
  const written =
    /\bhistogram_quantile\s{0,3}\(\s{0,3}(0?\.\d{1,6}|1)/.exec(text)?.[1] ??
    /\bquantile\s{0,3}=~?\s{0,3}"(0?\.\d{1,6})/.exec(text)?.[1];
  return written === undefined ? null : Number(written);
}
