/** What a detector is: a small rule about one library, framework or format. */
import type { CueBody } from "./cue.js";
import type { Language } from "./language.js";
import type { Source } from "./source.js";

export interface Detector {
  /** `javascript/axios`: language and what it knows. */
  readonly name: string;
  readonly languages: readonly Language[];
  /** Runs only on files that hold at least one of these; null: on every file. Plain text, compared as written. */
  readonly words: readonly string[] | null;
  readonly detect: (source: Source, emit: Emit) => void;
}

/** Says that `cue` stands at an offset of the text. */
export type Emit = (offset: number, cue: CueBody) => void;
