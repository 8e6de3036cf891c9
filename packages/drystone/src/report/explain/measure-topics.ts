/** What each measure is, in one sentence, and which question it belongs to. */
import { type Topic, topicOf } from "#report/_shared/index.js";

export interface MeasureTopic {
  /** What the number says; "" for one that is not known here. */
  readonly meaning: string;
  /** The question whose definition, source and parameters hold for it; null when it belongs to none. */
  readonly question: string | null;
  readonly source: string;
  readonly parameters: readonly string[];
}

export function measureTopic(id: string): MeasureTopic {
  const [prefix = "", rest = ""] = id.split(/\.(.*)/s);
  const question = questions.get(id) ?? (prefix === "sensitivity" ? rest : (questions.get(prefix) ?? null));
  const topic: Pick<Topic, "source" | "parameters"> = question === null ? { source: "", parameters: [] } : topicOf(question);
  return {
    meaning: meanings.get(id) ?? meanings.get(prefix) ?? "",
    question,
    source: sources.get(prefix) ?? topic.source,
    parameters: prefix === "sensitivity" || prefix === "trend" ? ["J", ...topic.parameters] : topic.parameters,
  };
}

const questions = new Map([
  ["baseline", "operational-baseline"],
  ["benefit", "boundary-cost"],
  ["boundary", "boundary-candidates"],
  ["boundary.fan-in", "boundary-quality"],
  ["calls", "chattiness"],
  ["chattiness", "chattiness"],
  ["clones", "shared-code"],
  ["coordination", "coordination"],
  ["cost", "boundary-cost"],
  ["coupling", "change-coupling"],
  ["datastore", "shared-datastore"],
  ["decomposition", "boundary-candidates"],
  ["deploy", "lockstep-deployment"],
  ["event", "change-coupling"],
  ["flow", "flow"],
  ["history", "change-coupling"],
  ["library", "library-drift"],
  ["mandate", "interface-mandate"],
  ["models", "shared-code"],
  ["modules", "module-boundaries"],
  ["ownership", "ownership"],
  ["sensitivity.outcome", ""],
  ["spread", "developer-spread"],
  ["team", "team-shape"],
  ["traces", "chattiness"],
  ["trend", "change-coupling"],
]);

const sources = new Map([
  ["decomposition", "Published formulas as their authors implemented them. None of them is quality."],
  ["sensitivity", "Ours. Limits: parameters J."],
  ["trend", "Wilson's interval of each period; Newcombe's for the difference of two windows. Limits: parameters J."],
]);

