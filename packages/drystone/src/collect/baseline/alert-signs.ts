/** Which components an alert watches. */
import type { BaselineSign } from "#model/baseline.js";
import type { Ref } from "#model/refs.js";
import { alertMeaning } from "./alert-meaning.js";
import type { AlertRule } from "./alert-rules.js";
import type { ComponentNames } from "./component-names.js";

/** Labels that say which program a series comes from. */
const programLabel =
  /\b(job|service|service_name|app|application|app_kubernetes_io_name|container|container_name|deployment|workload|destination_service(?:_name)?|destination_workload|destination_app|exported_job|exported_service|component|kubernetes_name|name)\s{0,3}(=~|=|!=|!~)\s{0,3}["']([^"']{0,300})["']/g;

/** One sign per component that it names, one for all where it names none; none where it is about something else. */
export function signsOfAlert(rule: AlertRule, repository: string, names: ComponentNames): BaselineSign[] {
  const evidence = { type: "file", repository, file: rule.file, line: rule.line, text: rule.name.slice(0, 160) } as const;
  const known: BaselineSign = {
    component: null,
    kind: "alert-rules",
    subject: rule.name.slice(0, 200),
    detail: null,
    value: null,
    reach: "component",
    evidence,
  };
  const meaning = alertMeaning(rule.name, rule.expression);
  const watched = meaning === null ? [] : watchedBy(rule, names);
  const alerts = watched.flatMap((component): BaselineSign[] => {
    if (meaning === null) return [];
    const { subject, limit, quantile } = meaning;
    const detail = quantile === null ? rule.name : `${rule.name}, quantile ${quantile}`;
    const alert: BaselineSign = { ...known, component, kind: "alert", subject, detail: detail.slice(0, 200), value: limit };
    return rule.runbook === null
      ? [alert]
      : [alert, { ...alert, kind: "runbook", subject: rule.runbook.slice(0, 300), value: null }];
  });
  return [known, ...alerts];
}

/** `[null]` stands for all. Empty: it watches programs that are none of ours. */
function watchedBy({ expression, labels }: AlertRule, names: ComponentNames): (Ref | null)[] {
  const told = watchedServices(expression, labels);
  if (told.length === 0) return [null];
  return [...new Set(told.flatMap((value) => names.named(value)))];
}

/** Names of the programs that an alert is about, by its expression and its labels; empty when it is about all. */
export function watchedServices(expression: string, labels: ReadonlyMap<string, string>): string[] {
  const own = ["service", "app", "component"].flatMap((label) => labels.get(label) ?? []);
  const matchers = [...expression.slice(0, 20_000).matchAll(programLabel)]
    .filter(([, , sign]) => sign === "=" || sign === "=~")
    .flatMap(([, , sign = "", value = ""]) => (sign === "=" ? [value] : value.split("|").map(withoutPattern)))
    .concat(own.filter((value) => !value.includes("{{")));
  return [...new Set(matchers)].filter((value) => value !== "" && !isForAll(value));
}

/** `.*orders.*` means orders. */
function withoutPattern(value: string): string {
  return value.replaceAll(/\.[*+]\??|[\^$()]/g, "");
}

/** Jobs that take whatever Kubernetes runs, and values that a template or a person fills in. */
function isForAll(value: string): boolean {
  return /^kubernetes-|^(?:services?|apps?|applications?|microservices?|default|server)$|[{}$]/i.test(value);
}
