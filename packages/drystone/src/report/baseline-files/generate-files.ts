/** Plans of services to files; the same plans give the same bytes. */
import { loggingFile } from "./logging.js";
import type { GeneratedFile, ServicePlan } from "./plan.js";
import { probeFile } from "./probes.js";
import { prometheusRules, type RuleOptions } from "./prometheus-rules.js";
import { prometheusTests } from "./prometheus-tests.js";

/** @param options see `RuleOptions`. Names of services become names of files, so they hold letters, digits, `.`, `_` and `-` only. */
export function generateFiles(plans: readonly ServicePlan[], options: RuleOptions): GeneratedFile[] {
  return plans.flatMap((plan) => {
    const logging = plan.wanted.has("logging") ? loggingFile(plan) : null;
    return [
      ...(plan.wanted.has("rules") ? ruleFiles(plan, options) : []),
      ...(plan.wanted.has("probes") ? [probeFile(plan)] : []),
      ...(logging === null ? [] : [logging]),
    ];
  });
}

function ruleFiles(plan: ServicePlan, options: RuleOptions): GeneratedFile[] {
  const rules = `${plan.name}.rules.yaml`;
  return [
    { path: `prometheus/${rules}`, text: prometheusRules(plan, options) },
    { path: `prometheus/${plan.name}.rules.test.yaml`, text: prometheusTests(plan, rules) },
  ];
}
