import type { CueBody } from "#collect/code/index.js";
import type { SettingEntry } from "./settings-file.js";

/** Says that an entry hints at something. */
export type EmitSetting = (entry: SettingEntry, cue: CueBody) => void;
