/** One service of a compose file as one file says it, before `extends`, overrides and `env_file` are applied. */
import { joinPath, lastPart } from "#collect/manifests/index.js";
import { withoutSlashes } from "#util/slashes.js";
import { record, scalarText, texts, type YamlPath } from "../yaml/index.js";
import { shellWords } from "./command-words.js";
import { type ComposePlace, lineThrough } from "./compose-place.js";
import { composePorts, composeVolumes } from "./compose-values.js";
import type { DependsOn, DeployedPort, EnvironmentEntry, MountedVolume } from "./deployed.js";
import { interpolate, interpolateKnown, type Variables } from "./interpolate.js";

export interface ComposePart {
  readonly file: string;
  readonly line: number;
  readonly image: { readonly text: string; readonly written: string; readonly file: string; readonly line: number } | null;
  readonly build: BuildPart | null;
  readonly environment: ReadonlyMap<string, EnvironmentEntry>;
  readonly envFiles: readonly EnvFileUse[];
  readonly dependsOn: readonly DependsOn[];
  readonly ports: readonly DeployedPort[];
  readonly published: boolean;
  readonly command: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  readonly volumes: readonly MountedVolume[];
  readonly aliases: readonly string[];
  readonly workdir: string | null;
  readonly networkMode: string | null;
  readonly ipc: string | null;
  /** Its deployment mode is one of those that run to an end. */
  readonly job: boolean;
  /** Words of the health check with its line; null without one, and where one is switched off. */
  readonly healthcheck: { readonly words: readonly string[]; readonly line: number } | null;
  /** Services that have to end before this one starts. */
  readonly completes: readonly string[];
  readonly extends: { readonly file: string | null; readonly service: string; readonly line: number } | null;
}

export interface BuildPart {
  readonly context: string | null;
  readonly dockerfile: string | null;
  readonly target: string | null;
  /** Says the context, at `line`. */
  readonly file: string;
  readonly line: number;
  readonly args: readonly string[];
  /** Where the context is when no file says. */
  readonly folder: string;
  /** Name of the repository or folder that is built, where the context is a URL or outside of this repository. */
  readonly elsewhere: string | null;
}

export interface EnvFileUse {
  /** Null when it leads out of the repository. */
  readonly path: string | null;
  readonly written: string;
  readonly required: boolean;
  readonly line: number;
  readonly file: string;
}

const maxEntries = 1000;

/** Reads one service. Never throws; what has another shape than it should have is left out. */
export function composePart(place: ComposePlace, service: Readonly<Record<string, unknown>>): ComposePart {
  const { file, document, at, variables } = place;
  const lineOf = (...path: YamlPath) => lineThrough(place, ...path);
  const image = typeof service["image"] === "string" ? service["image"] : null;
  const command = wordsOf(service["command"], variables);
  const entrypoint = wordsOf(service["entrypoint"], variables);
  return {
    file,
    line: document.lineOf(at),
    image: image === null ? null : { text: interpolate(image, variables), written: image, file, line: lineOf("image") },
    build: buildPart(place, service["build"], lineOf("build")),
    environment: environmentOf(place, service["environment"]),
    envFiles: envFilesOf(place, service["env_file"]),
    dependsOn: [
      ...namesOf(service["depends_on"], variables).map(
        ({ name, step }): DependsOn => ({ name, line: lineOf("depends_on", step), alias: null, kind: "depends_on" }),
      ),
      ...["links", "external_links"].flatMap((key) =>
        namesOf(service[key], variables).map(({ name, step }): DependsOn => {
          const [target = name, alias = null] = name.split(":", 2);
          return { name: target, line: lineOf(key, step), alias: alias === target ? null : alias, kind: "link" };
        }),
      ),
    ],
    ...composePorts(service["ports"], service["expose"], variables),
    command,
    entrypoint,
    volumes: composeVolumes(place, service["volumes"], lineOf),
    aliases: [
      text(service["container_name"], variables),
      text(service["hostname"], variables),
      ...networkAliases(service["networks"], variables),
    ].filter((alias) => alias !== "" && alias !== "localhost" && !/^[\d.]+$/.test(alias)),
    workdir: text(service["working_dir"], variables) || null,
    networkMode: text(service["network_mode"], variables) || text(service["net"], variables) || null,
    ipc: text(service["ipc"], variables) || null,
    healthcheck: healthcheckOf(record(service["healthcheck"]), variables, lineOf("healthcheck")),
    completes: Object.entries(record(service["depends_on"])).flatMap(([name, options]) =>
      record(options)["condition"] === "service_completed_successfully" ? [name] : [],
    ),
    job: text(record(service["deploy"])["mode"], variables).endsWith("-job"),
    extends: extendsOf(place, service["extends"], lineOf("extends")),
  };
}

