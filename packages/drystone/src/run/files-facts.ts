/** What the files of repositories say, without their history: enough to see who uses what. */
import { describeClone, locateClones } from "#collect/git/index.js";
import { type Facts, noRunningFacts } from "#model/facts.js";
import { withInputs } from "./collect-files.js";
import { filesFrame } from "./files-frame.js";
import type { CollectOptions } from "./options.js";
import { readFiles } from "./read-files.js";
import { repositoryFact } from "./repository-fact.js";
import { sortedSources } from "./sorted-sources.js";

/** Null where there is no repository. @throws UsageError for a configuration with a mistake. */
export function readFilesFacts(
  options: Pick<CollectOptions, "paths" | "config" | "progress"> &
    Partial<Pick<CollectOptions, "cacheDirectory" | "configRepositories" | "warn">>,
): Facts | null {
  const clones = locateClones(options.paths);
  const states = clones.map((clone) => describeClone(clone));
  if (clones.length === 0 || states.every(({ head }) => head === null)) return null;
  const frame = filesFrame(options, clones, states);
  const read = readFiles(frame, { ...options, cacheDirectory: options.cacheDirectory ?? null });
  const { paths, dialects, inputs: _, ...facts } = withInputs(read, frame, options);
  return {
    schema: "drystone.facts/2",
    ...noRunningFacts,
    ...facts,
    sources: sortedSources(facts.sources),
    repositories: clones.map((clone, index) => repositoryFact(clone, states[index], paths[index], dialects[index])),
    histories: [],
  };
}
