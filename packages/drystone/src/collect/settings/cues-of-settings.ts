/** What settings say about other components: addresses, stores, routes, channels, infrastructure. */
import type { Cue } from "#collect/code/index.js";
import { settingText } from "#collect/secrets/index.js";
import { addressCues } from "./address-cues.js";
import { channelCues } from "./channel-cues.js";
import type { EmitSetting } from "./emit-setting.js";
import { indexed, type SettingsIndex } from "./index-of-settings.js";
import { roleCues } from "./role-cues.js";
import { routeCues } from "./route-cues.js";
import type { SettingsFile } from "./settings-file.js";

const maxCues = 2000;

/** In the order of the file, each once. */
export function cuesOfSettings(file: SettingsFile): Cue[] {
  const found = new Map<string, Cue>();
  const emit: EmitSetting = (entry, body) => {
    const key = `${entry.line}\n${JSON.stringify(body)}`;
    if (found.size < maxCues && !found.has(key))
      found.set(key, {
        ...body,
        file: entry.file,
        line: entry.line,
        text: settingText(entry.key, entry.value),
      });
  };
  const index: SettingsIndex = indexed(file);
  for (const read of [addressCues, roleCues, routeCues, channelCues]) read(file, index, emit);
  return [...found.values()].toSorted((a, b) => a.line - b.line);
}