function text(value: unknown, variables: Variables): string {
  return typeof value === "string" ? interpolate(value, variables) : typeof value === "number" ? String(value) : "";
}

function wordsOf(value: unknown, variables: Variables): string[] | null {
  if (typeof value === "string") return shellWords(interpolate(value, variables));
  return Array.isArray(value) ? value.slice(0, maxEntries).map((word) => interpolate(scalarText(word), variables)) : null;
}

function environmentOf(place: ComposePlace, value: unknown): Map<string, EnvironmentEntry> {
  const found = new Map<string, EnvironmentEntry>();
  const add = (key: string, written: string | null, step: string | number) => {
    const known = written === null ? (place.variables.get(key) ?? null) : interpolateKnown(written, place.variables);
    const line = lineThrough(place, "environment", step);
    if (key !== "") found.set(key, { key, value: known, file: place.file, line, from: "own" });
  };
  if (Array.isArray(value)) {
    for (const [index, item] of value.slice(0, maxEntries).entries()) {
      const entry = scalarText(item);
      const equals = entry.indexOf("=");
      if (equals < 0) add(entry.trim(), null, index);
      else add(entry.slice(0, equals).trim(), entry.slice(equals + 1), index);
    }
  } else {
    for (const [key, item] of Object.entries(record(value)).slice(0, maxEntries))
      add(key, item === null ? null : scalarText(item), key);
  }
  return found;
}

function envFilesOf(place: ComposePlace, value: unknown): EnvFileUse[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return items.slice(0, 50).flatMap((item, index) => {
    const options = record(item);
    const written = typeof item === "string" ? item : scalarText(options["path"]);
    if (written === "") return [];
    const path = joinPath(place.folder, interpolate(written, place.variables));
    const line = lineThrough(place, "env_file", ...(Array.isArray(value) ? [index] : []));
    return [{ path, written, required: options["required"] !== false, line, file: place.file }];
  });
}

function healthcheckOf(check: Readonly<Record<string, unknown>>, variables: Variables, line: number): ComposePart["healthcheck"] {
  const words = wordsOf(check["test"], variables) ?? [];
  const [first] = words;
  if (first === undefined || first === "NONE" || check["disable"] === true) return null;
  return { words: first === "CMD" || first === "CMD-SHELL" ? words.slice(1) : words, line };
}

/** Names of a list, or keys of a map. */
function namesOf(value: unknown, variables: Variables): { name: string; step: string | number }[] {
  return Array.isArray(value)
    ? texts(value).map((name, step) => ({ name: interpolate(name, variables), step }))
    : Object.keys(record(value)).map((name) => ({ name, step: name }));
}

function networkAliases(value: unknown, variables: Variables): string[] {
  return Object.values(record(value)).flatMap((network) => {
    const aliases = record(network)["aliases"];
    return Array.isArray(aliases) ? aliases.map((alias) => text(alias, variables)) : [];
  });
}

function buildPart(place: ComposePlace, value: unknown, line: number): BuildPart | null {
  if (value === undefined || value === null) return null;
  const { variables } = place;
  const options = record(value);
  const written = typeof value === "string" ? value : typeof options["context"] === "string" ? options["context"] : null;
  const isAddress = /^[\w.-]{1,100}@[\w.-]{1,200}:/.test(written ?? "");
  const context = written === null || isAddress ? null : joinPath(place.folder, interpolate(written, variables) || ".");
  const dockerfile = text(options["dockerfile"], variables);
  const args = options["args"];
  const values = Array.isArray(args)
    ? args.map((arg) => scalarText(arg).split("=", 2)[1] ?? "")
    : Object.values(record(args)).map(scalarText);
  return {
    context,
    dockerfile: dockerfile === "" ? null : dockerfile,
    target: text(options["target"], variables) || null,
    file: place.file,
    line,
    args: values.slice(0, 100).map((arg) => interpolate(arg, variables)),
    folder: place.folder,
    elsewhere: written !== null && context === null ? nameElsewhere(interpolate(written, variables)) : null,
  };
}

/** `../orders`, `https://host/shop/orders.git#main`, `git@host:shop/mono.git#main:orders` are all `orders`. */
function nameElsewhere(context: string): string {
  const [place = "", fragment = ""] = context.slice(0, 1000).split("#", 2);
  const folder = fragment.includes(":") ? fragment.slice(fragment.indexOf(":") + 1) : place;
  return lastPart(withoutSlashes(folder)).replace(/\.git$/, "");
}

function extendsOf(place: ComposePlace, value: unknown, line: number): ComposePart["extends"] {
  const options = record(value);
  const service = typeof value === "string" ? value : scalarText(options["service"]);
  const file = text(options["file"], place.variables);
  return service === "" ? null : { file: file === "" ? null : file, service, line };
}
