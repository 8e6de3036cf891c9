/** Places in the source where one service of the system calls another one. */
import { deployedAs } from "#derive/calls/index.js";
import { componentIndex } from "#derive/lineage/index.js";
import { type CallSiteFact, type Facts, isDeployable } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

export interface RemoteCalls {
  readonly from: Ref;
  readonly to: Ref;
  readonly sites: readonly CallSiteFact[];
  readonly inLoop: readonly CallSiteFact[];
  /** Those outside of libraries: a client that many use holds all that could be called, not what this service calls. */
  readonly own: readonly CallSiteFact[];
  /** Different methods and paths of `own`, `GET /orders/{}`, sorted; calls without a known path are left out. */
  readonly operations: readonly string[];
}

/** One entry per direction, sorted by from, to. Calls to outside and within a service are left out. */
export function remoteCalls(facts: Pick<Facts, "components" | "callSites">): readonly RemoteCalls[] {
  const whole = deployedAs(facts);
  const services = new Set(facts.components.filter(isDeployable).map(({ ref }) => ref));
  const isInLibrary = libraryPlaces(facts);
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
      const own = sites.filter((site) => !isInLibrary(site));
      const operations = [...new Set(own.flatMap((site) => operationOf(site) ?? []))].sort();
      return { from, to, sites, inLoop: sites.filter(({ inLoop }) => inLoop), own, operations };
    });
}

/** Whether the place stands in a component that is a library. */
function libraryPlaces({ components }: Pick<Facts, "components">): (site: CallSiteFact) => boolean {
  const indexes = new Map<string, ReturnType<typeof componentIndex>>();
  return ({ evidence: [first] }) => {
    if (first?.type !== "file") return false;
    let indexOf = indexes.get(first.repository);
    if (!indexOf) {
      indexOf = componentIndex(components, ({ repository }) => repository === first.repository);
      indexes.set(first.repository, indexOf);
    }
    return components[indexOf(first.file)]?.kind === "library";
  };
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
