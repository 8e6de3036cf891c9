/** World to facts: the only place that calls collectors. */
import { type Clone, type CloneState, collectHistory, describeClone, locateClones, otherBranch } from "#collect/git/index.js";
import { type Facts, noCodeFacts, noRunningFacts, type Problem, type SourceFact } from "#model/facts.js";
import { commitCount, emptyHistory, type History } from "#model/history.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import type { FilesFacts } from "./collect-files.js";
import type { CollectOptions } from "./options.js";
import { repositoryFact } from "./repository-fact.js";
import { noRunningInputs, type RunningInputs } from "./running-inputs.js";
import { sortedSources } from "./sorted-sources.js";

/** @throws UsageError when there is nothing to read: no repository, no commit, or a configuration with a mistake. */
export async function collectFacts(options: CollectOptions): Promise<Facts> {
  const problems: Problem[] = [];
  const clones = withLocation(options.paths, () =>
    locateClones(options.paths, ({ message, hint }, folder) => {
      // What git says holds paths of this machine, which a result never does.
      const path = printable(folder);
      problems.push({ path, line: null, message: `${path} is left out: git refuses it`, hint: `git -C ${path} status says why` });
      options.warn?.(`left out: ${message}`, hint);
    }),
  );
  for (const { id, askedFor } of clones) {
    if (askedFor !== null)
      options.warn?.(
        `${printable(askedFor)} is a folder of the repository ${id}: the whole repository is read`,
        `to ask about this part of it: drystone advise split ${printable(askedFor)}`,
      );
  }
  const states = clones.map((clone) => describeClone(clone));
  if (states.every(({ head }) => head === null)) {
    const [only] = clones.length === 1 ? clones.map(otherBranch) : [];
    throw new UsageError(
      "DS-U08",
      `${clones.map(({ id }) => id).join(", ")}: ${only ? "no commits on the branch that is checked out" : "no commits yet"}`,
      only ? `git checkout ${printable(only)}` : "commit once, or pass a repository with history",
    );
  }
  // What reads files is loaded only when files are read; it comes before the history, so that a mistake in drystone.yaml is told at once.
  const files = options.onlyHistory
    ? onlyHistory(clones)
    : await (await import("./collect-files.js")).collectFiles(options, clones, states);
  const sources: SourceFact[] = [];
  const histories: History[] = [];
  for (const [index, clone] of clones.entries()) {
    const state = states[index];
    if (state) histories.push(await historyOf(clone, state, options, problems, sources));
  }
  const { paths, dialects, inputs, ...facts } = files;
  const collected: Facts = {
    schema: "drystone.facts/2",
    ...noRunningFacts,
    ...facts,
    repositories: clones.map((clone, index) => repositoryFact(clone, states[index], paths[index], dialects[index])),
    sources: sortedSources([...sources, ...files.sources]),
    problems: [...problems, ...files.problems],
    histories,
  };
  if (options.onlyHistory) return collected;
  const running = mergedInputs(inputs, options.inputs ?? noRunningInputs);
  // Tags and commits never stand beside deploys that were recorded.
  const released = running.deploys.length > 0 ? collected : (await import("./with-releases.js")).withReleases(collected, clones);
  return isGiven(running) ? (await import("./running-facts.js")).withRunningFacts(released, running) : released;
}

/** What the command line names takes the place of what drystone.yaml names. */
function mergedInputs(declared: RunningInputs, given: RunningInputs): RunningInputs {
  const pick = (kind: "traces" | "deploys" | "work" | "load"): readonly string[] =>
    given[kind].length > 0 ? given[kind] : declared[kind];
  return {
    traces: pick("traces"),
    deploys: pick("deploys"),
    work: pick("work"),
    load: pick("load"),
    states: given.states ?? declared.states,
  };
}

function isGiven({ traces, deploys, work, load, states }: RunningInputs): boolean {
  return traces.length + deploys.length + work.length + load.length > 0 || states !== null;
}

function onlyHistory(clones: readonly Clone[]): FilesFacts {
  return {
    system: { name: clones.length === 1 ? (clones[0]?.id ?? "system") : "system", namedBy: "repository" },
    paths: [],
    dialects: [],
    inputs: noRunningInputs,
    loads: [],
    sources: [],
    problems: [],
    components: [],
    resources: [],
    teams: [],
    libraries: [],
    relations: [],
    ...noCodeFacts,
    ownershipRules: [],
    config: { file: null, people: null, personAliases: [], bots: [], ticketPattern: null, thresholds: {} },
  };
}

function withLocation(paths: readonly string[], locate: () => Clone[]): Clone[] {
  const clones = locate();
  if (clones.length === 0)
    throw new UsageError("DS-U05", `no git repository in ${paths.map(printable).join(", ")}`, "pass the folder of a repository");
  return clones;
}

async function historyOf(
  clone: Clone,
  state: CloneState,
  options: CollectOptions,
  problems: Problem[],
  sources: SourceFact[],
): Promise<History> {
  const source = { kind: "git", repository: clone.id, path: ".git", window: null } as const;
  const { head } = state;
  if (head === null) {
    const branch = otherBranch(clone);
    problems.push({
      path: clone.id,
      line: null,
      message:
        branch === null ? `${clone.id} has no commits yet` : `${clone.id} has no commits on the branch that is checked out`,
      hint: branch === null ? "commit once, or leave it out" : `git checkout ${printable(branch)}`,
    });
    sources.push({ ...source, read: false, facts: 0, problem: "no commits" });
    return emptyHistory(clone.id);
  }
  try {
    const history = await collectHistory(
      clone,
      { ...state, head },
      {
        cacheDirectory: options.cacheDirectory,
        progress: (read) => options.progress?.(`${clone.id}: ${read}`),
        onCacheFailure: (reason) =>
          options.warn?.(
            `the cache could not be written: ${reason}`,
            "free some space or make the folder writable, or pass --cache-dir or --no-cache; the result is complete",
          ),
      },
    );
    sources.push({ ...source, read: true, facts: commitCount(history), problem: null });
    return history;
  } catch (error) {
    if (error instanceof UsageError || error instanceof TypeError || error instanceof ReferenceError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    problems.push({
      path: clone.id,
      line: null,
      message: `the history of ${clone.id} could not be read: ${printable(reason)}`,
      hint: "git fsck, or clone it again with its whole history",
    });
    sources.push({ ...source, read: false, facts: 0, problem: printable(reason) });
    return emptyHistory(clone.id);
  }
}
