/** Places in the source where one service of the system calls another one. */
import { deployedAs } from "#derive/calls/index.js";
import { type CallSiteFact, type Facts, isDeployable } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

export interface RemoteCalls {
  readonly from: Ref;
  readonly to: Ref;
  readonly sites: readonly CallSiteFact[];
  readonly inLoop: readonly CallSiteFact[];
  /** Different methods and paths, `GET /orders/{}`, sorted; calls without a known path are left out. */
  readonly operations: readonly string[];
}

/** One entry per direction, sorted by from, to. Calls to outside and within a service are left out. */
export function remoteCalls(facts: Pick<Facts, "components" | "callSites">): readonly RemoteCalls[] {
  const whole = deployedAs(facts);
  const services = new Set(facts.components.filter(isDeployable).map(({ ref }) => ref));
  const pairs = new Map<string, CallSiteFact[]>();
  for (const site of facts.callSites) {
    if (site.target === null) continue;
    const [from, to] = [whole(site.component), whole(site.target)];
    if (from === to || !services.has(from) || !services.has(to)) continue;
    const key = `${from} ${to}`;
    const known = pairs.get(key);
    if (known) known.push(site);
    else pairs.set(key, [site]);
  }
  return [...pairs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, sites]) => {
      const [from = "", to = ""] = key.split(" ");
      const operations = [...new Set(sites.flatMap((site) => operationOf(site) ?? []))].sort();
      return { from, to, sites, inLoop: sites.filter(({ inLoop }) => inLoop), operations };
    });
}

/** Parameters have many spellings; what is asked is the same. */
export function operationOf({ method, path }: Pick<CallSiteFact, "method" | "path">): string | null {
  if (path === null) return null;
  const template = path
    .replace(/[?#].*$/s, "")
    .split("/")
    .map((segment) => (/^:|[{}$]/.test(segment) ? "{}" : segment))
    .join("/");
  return method === null ? template : `${method} ${template}`;
}
