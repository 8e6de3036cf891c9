/** Deploys to production as questions use them: of known components, repetitions and canaries counted once. */
import type { DeployFact, Facts } from "#model/facts.js";
import type { Parameters } from "#model/parameters.js";
import type { Ref } from "#model/refs.js";
import { monthsBefore } from "#util/dates.js";

export interface ProductionDeploys {
  /** By time, failed ones too. */
  readonly deploys: readonly (DeployFact & { readonly component: Ref })[];
  /** Times of deploys that did not fail, in seconds, rising. */
  readonly times: ReadonlyMap<Ref, readonly number[]>;
  readonly from: number;
  readonly to: number;
  /** Environments that were taken for production; empty when no deploy names any. */
  readonly environments: readonly string[];
  /** What was left out, in words. */
  readonly leftOut: readonly string[];
  /** True where some stand for deploys only: tags, image-tag commits. */
  readonly proxies: boolean;
}

/** Null without any deploy to production of a known component. */
export function productionDeploys(facts: Pick<Facts, "deploys">, parameters: Parameters): ProductionDeploys | null {
  const recorded = facts.deploys.filter(({ proxy }) => !proxy);
  const deploys = recorded.length > 0 ? recorded : facts.deploys;
  const production = deploys.filter(({ environment }) => isProduction(environment));
  const chosen = production.length > 0 ? production : deploys.filter(({ environment }) => environment === "");
  const known = chosen.filter((deploy): deploy is DeployFact & { readonly component: Ref } => deploy.component !== null);
  const last = known.at(-1);
  if (last === undefined) return null;
  const { months, days } = parameters.window;
  const from =
    days !== null ? last.time - days * 86_400 : months !== null ? monthsBefore(last.time, months) : Number.NEGATIVE_INFINITY;
  const recent = known.filter(({ time }) => time > from);
  const single = withoutRepetitions(recent, parameters.A2.sameVersionHours * 3600);
  const times = new Map<Ref, number[]>();
  for (const { component, time, success } of single) {
    if (success === false) continue;
    const own = times.get(component);
    if (own) own.push(time);
    else times.set(component, [time]);
  }
  return {
    deploys: single,
    times,
    from: single[0]?.time ?? last.time,
    to: last.time,
    environments: [...new Set(production.map(({ environment }) => environment))].sort(),
    leftOut: [
      ...said(facts.deploys.length - deploys.length, "that tags and commits stand for"),
      ...said(deploys.length - chosen.length, "to other environments"),
      ...said(chosen.length - known.length, "of names that lead to no component"),
      ...said(known.length - recent.length, "before the window"),
      ...said(recent.length - single.length, "that repeat the version of the day before"),
    ],
    proxies: single.some(({ proxy }) => proxy),
  };
}

/** True for the usual names of what users see. */
function isProduction(environment: string): boolean {
  return (
    /(?:^|[^a-z])(?:prod|production|prd|live)(?:$|[^a-z])/i.test(environment) &&
    !/(?:^|[^a-z])(?:non|pre|not)[-_ ]?(?:prod|production|live)/i.test(environment)
  );
}

function said(count: number, what: string): string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}

/** The first deploy of a version stands for those within `seconds` after it; deploys without a version all count. */
function withoutRepetitions<Deploy extends DeployFact>(deploys: readonly Deploy[], seconds: number): Deploy[] {
  const latest = new Map<string, number>();
  return deploys.filter(({ component, version, time, success }) => {
    if (version === null || success === false) return true;
    const key = `${component}\0${version}`;
    const before = latest.get(key);
    if (before !== undefined && time - before < seconds) return false;
    latest.set(key, time);
    return true;
  });
}
