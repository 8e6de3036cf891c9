/** Exported files of running systems and trackers. */
import type { WorkStates } from "#model/running.js";

/** Paths of files; what is empty stays as the facts have it. */
export interface RunningInputs {
  readonly traces: readonly string[];
  readonly deploys: readonly string[];
  readonly work: readonly string[];
  readonly load: readonly string[];
  readonly states: WorkStates | null;
}

export const noRunningInputs: RunningInputs = { traces: [], deploys: [], work: [], load: [], states: null };
