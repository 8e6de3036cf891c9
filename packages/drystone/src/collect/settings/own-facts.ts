/** What settings say about the program itself. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { withoutSlashes } from "#util/slashes.js";
import { normalKey } from "./normal-key.js";
import type { SettingEntry, SettingsFile } from "./settings-file.js";

/** The name under which it registers itself; null when no file says it in plain text. */
export function applicationName(files: readonly SettingsFile[]): string | null {
  return plainValue(files, /^(?:spring|micronaut|quarkus)applicationname$/);
}

/** What all its paths begin with, `/accounts`; "" when nothing. */
export function contextPath(files: readonly SettingsFile[]): string {
  const found = plainValue(
    files,
    /^(?:server(?:servlet)?contextpath|micronautservercontextpath|quarkushttprootpath|springwebfluxbasepath|playhttpcontext)$/,
  );
  const path = withoutSlashes(found ?? "");
  return path === "" || /[\s{}]/.test(path) ? "" : `/${path}`;
}

/** Ports it listens on, ascending. */
export function ownPorts(files: readonly SettingsFile[]): number[] {
  const found = new Set<number>();
  for (const { entries } of files)
    for (const { key, value } of entries) {
      const normal = normalKey(key);
      const isPort =
        /^(?:serverport|micronautserverport|quarkushttpport|quarkusgrpcserverport|grpcserverport|managementserverport|port|appport|httpport|nodeport|ktordeploymentport|playserverhttpport)$/.test(
          normal,
        );
      const isUrls = /applicationurl$|^urls$|^aspnetcoreurls$|^kestrelendpoints\w{1,40}url$/.test(normal);
      const texts = isPort
        ? [fallbackOf(value)]
        : isUrls
          ? [...value.matchAll(/:(\d{2,5})(?=$|[/;,])/g)].map((match) => match[1] ?? "")
          : [];
      for (const text of texts) {
        const port = Number(text);
        if (Number.isInteger(port) && port > 0 && port < 65_536) found.add(port);
      }
    }
  return [...found].toSorted((a, b) => a - b);
}

/** Where a configuration server reads what it hands out. */
export interface ConfigServerLocation {
  readonly kind: "git" | "native" | "vault" | "svn" | "jdbc" | "other";
  /** As written; templates stay. */
  readonly location: string;
  /** Folders of this repository that it may mean; empty when it lies outside or nobody can tell. */
  readonly folders: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly profile: string;
}

export function configServerLocations(files: readonly SettingsFile[]): ConfigServerLocation[] {
  return files.flatMap(({ entries }) =>
    entries.flatMap((entry): ConfigServerLocation[] => {
      const found =
        /^springcloudconfigserver(git|native|vault|svn|jdbc|\w{1,20}?)(?:repos\w{1,60})?(uri|url|searchlocations\d{0,2}|host)$/.exec(
          normalKey(entry.key),
        );
      if (found === null || entry.value === "") return [];
      const kind = (["git", "native", "vault", "svn", "jdbc"] as const).find((one) => one === found[1]) ?? "other";
      return entry.value.split(",").map((written) => {
        const location = written.trim();
        return {
          kind,
          location,
          folders: kind === "native" || /^file:|^\.{0,2}\//.test(location) ? foldersOf(location, entry) : [],
          file: entry.file,
          line: entry.line,
          profile: entry.profile,
        };
      });
    }),
  );
}

/** `classpath:/shared` is a folder of the resources; `file:./config-repo` one beside of the program or at the root. */
function foldersOf(location: string, { file }: SettingEntry): string[] {
  const rest = location.replace(/\{(?:application|profile|label)\}.*$/, "").replace(/\/$/, "");
  if (/[${}]/.test(rest)) return [];
  const resources = folderOf(file);
  const inClasses = /^(?:optional:)?classpath\*?:\/{0,2}(.*)$/.exec(rest)?.[1];
  if (inClasses !== undefined) return [joinPath(resources, inClasses)].flatMap((folder) => folder ?? []);
  const onDisk = /^(?:optional:)?(?:file:(?:\/\/)?)?(\.{0,2}\/?.*)$/.exec(rest)?.[1];
  if (onDisk === undefined || onDisk === "" || onDisk.startsWith("/")) return [];
  const program = resources.replace(/\/?src\/main\/resources.*$/, "");
  return [...new Set([joinPath(program, onDisk), joinPath("", onDisk)].flatMap((folder) => folder ?? []))];
}

/** True when Zuul only sends where its routes say: `zuul.ignored-services: "*"`. */
export function zuulIgnoresOthers(files: readonly SettingsFile[]): boolean {
  return files.some(({ entries }) =>
    entries.some(({ key, value }) => /^zuulignoredservices\d{0,2}$/.test(normalKey(key)) && value.trim() === "*"),
  );
}

/** The first plain value of a key: of the default profile before others, of own files before served ones. */
function plainValue(files: readonly SettingsFile[], key: RegExp): string | null {
  const found = files
    .flatMap(({ entries, application }) => entries.map((entry) => ({ entry, served: application !== null })))
    .filter(({ entry }) => key.test(normalKey(entry.key)))
    .toSorted((a, b) => Number(a.served) - Number(b.served) || Number(a.entry.profile !== "") - Number(b.entry.profile !== ""));
  for (const { entry } of found) {
    const value = fallbackOf(entry.value).trim();
    if (value !== "" && !value.includes("${") && !value.includes("@")) return value;
  }
  return null;
}

/** `${PORT:-8080}` is 8080. */
function fallbackOf(value: string): string {
  return /^\$\{[\w.-]{1,160}:-([^{}]{0,300})\}$/.exec(value)?.[1] ?? value;
}
