/** Lead time for changes: from writing a commit to its first deploy to production, where deploys name commits. */
import { changeLeads, productionDeploys } from "#derive/deploys/index.js";
import type { Estate } from "#derive/estate/index.js";
import { kaplanMeierQuantile } from "#derive/flow/index.js";
import type { Measure } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { counted, rounded } from "../_shared/index.js";

export interface ChangesToProduction {
  readonly reasons: readonly string[];
  readonly measures: readonly Measure[];
}

/** Commits below which a quantile says little. */
const leastCommits = 20;
const day = 86_400;

/** Empty without deploys that were recorded, or when their versions are no commits of these repositories. */
export function changesToProduction(estate: Estate): ChangesToProduction {
  const log = productionDeploys(estate.facts, estate.parameters);
  if (log === null || log.proxies) return { reasons: [], measures: [] };
  const leads = changeLeads(
    estate.facts,
    log.deploys.filter(({ success }) => success !== false),
  );
  if (leads.length < leastCommits) return { reasons: [], measures: [] };
  const window = `${isoDate(log.from)}/${isoDate(log.to)}`;
  const quantile = (share: number): number =>
    (kaplanMeierQuantile(
      leads.map(({ lead }) => ({ time: lead, isDone: true })),
      share,
    ) ?? 0) / day;
  const [p50, p85] = [quantile(0.5), quantile(0.85)];
  const told = (id: string, value: number): Measure => ({
    id,
    subjects: ["system"],
    value: rounded(value),
    unit: "days",
    interval: null,
    sample: { n: leads.length, of: "commits" },
    window,
  });
  return {
    reasons: [
      `From commit to production: half of ${counted(leads.length, "commit")} within ${spoken(p50)}, 85 % within ${spoken(p85)}, from the time of writing to the first deploy that holds it.`,
    ],
    measures: [told("flow.change-lead-p50", p50), told("flow.change-lead-p85", p85)],
  };
}

function spoken(days: number): string {
  if (days >= 2) return `${days >= 20 ? Math.round(days) : Math.round(days * 10) / 10} days`;
  const hours = days * 24;
  return hours >= 2 ? `${Math.round(hours)} hours` : `${Math.max(1, Math.round(hours * 60))} minutes`;
}
