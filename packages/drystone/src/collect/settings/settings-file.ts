/** What a settings file says, key by key. */
import type { Template } from "#collect/code/index.js";
import type { Problem } from "#model/facts.js";

export interface SettingEntry {
  /** As written, parts joined by `.`, in appsettings by `:`; items of lists as `key[0]`. */
  readonly key: string;
  /** With `${KEY:-default}` for what others decide. */
  readonly value: Template;
  readonly file: string;
  readonly line: number;
  /** "" where it always holds. */
  readonly profile: string;
}

export interface SettingsFile {
  readonly file: string;
  /** Name of the application the file is served to by a configuration server; `application` for all of them; null: it belongs to whoever owns its folder. */
  readonly application: string | null;
  /** Profile of the name of the file, "" for the default. */
  readonly profile: string;
  readonly entries: readonly SettingEntry[];
  readonly problems: readonly Problem[];
}

export const maxEntries = 4000;
export const maxText = 1024 * 1024;
