import { springTemplate } from "#collect/code/index.js";
import { lastPart } from "#collect/manifests/index.js";
import { valueWithoutSecrets } from "#collect/secrets/index.js";
import { readHocon } from "./hocon.js";
import { isTestProfile, profileOfName, type Served, servedAs } from "./is-settings-file.js";
import { readEnvironment, readProperties, readSections } from "./lines.js";
import { readLogAppenders } from "./log-appenders.js";
import type { RawFile } from "./raw-entry.js";
import { maxEntries, maxText, type SettingEntry, type SettingsFile } from "./settings-file.js";
import { readTree } from "./tree.js";

/**
 * Settings of a file in order; at most 4,000. Null when the path or the content is no file of settings. Never throws.
 * @param served for which application a configuration server hands the file out.
 */
export function readSettingsFile(path: string, text: string, served: Served | null = servedAs(path)): SettingsFile | null {
  if (text.length > maxText) return null;
  const raw = rawEntries(path, text);
  if (raw === null) return null;
  const ofFile = served?.profile ?? profileOfName(path);
  const entries: SettingEntry[] = [];
  for (const entry of raw.entries.slice(0, maxEntries)) {
    const quarkus = /^%([\w,-]{1,40})\.(.*)$/s.exec(entry.key);
    const profile = quarkus?.[1] ?? entry.profile ?? ofFile;
    if (isTestProfile(profile)) continue;
    // Collectors of telemetry write `${env:NAME}`.
    const value = isShell(path) ? entry.value : springTemplate(entry.value.replace(/\$\{env:([A-Za-z_])/g, "${$1"));
    const key = quarkus?.[2] ?? entry.key;
    entries.push({
      key,
      value: valueWithoutSecrets(key, value.replace(/\$\{random\.[^{}]{1,60}\}/g, "{}").slice(0, 4000)),
      file: path,
      line: entry.line,
      profile,
    });
  }
  return { file: path, application: served?.application ?? null, profile: ofFile, entries, problems: raw.problems };
}

function rawEntries(path: string, text: string): RawFile | null {
  const name = lastPart(path).toLowerCase();
  if (isShell(path)) return { entries: readEnvironment(text), problems: [] };
  if (/\.ya?ml$|\.json$/.test(name)) return readTree(path, text);
  if (name.endsWith(".properties")) return { entries: readProperties(text), problems: [] };
  // Web servers write theirs another way.
  if (
    name.endsWith(".conf") &&
    /^\s{0,60}(?:server|location|upstream|events|http|stream)\b[^{}=\n]{0,200}\{/m.test(text) &&
    text.includes(";")
  )
    return null;
  if (name.endsWith(".conf")) return { entries: readHocon(text), problems: [] };
  if (/\.(?:toml|ini|cfg)$/.test(name)) return { entries: readSections(text), problems: [] };
  if (/\.xml$|^nlog\.config$/.test(name)) return { entries: readLogAppenders(text), problems: [] };
  return null;
}

/** `.env` files: their placeholders are those of shells already. */
function isShell(path: string): boolean {
  return /^\.env(?:\.|$)|\.env$/.test(lastPart(path));
}
