/** Work items from exported files. */
import { basename } from "node:path";
import { experimentalProblem, readRecords } from "#collect/records/index.js";
import type { Problem, SourceFact } from "#model/facts.js";
import type { WorkItemFact } from "#model/running.js";
import { isoDate } from "#util/dates.js";
import { workItemReader } from "./work-item-reader.js";

export interface CollectedWorkItems {
  readonly workItems: readonly WorkItemFact[];
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

/** Sorted by their first step, then id; an item of two files is put together. */
export async function collectWorkItems(files: readonly string[]): Promise<CollectedWorkItems> {
  const reader = workItemReader();
  const sources: SourceFact[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const path = basename(file);
    const before = reader.count();
    let unread = 0;
    const read = await readRecords(file, "work items", (place, record) => {
      const isRead = reader.take(place, record, path);
      if (!isRead && place === "csv") unread++;
    });
    const found = reader.count() - before;
    const own: Problem[] = [
      ...read.problems,
      ...(unread > 0 && found > 0
        ? [
            {
              path,
              line: null,
              message: `${unread} of ${read.records} rows have no id, no state or no time and were skipped`,
              hint: "fill in the columns id, state and entered_at, with ISO times or seconds since 1970",
            },
          ]
        : []),
      ...(found === 0 && read.form !== "empty"
        ? [
            {
              path,
              line: null,
              message: `no work item was found in it`,
              hint: "export CSV with the columns id,state,entered_at[,assignee,team], or a dump of GitHub issues or of a Jira search with changelog",
            },
          ]
        : []),
    ];
    problems.push(...own, ...experimentalProblem(path, reader.experimental(path)));
    sources.push({
      kind: "workitem",
      repository: "",
      path,
      read: found > 0,
      facts: found,
      problem: own[0]?.message ?? null,
      window: null,
    });
  }
  const workItems = reader.done();
  const times = workItems.flatMap(({ steps }) => steps.map(({ at }) => at));
  const window =
    times.length === 0
      ? null
      : { from: isoDate(times.reduce((a, b) => Math.min(a, b))), to: isoDate(times.reduce((a, b) => Math.max(a, b))) };
  return { workItems, sources: sources.map((source) => ({ ...source, window: source.read ? window : null })), problems };
}
