/** Deploys from exported files. */
import { basename } from "node:path";
import { type ComponentNames, readRecords } from "#collect/records/index.js";
import type { DeployFact, Problem, SourceFact } from "#model/facts.js";
import { isoDate } from "#util/dates.js";
import { deployFact, deployReader } from "./deploy-reader.js";
import { githubDeployments } from "./github.js";

export interface CollectedDeploys {
  readonly deploys: readonly DeployFact[];
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

/** Sorted by time; the same deploy in two files counts once. */
export async function collectDeploys(files: readonly string[], names: ComponentNames): Promise<CollectedDeploys> {
  const github = githubDeployments();
  const reads = [];
  for (const file of files) {
    const path = basename(file);
    const reader = deployReader(path, names, github);
    const { problems, form } = await readRecords(file, "deploys", (place, record) => reader.take(place, record));
    reads.push({ path, problems, form, ...reader.done() });
  }
  const ofGithub = github.done().map((read) => deployFact(read, read.source, names));
  const deploys = new Map<string, DeployFact>();
  const sources: SourceFact[] = [];
  const problems: Problem[] = [];
  for (const { path, problems: broken, form, found: plain, unread, parts, why } of reads) {
    const found = [...plain, ...ofGithub.filter(({ source }) => source === path)];
    for (const deploy of found)
      deploys.set(`${deploy.service}\0${deploy.time}\0${deploy.version}\0${deploy.environment}`, deploy);
    const own = [...broken, ...unreadProblem(path, unread, found.length + parts, why, form === "empty")];
    problems.push(...own);
    sources.push({
      kind: "deploy",
      repository: "",
      path,
      read: found.length + parts > 0,
      facts: found.length,
      problem: own[0]?.message ?? null,
      window: windowOf(found),
    });
  }
  return { deploys: [...deploys.values()].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1)), sources, problems };
}

function unreadProblem(path: string, unread: number, found: number, why: string | null, isEmpty: boolean): Problem[] {
  if (isEmpty || (unread === 0 && found > 0)) return [];
  const message =
    found === 0 && why === null
      ? `no deploy was found in it`
      : `${unread} of ${unread + found} records ${unread === 1 ? "is" : "are"} no deploy: ${why ?? "no service or time"}`;
  return [
    { path, line: null, message, hint: 'write one JSON object per line: {"service","version","time","environment","success"}' },
  ];
}

function windowOf(deploys: readonly DeployFact[]): SourceFact["window"] {
  if (deploys.length === 0) return null;
  const times = deploys.map(({ time }) => time);
  return { from: isoDate(times.reduce((a, b) => Math.min(a, b))), to: isoDate(times.reduce((a, b) => Math.max(a, b))) };
}
