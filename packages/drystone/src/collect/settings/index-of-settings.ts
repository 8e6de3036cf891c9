/** Settings of one file by normal key, so that neighbours find each other. */
import { normalKey } from "./normal-key.js";
import type { SettingEntry, SettingsFile } from "./settings-file.js";

export interface SettingsIndex {
  /** The entry whose normal key is the given one, of the same profile if there is one, else of the default. */
  readonly get: (normal: string, profile: string) => SettingEntry | null;
  readonly normal: (entry: SettingEntry) => string;
}

export function indexed({ entries }: SettingsFile): SettingsIndex {
  const byKey = new Map<string, SettingEntry[]>();
  const normals = new Map<SettingEntry, string>();
  for (const entry of entries) {
    const normal = normalKey(entry.key);
    normals.set(entry, normal);
    const list = byKey.get(normal);
    if (list === undefined) byKey.set(normal, [entry]);
    else list.push(entry);
  }
  return {
    get: (normal, profile) => {
      const list = byKey.get(normal) ?? [];
      return list.find((entry) => entry.profile === profile) ?? list.find((entry) => entry.profile === "") ?? list[0] ?? null;
    },
    normal: (entry) => normals.get(entry) ?? normalKey(entry.key),
  };
}