const meanings = new Map([
  ["baseline", "Whether one item of the operational baseline is there, as the files of a service say."],
  [
    "benefit.contract-changes",
    "Changes of its contract that would still need its consumers, per month, after a boundary was drawn.",
  ],
  ["benefit.coordination", "Changes per month that today need people or files of another team, which a boundary would remove."],
  ["boundary.fan-in", "Share of the other services that call it and wait."],
  ["boundary.layers", "How many kinds of links joined the files, with the weight of each."],
  ["boundary.moved-files", "Files of the candidate that lie outside of the part of today that holds most of it."],
  ["boundary.similarity", "How near all candidates together are to the parts of today: 100 where nothing would move."],
  ["calls.depth", "The longest chain of calls between services, each inside of the one before."],
  ["calls.fan-out", "How many other services it calls."],
  ["calls.operations", "Different operations that the first calls of the second."],
  ["calls.per-request", "Calls from the first to the second in each request of a user in which they talk at all."],
  ["chattiness.calls", "Calls between services for one request: three quarters of the requests need no more."],
  ["chattiness.depth", "Calls between services inside of each other: three quarters of the requests go no deeper."],
  [
    "chattiness.net",
    "Share of the time of a request that is spent between client and server: half of the requests spend no more.",
  ],
  ["chattiness.repeat", "How often one handler calls the same operation: three quarters of the requests repeat no more."],
  [
    "chattiness.serial",
    "Calls that the answer has to wait for one after the other: three quarters of the requests wait for no more.",
  ],
  ["clones.share", "Share of its lines that stand in another service too, names and literals aside."],
  ["coordination.cohesion", "Share of what the people of a team have to coordinate that stays inside of the team."],
  ["coordination.congruence", "Of the pairs of people who have to coordinate, the share that visibly does."],
  ["coordination.cross-team", "Share of the change sets that need files or people of another team."],
  ["coordination.need", "How much the people of two teams have to coordinate, from what they change together."],
  ["cost.availability", "Minutes of failure more in a month for what waits for it, if it fails as often as assumed."],
  ["cost.interfaces", "Imports and calls that cross its border today and would go over a network."],
  ["cost.latency", "Time that each of these calls takes longer when they follow each other."],
  ["cost.operations", "What one more deployable takes each month."],
  ["cost.transactions", "Files that write tables of both sides: each is a transaction that a boundary would cut."],
  ["coupling.degree", "Change sets that both share, over the mean of their change sets."],
  ["coupling.ripple", "Share of its change sets that touch another service too."],
  ["coupling.sweeps", "Share of the change sets left out because they touch nearly everything."],
  ["datastore.access-entropy", "How evenly the accesses of tables are spread over services: 0 where each table has one user."],
  ["datastore.level", "What its users share of a datastore: 0 a server of its own, 5 a table that several write."],
  ["datastore.shared-level", "What two services share of a datastore: 1 a server, 5 a table that both write."],
  ["decomposition.bcp", "Owners in a part, as a logarithm, on average."],
  [
    "decomposition.icp",
    "Share of the imports that cross parts, each counted by the logarithm of how many there are; with its distance from chance.",
  ],
  ["decomposition.icp-raw", "Share of the imports that cross parts, each counted as often as it is there."],
  ["decomposition.ifn", "Pairs of files whose imports cross parts, per part."],
  ["decomposition.migration-complexity", "Accesses of tables across parts that others make the other way round."],
  ["decomposition.ned", "Share of the files in parts of fewer than 5 or more than 20 files."],
  ["decomposition.sm", "Imports inside of parts over those possible, less imports between parts over those possible."],
  ["decomposition.table-entropy", "How evenly the use of a table is spread over parts, on average."],
  ["decomposition.tsr", "Authors of a part over all authors, on average."],
  ["decomposition.turbo-mq", "Sum over parts of imports inside, over those inside and across."],
  ["deploy.batch-share", "Share of the groups of deploys close to each other that hold more than one service."],
  ["deploy.failed-alone", "Share of the deploys that failed, of those that came alone."],
  ["deploy.failed-together", "Share of the deploys that failed, of those that came with another service."],
  ["deploy.frequency", "Deploys of a service per week."],
  ["deploy.shared-version", "Share of the services whose version stands for several in the manifests."],
  [
    "deploy.together",
    "Of the deploys of one, the share that came with one of the other; `expected` is what their days and hours explain.",
  ],
  ["deploy.week", "Deploys of a service in one week."],
  ["event", "Something in the history that numbers over time have to be read with."],
  ["flow.efficiency-least", "Share of the lead time in which somebody worked on it, at least: sessions of commits."],
  ["flow.efficiency-most", "Share of the lead time in which somebody worked on it, at most: states that mean work."],
  ["flow.hand-offs", "How often an item goes from one team to another."],
  ["flow.lead-by-month", "Days from coming into being to done, of half of the items of a month."],
  ["flow.lead-p50", "Days from coming into being to done that half of the items need at most, open ones counted."],
  ["flow.lead-p85", "Days from coming into being to done that 85 % of the items need at most, open ones counted."],
  ["flow.lead-p95", "Days from coming into being to done that 95 % of the items need at most, open ones counted."],
  [
    "flow.little-error",
    "How far items in progress and arrivals times lead time are apart: above a limit the window was not steady.",
  ],
  ["flow.moves", "Items that went from one state to another."],
  ["flow.ping-pongs", "How often an item comes back to a team that had it before."],
  ["flow.state", "Share of the lead time spent in a state."],
  ["flow.wait", "Share of the lead time in which an item waited for a team."],
  ["history.changes", "Change sets that touch it, week by week."],
  ["history.shared", "Change sets that touch both."],
  ["library.blast", "Upgrades of services that its changes ask for per month."],
  ["library.divergence", "How far the versions in use are apart: 0 where all use one."],
  ["library.reach", "Services that one change of it reaches."],
  ["library.third-party-divergence", "Share of the libraries from elsewhere that are used in several versions."],
  ["library.upgrade-only", "Share of the change sets that do nothing but raise versions."],
  ["mandate.back-doors", "Ways around the interfaces of services, each service and kind counted once."],
  ["mandate.externalisable", "Share of what outsiders would need of a contract that is there."],
  ["models.shared", "Types of data of one name and mostly the same fields in several services."],
  ["modules.imports", "Imports from the first to the second."],
  ["ownership.share", "Share of its change sets that its strongest owner makes."],
  ["ownership.team-share", "Share of its change sets that a team makes."],
  ["sensitivity", "The same question under eight other settings: how many give another answer."],
  ["spread.effective-services", "Over how many services the changes of a developer are evenly spread, in the median."],
  ["spread.fragmentation", "How scattered the changes of a service are over people: 0 for one person."],
  ["team.layers", "How much a team works in one technical layer alone."],
  ["team.needs-other-layer", "Share of the changes of a team that need another layer of another team."],
  ["team.people", "People who changed something in the window."],
  ["team.retention", "Share of the members of six months ago who are still there."],
  ["team.size", "Members of a team."],
  ["team.span", "Components that a team changes."],
  ["team.truck-factor", "People who would have to leave before most files have no author."],
  ["traces.orphans", "Share of the spans whose parent is missing: above a limit the trace context is not passed on."],
  ["trend.active", "Modules changed in a quarter."],
  ["trend.change", "The last year against the year before, with its margin."],
  ["trend.changes", "Change sets of a quarter."],
  ["trend.cross-team", "Share of the change sets of a quarter that need another team."],
  ["trend.people", "People who changed something in a quarter."],
  ["trend.ripple", "Share of the change sets of a quarter that touch several services."],
  ["trend.sweeps", "Share of the change sets of a quarter that touch nearly everything."],
]);
