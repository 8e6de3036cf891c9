/** gradle.lockfile, the version catalog, and versions that build scripts keep in variables. */
import { folderOf, lastPart } from "#collect/manifests/index.js";
import { readToml } from "./formats.js";
import { emptyLock, type LockedVersion, type LockedVersions } from "./locked-versions.js";

/** Lines `group:artifact:version=configurations`; null when there are none. */
export function readGradleLock(path: string, text: string): LockedVersions | null {
  const packages = new Map<string, LockedVersion[]>();
  for (const [index, line] of text.split("\n").entries()) {
    const [, name, version] = /^([\w.-]{1,200}:[\w.-]{1,200}):([^=:\s]{1,100})=/.exec(line.slice(0, 600)) ?? [];
    if (name && version) packages.set(name, [{ version, line: index + 1 }]);
  }
  return packages.size === 0 ? null : { ...emptyLock(path, folderOf(path), "maven"), packages };
}

/** libs.versions.toml, which speaks for the folder above its own; null when it names no library with a version. */
export function readVersionCatalog(path: string, text: string): LockedVersions | null {
  const tables = readToml(text.slice(0, 500_000));
  const entries = (table: string) => tables.filter((one) => one.name === table).flatMap((one) => one.entries);
  const versions = new Map(entries("versions").map((entry) => [entry.key, entry.strings[0] ?? ""]));
  const packages = new Map<string, LockedVersion[]>();
  for (const entry of entries("libraries")) {
    const raw = entry.raw.slice(0, 600);
    const quoted = (key: string) => new RegExp(`\\b${key}\\s{0,5}=\\s{0,5}["']([^"']{1,200})["']`).exec(raw)?.[1];
    const short = raw.startsWith("{") ? undefined : entry.strings[0];
    const [group, artifact, inline] = (short ?? quoted("module") ?? `${quoted("group") ?? ""}:${quoted("name") ?? ""}`).split(
      ":",
    );
    const reference = /version\.ref\s{0,5}=\s{0,5}["']([^"']{1,100})["']/.exec(raw)?.[1];
    const version = inline ?? (reference === undefined ? quoted("version") : versions.get(reference)) ?? "";
    if (group && artifact && isExact(version)) packages.set(`${group}:${artifact}`, [{ version, line: entry.line }]);
  }
  const folder = folderOf(path);
  return packages.size === 0
    ? null
    : { ...emptyLock(path, lastPart(folder) === "gradle" ? folderOf(folder) : folder, "maven"), packages };
}

/** Variables of a build script or gradle.properties that hold a version: `springVersion = "3.1.0"`, `set('x', '1')`, `val x by extra("1")`. */
export function gradleVariables(text: string): Map<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.slice(0, 500_000).split("\n")) {
    const short = line.slice(0, 300);
    const [, name, value] =
      /(?:^|[\s.])(\w{1,60})\s{0,5}=\s{0,5}["']?(\d[\w.+-]{0,60})["']?\s{0,5}$/.exec(short) ??
      /\bset\(\s{0,5}["'](\w{1,60})["']\s{0,5},\s{0,5}["'](\d[\w.+-]{0,60})["']/.exec(short) ??
      /\bval (\w{1,60}) by extra(?:\(| \{ )["'](\d[\w.+-]{0,60})["']/.exec(short) ??
      /\[["'](\w{1,60})["']\]\s{0,5}=\s{0,5}["'](\d[\w.+-]{0,60})["']/.exec(short) ??
      [];
    if (name && value && !variables.has(name)) variables.set(name, value);
  }
  return variables;
}

/** Version of the Spring Boot plugin of a build script, which is that of all `org.springframework.boot` artifacts without one of their own; null without it. */
export function springBootVersion(text: string, variables: ReadonlyMap<string, string>): string | null {
  const [, plugin, classpath] =
    /\bid[\s(]{1,3}["']org\.springframework\.boot["']\)?\s{1,5}version\s{1,5}["']([^"'\s]{1,80})["']|["']org\.springframework\.boot:spring-boot-gradle-plugin:([^"'\s]{1,80})["']/.exec(
      text.slice(0, 500_000),
    ) ?? [];
  const written = plugin ?? classpath ?? "";
  const version = written.replace(
    /^\$\{?(?:\w{1,60}\.){0,4}(\w{1,60})\}?$/,
    (whole, name: string) => variables.get(name) ?? whole,
  );
  return isExact(version) ? version : null;
}

function isExact(version: string): boolean {
  return /^\d[\w.-]{0,60}$/.test(version);
}
