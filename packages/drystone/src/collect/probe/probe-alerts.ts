/** The three alerts, as a Prometheus server has loaded them. */
import { alertMeaning, watchedServices } from "#collect/baseline/index.js";
import { record, scalarText } from "#collect/yaml/index.js";
import type { Answer } from "./ask.js";
import { type ProbeItem, probeItem } from "./report.js";

const conventions = [
  ["alert-errors", "errors", "error_rate_above_1_percent"],
  ["alert-latency", "latency", "p99_latency_above_1_second"],
  ["alert-unavailable", "unavailable", "service_unavailable"],
] as const;

/** @param answer of `/api/v1/rules`; null when no server was named. @param service the name that alerts may be about; null takes any. */
export function alertItems(answer: Answer | null, service: string | null): ProbeItem[] {
  if (answer === null) {
    return conventions.map(([id]) =>
      probeItem(id, "unknown", "no Prometheus was named", { how: "name it: --prometheus http://localhost:9090" }),
    );
  }
  const rules = rulesOf(answer);
  if (typeof rules === "string")
    return conventions.map(([id]) => probeItem(id, "unknown", rules, { how: "check the address: --prometheus URL" }));
  return conventions.map(([id, subject, convention]) => {
    const found = rules.filter((rule) => alertMeaning(rule.name, rule.expression)?.subject === subject && isAbout(rule, service));
    const [first] = found;
    if (first === undefined) {
      const whom = service === null ? "" : ` for ${service}`;
      return probeItem(id, "not-met", `none of ${rules.length} alerts watches this${whom}`, {
        how: "drystone ops generate writes it",
      });
    }
    return probeItem(id, "met", first.name, {
      measured: { alerts: found.length },
      remarks: [
        ...(found.some(({ name }) => name === convention) ? [] : [`the convention is ${convention}`]),
        ...(service === null ? ["for which service was not asked: --service NAME"] : []),
      ],
    });
  });
}

interface LoadedAlert {
  readonly name: string;
  readonly expression: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** Alerts with recorded series filled in, or why there are none. */
function rulesOf(answer: Answer): LoadedAlert[] | string {
  if (answer.status !== 200)
    return `/api/v1/rules: ${answer.status === null ? (answer.problem ?? "no answer") : `status ${answer.status}`}`;
  let value: unknown;
  try {
    value = JSON.parse(answer.body);
  } catch {
    return "/api/v1/rules is no JSON";
  }
  const groups = record(record(value)["data"])["groups"];
  if (!Array.isArray(groups)) return "/api/v1/rules holds no groups";
  const all = groups
    .slice(0, mostRules)
    .flatMap((group: unknown) => {
      const rules = record(group)["rules"];
      return (Array.isArray(rules) ? rules.slice(0, mostRules) : []).map(record);
    })
    .slice(0, mostRules);
  const recorded = all
    .filter(({ type }) => type === "recording")
    .map(({ name, query }) => [scalarText(name), scalarText(query)] as const)
    .filter(([name, from]) => name !== "" && from.length < longestQuery);
  return all
    .filter(({ type }) => type === "alerting")
    .map((rule) => ({
      name: scalarText(rule["name"]),
      expression: recorded.reduce(filledIn, scalarText(rule["query"]).slice(0, longestQuery)),
      labels: new Map(Object.entries(record(rule["labels"])).map(([key, text]) => [key, scalarText(text)])),
    }));
}

const mostRules = 2000;
const longestQuery = 20_000;

/** The query with what is recorded under a name in its place; as it was where it would grow beyond any query of people. */
function filledIn(text: string, [name, from]: readonly [string, string]): string {
  const parts = text.split(name);
  const grown = text.length + (parts.length - 1) * (from.length + 2);
  return grown > longestQuery ? text : parts.join(`(${from})`);
}

function isAbout(rule: LoadedAlert, service: string | null): boolean {
  if (service === null) return true;
  const watched = watchedServices(rule.expression, rule.labels);
  return watched.length === 0 || watched.some((name) => plain(name) === plain(service));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
