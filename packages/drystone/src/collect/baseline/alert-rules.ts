/** Alerts in files: rule files of Prometheus, PrometheusRule objects, ConfigMaps that hold either, Grafana's provisioning, monitors in Terraform. */
import { readYaml, record, scalarText, type YamlDocument } from "#collect/yaml/index.js";
import type { Problem } from "#model/facts.js";

export interface AlertRule {
  readonly name: string;
  /** Recorded series are filled in. */
  readonly expression: string;
  readonly labels: ReadonlyMap<string, string>;
  /** Null when it names none. */
  readonly runbook: string | null;
  readonly file: string;
  readonly line: number;
}

export interface AlertFile {
  readonly rules: readonly AlertRule[];
  readonly problems: readonly Problem[];
}

const maxRules = 2000;

export function mayHoldAlerts(path: string, text: string): boolean {
  if (path.endsWith(".tf"))
    return /"(?:datadog_monitor|aws_cloudwatch_metric_alarm|google_monitoring_alert_policy|azurerm_monitor_metric_alert)"/.test(
      text,
    );
  return (
    /\.(?:ya?ml|rules)$/.test(path) && /\b(?:alert|record|uid|title)["']?:/.test(text) && /\b(?:expr|model)["']?:/.test(text)
  );
}

export function readAlertRules(path: string, text: string): AlertFile {
  if (path.endsWith(".tf")) return { rules: terraformAlerts(path, text), problems: [] };
  const whole = readYaml(path, text);
  // Braces of another tool: lines that only steer it go.
  const read = whole.documents.length === 0 && text.includes("{{") ? readYaml(path, withoutSteering(text)) : whole;
  const rules = read.documents.flatMap((document) => rulesOf(path, document));
  return { rules: withRecorded(rules), problems: text.includes("{{") ? [] : read.problems };
}

/** In Helm, rules stand between lines of the template, and their own braces are in quotes. */
function withoutSteering(text: string): string {
  return text
    .split("\n")
    .map((line) => (/^\s{0,100}\{\{.{0,500}\}\}\s{0,20}$/.test(line) ? "" : line.replaceAll(/\{\{[^{}]{0,300}\}\}/g, "x")))
    .join("\n");
}

interface Draft extends AlertRule {
  /** Name of the series that it records; null for an alert. */
  readonly records: string | null;
}

function rulesOf(path: string, document: YamlDocument): Draft[] {
  const root = record(document.value);
  const inner = Object.entries(record(root["data"])).flatMap(([key, value]) => embedded(path, document, key, value));
  const serverFiles = Object.keys(record(root["serverFiles"])).map((key) => ["serverFiles", key, "groups"]);
  const places = [["groups"], ["spec", "groups"], ...serverFiles];
  return [...places.flatMap((at) => groupRules(path, document, at)), ...inner].slice(0, maxRules);
}

/** A ConfigMap holds rule files as texts. */
function embedded(path: string, document: YamlDocument, key: string, value: unknown): Draft[] {
  if (typeof value !== "string" || !/\balert:/.test(value)) return [];
  const offset = document.lineOf(["data", key]);
  return readYaml(path, value).documents.flatMap((inside) =>
    groupRules(path, inside, ["groups"]).map((rule) => ({ ...rule, line: rule.line + offset })),
  );
}

function groupRules(path: string, document: YamlDocument, at: readonly string[]): Draft[] {
  const groups = at.reduce((value: unknown, step) => record(value)[step], document.value);
  if (!Array.isArray(groups)) return [];
  return groups.slice(0, 500).flatMap((group, index) => {
    const rules = record(group)["rules"];
    return (Array.isArray(rules) ? rules.slice(0, maxRules) : []).flatMap((rule: unknown, inner) =>
      ruleOf(record(rule), path, document.lineOf([...at, index, "rules", inner])),
    );
  });
}

function ruleOf(rule: Readonly<Record<string, unknown>>, file: string, line: number): Draft[] {
  const name = scalarText(rule["alert"]) || scalarText(rule["title"]);
  const records = scalarText(rule["record"]);
  const expression = scalarText(rule["expr"]) || grafanaExpression(rule);
  if ((name === "" && records === "") || expression === "") return [];
  const labels = new Map(Object.entries(record(rule["labels"])).map(([key, value]) => [key, scalarText(value)]));
  const annotations = record(rule["annotations"]);
  const runbook = scalarText(annotations["runbook_url"]) || scalarText(annotations["runbook"]);
  return [{ name, expression, labels, runbook: runbook || null, file, line, records: name === "" ? records : null }];
}

/** Grafana keeps queries and the comparison apart; together they are the expression. */
function grafanaExpression(rule: Readonly<Record<string, unknown>>): string {
  const data = Array.isArray(rule["data"]) ? rule["data"].slice(0, 20) : [];
  const models = data.map((item: unknown) => record(record(item)["model"]));
  const queries = models
    .map((model) => scalarText(model["expr"]) || scalarText(model["expression"]))
    .filter((text) => text.length > 1);
  const conditions = models.flatMap((model) => (Array.isArray(model["conditions"]) ? model["conditions"].slice(0, 5) : []));
  const [evaluator] = conditions.map((condition: unknown) => record(record(condition)["evaluator"]));
  const limit = Array.isArray(evaluator?.["params"]) ? scalarText(evaluator["params"][0]) : "";
  const sign = scalarText(evaluator?.["type"]) === "lt" ? "<" : ">";
  return queries.length === 0 ? "" : `${queries.join(" ")}${limit === "" ? "" : ` ${sign} ${limit}`}`;
}

/** Alerts only, their recorded series replaced by what they are recorded from, three deep. */
function withRecorded(drafts: readonly Draft[]): AlertRule[] {
  const recorded = new Map(
    drafts.flatMap(({ records, expression }) => (records === null ? [] : [[records, expression] as const])),
  );
  const filled = (expression: string): string => {
    let text = expression;
    for (let depth = 0; depth < 3; depth++) {
      for (const [name, from] of recorded)
        if (text.includes(name) && text.length < 20_000) text = text.replaceAll(name, `(${from})`);
    }
    return text;
  };
  return drafts.flatMap(({ records, ...rule }) => (records === null ? [{ ...rule, expression: filled(rule.expression) }] : []));
}

/** Datadog, CloudWatch and their like, by the query or the name of the metric. */
function terraformAlerts(file: string, text: string): AlertRule[] {
  const rules: AlertRule[] = [];
  for (const block of text.matchAll(
    /^resource\s{1,5}"(datadog_monitor|aws_cloudwatch_metric_alarm|google_monitoring_alert_policy|azurerm_monitor_metric_alert)"\s{1,5}"([\w-]{1,80})"/gm,
  )) {
    if (rules.length >= maxRules) break;
    const body = text.slice(block.index, block.index + 4000).split(/^\}/m)[0] ?? "";
    const query = /\b(?:query|metric_name|filter)\s{0,20}=\s{0,3}"([^\n]{1,500})"/.exec(body)?.[1] ?? "";
    const threshold = /\bthreshold\s{0,20}=\s{0,3}"?(\d{1,9}(?:\.\d{1,9})?)/.exec(body)?.[1];
    const runbook = /\brunbook\S{0,40}\s{0,5}[:=]?\s{0,5}"?(https?:\/\/[^\s"\\]{1,300})/i.exec(body)?.[1] ?? null;
    const line = text.slice(0, block.index).split("\n").length;
    const expression = threshold === undefined ? meant(query) : `${meant(query)} > ${threshold}`;
    rules.push({ name: block[2] ?? "", expression, labels: new Map(), runbook, file, line });
  }
  return rules;
}

/** Names of metrics of clouds in the words of Prometheus, as far as they mean one of the three. */
function meant(query: string): string {
  if (/5xx|ServerError|HTTPCode_\w{0,20}_5|trace\.[\w.]{1,60}\.errors|error_rate/i.test(query))
    return `http_requests{status="5xx"} ${query}`;
  if (/Latency|TargetResponseTime|\bp99\b|duration/i.test(query))
    return `histogram_quantile(${/p9[05]\b/.test(query) ? "0.95" : "0.99"}, request_duration ${query})`;
  if (/HealthyHostCount|StatusCheckFailed|service_check|uptime/i.test(query)) return `probe_success ${query}`;
  return query;
}
