import type { Cue } from "#collect/code/index.js";

/** A cue with the repository it was read in. */
export interface FoundCue {
  readonly repository: string;
  readonly cue: Cue;
  /** False for what a library of the component says. */
  readonly own: boolean;
}
