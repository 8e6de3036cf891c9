/** Runs the history engine in this process and says what it found in a form that can be compared. */
import { type Clone, type CloneState, collectHistory, describeClone, locateClones } from "#collect/git/index.js";
import { type Facts, noCodeFacts, noRunningFacts } from "#model/facts.js";
import { factsToJson } from "#model/facts-json.js";
import type { History } from "#model/history.js";

export interface ReadOptions {
  /** Folder of the cache; default none. */
  readonly cache?: string;
  readonly onCacheFailure?: (reason: string) => void;
}

/** The history behind HEAD of the one repository at `directory`. Throws where the engine does, and when there is no commit. */
export async function historyOf(directory: string, options: ReadOptions = {}): Promise<History> {
  const { clone, state } = cloneAt(directory);
  if (state.head === null) throw new Error("no commit");
  return historyUpTo(clone, state, state.head, options);
}

/** The history behind a commit, as if HEAD were there. */
export function historyUpTo(clone: Clone, state: CloneState, head: string, options: ReadOptions = {}): Promise<History> {
  const { cache = null, onCacheFailure } = options;
  return collectHistory(
    clone,
    { ...state, head },
    { cacheDirectory: cache, ...(onCacheFailure === undefined ? {} : { onCacheFailure }) },
  );
}

export function cloneAt(directory: string): { clone: Clone; state: CloneState } {
  const [clone] = locateClones([directory]);
  if (clone === undefined) throw new Error(`no repository in ${directory}`);
  return { clone, state: describeClone(clone) };
}

/** The facts document of one history, as `drystone collect --only history` writes it. */
export function jsonOf(history: History): string {
  return [...factsToJson(factsOf(history))].join("");
}

function factsOf(history: History): Facts {
  return {
    schema: "drystone.facts/2",
    system: { name: "shop", namedBy: "repository" },
    repositories: [],
    sources: [],
    problems: [],
    components: [],
    resources: [],
    teams: [],
    ...noCodeFacts,
    ...noRunningFacts,
    libraries: [],
    relations: [],
    ownershipRules: [],
    histories: [history],
    config: { file: null, people: null, personAliases: [], bots: [], ticketPattern: null, thresholds: {} },
  };
}

/** Commits oldest first with the paths each touched, marked A, D or M as git does. */
export function touchesOf(history: History): string[][] {
  return Array.from({ length: history.committerTimes.length }, (_, commit) => {
    const touches: string[] = [];
    for (let at = history.fileOffsets[commit] ?? 0; at < (history.fileOffsets[commit + 1] ?? 0); at++) {
      touches.push(`${"MAD"[history.statuses[at] ?? 0]} ${history.paths[history.files[at] ?? 0]}`);
    }
    return touches;
  });
}
