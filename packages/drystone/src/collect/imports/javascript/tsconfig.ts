/** `paths` and `baseUrl` of tsconfig.json and jsconfig.json, with what they extend. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { record, texts } from "#collect/yaml/index.js";
import { readJsonc } from "./jsonc.js";

export interface PathAliases {
  /** Longest prefix first, as TypeScript chooses. */
  readonly patterns: readonly PathPattern[];
  /** Folder, relative to the repository; null when there is none. */
  readonly baseUrl: string | null;
}

export interface PathPattern {
  /** Before and behind the `*`; `suffix` is null for a pattern without one. */
  readonly prefix: string;
  readonly suffix: string | null;
  /** Paths relative to the repository, with `*`. */
  readonly targets: readonly string[];
}

interface Options {
  readonly paths: { readonly folder: string; readonly entries: Readonly<Record<string, unknown>> } | null;
  readonly baseUrl: string | null;
}

/** @param fileOf finds the file that an `extends` or a reference of a configuration names; null when it is not in the repository. */
export function readAliases(
  path: string,
  textOf: (path: string) => string | undefined,
  fileOf: (from: string, target: string) => string | null,
): readonly PathAliases[] {
  const read = (file: string) => aliasesOf(optionsOf(file, file, textOf, fileOf, new Set()));
  const own = read(path);
  const root = record(readJsonc(textOf(path) ?? ""));
  // A configuration that only lists others: their files stand in the same folder.
  const references = Array.isArray(root["references"]) ? root["references"].slice(0, 100) : [];
  const referenced = references.flatMap((reference) => {
    const target = record(reference)["path"];
    const file = typeof target === "string" ? fileOf(path, target.startsWith(".") ? target : `./${target}`) : null;
    return file !== null && folderOf(file) === folderOf(path) && file !== path ? [read(file)] : [];
  });
  return [own, ...referenced].filter(({ patterns, baseUrl }) => patterns.length > 0 || baseUrl !== null);
}

function optionsOf(
  path: string,
  user: string,
  textOf: (path: string) => string | undefined,
  fileOf: (from: string, target: string) => string | null,
  seen: Set<string>,
): Options {
  seen.add(path);
  const root = record(readJsonc(textOf(path) ?? ""));
  const own = record(root["compilerOptions"]);
  // Each file is read once: they may extend each other in a circle.
  const inherited = texts(root["extends"])
    .flatMap((target) => fileOf(path, target) ?? [])
    .flatMap((file) => (seen.has(file) || seen.size > 50 ? [] : optionsOf(file, user, textOf, fileOf, seen)))
    .reverse();
  const placed = (target: string, home: string) => joinPath(...homeOf(target, home, folderOf(user)));
  const baseUrl = typeof own["baseUrl"] === "string" ? placed(own["baseUrl"], folderOf(path)) : null;
  const base = baseUrl ?? inherited.find((options) => options.baseUrl !== null)?.baseUrl ?? null;
  const paths = own["paths"] === undefined ? null : { folder: base ?? folderOf(path), entries: record(own["paths"]) };
  return { baseUrl: base, paths: paths ?? inherited.find((options) => options.paths !== null)?.paths ?? null };
}

/** `${configDir}` is the folder of the configuration that was asked for, not of the one that says it. */
function homeOf(target: string, home: string, user: string): [folder: string, target: string] {
  return target.startsWith("${configDir}") ? [user, `.${target.slice("${configDir}".length)}`] : [home, target];
}

function aliasesOf({ paths, baseUrl }: Options): PathAliases {
  const patterns = Object.entries(paths?.entries ?? {}).flatMap(([pattern, targets]) => {
    const star = pattern.indexOf("*");
    const placed = texts(targets).flatMap(
      (target) => joinPath(...homeOf(target, paths?.folder ?? "", paths?.folder ?? "")) ?? [],
    );
    const prefix = star < 0 ? pattern : pattern.slice(0, star);
    return placed.length === 0 ? [] : [{ prefix, suffix: star < 0 ? null : pattern.slice(star + 1), targets: placed }];
  });
  return { patterns: patterns.sort((a, b) => rank(b) - rank(a)), baseUrl };
}

/** Without a star a pattern means one name only and wins over all others. */
function rank({ prefix, suffix }: PathPattern): number {
  return (suffix === null ? 100_000 : 0) + prefix.length;
}

/** Paths that the first fitting pattern gives a name; null when none fits. */
export function aliased(patterns: readonly PathPattern[], name: string): string[] | null {
  for (const { prefix, suffix, targets } of patterns) {
    if (
      suffix === null
        ? name !== prefix
        : !(name.startsWith(prefix) && name.endsWith(suffix) && name.length >= prefix.length + suffix.length)
    )
      continue;
    const star = suffix === null ? "" : name.slice(prefix.length, name.length - suffix.length);
    const paths = targets.map((target) => target.replace("*", () => star));
    // `@/../img/a.svg` leads out of the folder of the alias.
    return star.includes("../") ? paths.flatMap((path) => joinPath("", path) ?? []) : paths;
  }
  return null;
}
