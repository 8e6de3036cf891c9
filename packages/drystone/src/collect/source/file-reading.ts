/** What one file says, before it is known to whom it belongs. */
import type { FileSign } from "#collect/baseline/index.js";
import type { FileTokens } from "#collect/clones/index.js";
import type { Cue } from "#collect/code/index.js";
import type { FileImports } from "#collect/imports/index.js";
import type { SettingsFile } from "#collect/settings/index.js";
import type { DaprComponent } from "./dapr-components.js";
import type { ExchangedNames } from "./exchanged-names.js";

export interface FileReading {
  readonly path: string;
  readonly cues: readonly Cue[];
  readonly settings: SettingsFile | null;
  /** For finding copies; null for tests, generated code and what is no program text. */
  readonly tokens: FileTokens | null;
  /** Null for a file of no language whose imports are read. */
  readonly imports: FileImports | null;
  /** Null for languages other than JavaScript and TypeScript. */
  readonly names: ExchangedNames | null;
  /** Building blocks of Dapr that it describes, for whatever application uses them. */
  readonly dapr: readonly DaprComponent[];
  /** What it says about operating its component. */
  readonly signs: readonly FileSign[];
}
