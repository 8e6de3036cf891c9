/** What is known of each component before links are drawn: its cues, its environment, its settings. */
import type { EnvironmentEntry } from "#collect/deployment/index.js";
import type { Placement } from "#collect/inventory/index.js";
import { normalKey, type SettingsFile } from "#collect/settings/index.js";
import type { ComponentFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { FoundCue } from "./found-cue.js";
import { withNearestConstants } from "./nearest-constants.js";

export interface FoundSettings {
  readonly repository: string;
  readonly file: SettingsFile;
  /** True for what a configuration server hands to everybody. */
  readonly shared: boolean;
}

/** A value that a setting of a component has somewhere: in a manifest, an image, a file. */
export interface Given {
  readonly key: string;
  readonly value: string;
  readonly repository: string;
  readonly file: string;
  readonly line: number;
  readonly from: "own" | "shared" | "file";
  readonly profile: string;
  /** True for what a configuration server hands out. */
  readonly served: boolean;
}

export interface Part {
  readonly ref: Ref;
  /** Null for what is only deployed here: its manifests are all that is known. */
  readonly component: ComponentFact | null;
  readonly repository: string;
  readonly cues: readonly FoundCue[];
  /** By normal key. */
  readonly given: ReadonlyMap<string, readonly Given[]>;
  /** Normal keys that its code or its settings read. */
  readonly reads: ReadonlySet<string>;
  readonly settings: readonly FoundSettings[];
  readonly units: readonly Placement[];
  /** Text constants of its code by name: `Topics.ORDERS`, and `ORDERS` where no other class says something else by it. */
  readonly constants: ReadonlyMap<string, string>;
  /** Names under which it registers itself. */
  readonly appNames: readonly string[];
}

/** Cues, settings and files of a component, those of libraries it uses included. */
export interface Belongings {
  readonly cues: readonly FoundCue[];
  readonly settings: readonly FoundSettings[];
}

export function partOf(
  ref: Ref,
  component: ComponentFact | null,
  placed: readonly Placement[],
  { cues: found, settings }: Belongings,
): Part {
  const cues = withNearestConstants(found);
  const units = placed.filter((placement) => placement.ref === ref);
  const given = new Map<string, Given[]>();
  const put = (one: Given) => {
    const key = normalKey(one.key);
    const known = given.get(key);
    if (known === undefined) given.set(key, [one]);
    else if (!known.some(({ value, file, line }) => value === one.value && file === one.file && line === one.line))
      known.push(one);
  };
  const putEntry = (repository: string) => (entry: EnvironmentEntry) => {
    if (entry.value === null) return;
    put({
      key: entry.key,
      value: entry.value,
      repository,
      file: entry.file,
      line: entry.line,
      from: entry.from,
      profile: "",
      served: false,
    });
  };
  for (const { repository, unit, dockerfile } of units) {
    for (const entry of unit?.environment ?? []) putEntry(repository)(entry);
    for (const entry of dockerfile?.environment ?? []) putEntry(repository)(entry);
  }
  for (const { repository, file, shared } of settings) {
    for (const { key, value, line, profile } of file.entries)
      put({
        key,
        value,
        repository,
        file: file.file,
        line,
        from: shared ? "shared" : "file",
        profile,
        served: file.application !== null,
      });
  }
  const reads = new Set<string>();
  const constants = new Map<string, string>();
  /** By their last name; null where several differ. */
  const members = new Map<string, string | null>();
  for (const { cue } of cues) {
    if (cue.kind === "setting") reads.add(normalKey(cue.key));
    else if (cue.kind === "constant") {
      if (!constants.has(cue.name)) constants.set(cue.name, cue.value);
      const last = cue.name.split(".").at(-1) ?? cue.name;
      members.set(last, !members.has(last) || members.get(last) === cue.value ? cue.value : null);
    }
    for (const key of keysIn(JSON.stringify(cue))) reads.add(normalKey(key));
  }
  for (const [name, value] of members) if (value !== null && !constants.has(name)) constants.set(name, value);
  for (const values of given.values())
    for (const { value, from } of values) if (from === "file") for (const key of keysIn(value)) reads.add(normalKey(key));
  const appNames = (given.get("springapplicationname") ?? [])
    .map(({ value }) => value)
    .filter((name) => /^[\w.-]{2,80}$/.test(name));
  return {
    ref,
    component,
    repository: component?.repository ?? units[0]?.repository ?? "",
    cues,
    given,
    reads,
    settings,
    units,
    constants,
    appNames: [...new Set(appNames)],
  };
}

function keysIn(text: string): string[] {
  if (!text.includes("${")) return [];
  return [...text.matchAll(/\$\{([A-Za-z_][\w./:-]{0,120}?)(?::-[^{}]{0,300})?\}/g)].flatMap((match) =>
    match[1] === undefined || match[1].startsWith("const:") ? [] : [match[1]],
  );
}
