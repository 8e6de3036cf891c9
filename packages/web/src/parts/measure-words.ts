/** What the numbers of a result are called, for readers who do not know their ids. */
import { clean } from "../../../drystone/src/report/_shared/index.js";

const words = new Map<string, string>([
  ["boundary.fan-in", "Share of the other services that use it"],
  ["calls.depth", "Calls below one request, one inside of the other"],
  ["calls.fan-out", "Services that it calls"],
  ["calls.operations", "Operations in use"],
  ["clones.share", "Lines that stand in another service too"],
  ["coupling.ripple", "Changes that touch another service as well"],
  ["coupling.sweeps", "Changes that touch almost everything"],
  ["datastore.access-entropy", "How evenly services use the tables"],
  ["datastore.level", "Level of sharing, 0 to 5"],
  ["datastore.shared-level", "Level of sharing, 0 to 5"],
  ["deploy.shared-version", "Services that take their version from one place"],
  ["history.changes", "Changes"],
  ["library.upgrade-only", "Changes that only raise a version"],
  ["mandate.back-doors", "Ways around its interfaces"],
  ["mandate.externalisable", "Items met before outsiders may use it"],
  ["models.shared", "Types of data that others share"],
  ["spread.fragmentation", "How the changes are spread over people"],
  ["coordination.cohesion", "Members who change what others of the team change"],
  ["team.layers", "Layers that it changes"],
  ["team.needs-other-layer", "Changes that need a layer of another team"],
  ["team.people", "People"],
  ["team.retention", "Still there after six months"],
  ["team.span", "What it changes"],
  ["team.truck-factor", "Truck factor"],
]);

const families = new Map<string, string>([
  ["baseline", "Baseline"],
  ["sensitivity", "Other settings"],
  ["cost", "Cost"],
  ["benefit", "Benefit"],
  ["trend", "Trend"],
]);

/** Words for an id; an id without words is taken apart: `baseline.json-logs` is "Baseline: json logs". */
export function measureWords(id: string): string {
  const known = words.get(id);
  if (known !== undefined) return known;
  const [family = "", ...rest] = clean(id, 60).split(".");
  const tail = rest.join(" ").replaceAll("-", " ");
  return tail === "" ? family : `${families.get(family) ?? family.charAt(0).toUpperCase() + family.slice(1)}: ${tail}`;
}
