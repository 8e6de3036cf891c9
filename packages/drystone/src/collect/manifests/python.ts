/** pyproject.toml, setup.py, setup.cfg, Pipfile and requirements.txt. */
import { type BuildManifest, type Dependency, folderOf, joinPath, lastPart, lineOf } from "./manifest.js";
import { readToml, type TomlTable, tomlString } from "./toml.js";

/** Reads any of them; whether the folder runs as a server is seen from its entry files, not from here. */
export function readPython(path: string, text: string): BuildManifest {
  const folder = folderOf(path);
  const toml = /\.toml$|Pipfile$/.test(path);
  const tables = toml ? readToml(text) : [];
  const name = toml
    ? (tomlString(tables, "project", "name") ?? tomlString(tables, "tool.poetry", "name"))
    : setupName(path, text);
  const members = tomlEntries(tables, "tool.uv.workspace", "members");
  return {
    path,
    folder,
    ecosystem: "python",
    technology: "python",
    name: name?.text ?? null,
    line: name?.line ?? 1,
    executable: null,
    // A pyproject.toml that only configures a linter is no package.
    aggregator:
      path.endsWith(".toml") &&
      name === null &&
      !tables.some((table) => /^(?:project|build-system|tool\.(?:poetry|pdm|uv))/.test(table.name)),
    members: members.flatMap((member) => joinPath(folder, member) ?? []),
    dependencies: toml ? tomlDependencies(tables, folder) : requirements(path, text),
    published: !/requirements[^/]{0,80}\.txt$|Pipfile$/.test(path) && tables.some((table) => table.name === "build-system"),
  };
}

function setupName(path: string, text: string): { text: string; line: number } | null {
  const found = lastPart(path).startsWith("setup") ? /\bname\s{0,5}=\s{0,5}["']?([A-Za-z0-9._-]{1,100})/.exec(text) : null;
  return found?.[1] ? { text: found[1], line: lineOf(text, found[0]) } : null;
}

function tomlEntries(tables: readonly TomlTable[], table: string, key: string): readonly string[] {
  return tables.find((candidate) => candidate.name === table)?.entries.find((entry) => entry.key === key)?.strings ?? [];
}

function tomlDependencies(tables: readonly TomlTable[], folder: string): Dependency[] {
  const listed = tables
    .filter((table) => table.name === "project")
    .flatMap((table) => table.entries.filter((entry) => entry.key === "dependencies"));
  const keyed = tables
    .filter((table) => /^(?:tool\.poetry\.dependencies|packages)$/.test(table.name))
    .flatMap((table) => table.entries);
  return [
    ...listed.flatMap((entry) => entry.strings.flatMap((text) => requirement(text, entry.line))),
    ...keyed.flatMap((entry): Dependency[] => {
      if (entry.key === "python") return [];
      const local = /\bpath\s{0,3}=\s{0,3}"([^"]{1,300})"/.exec(entry.raw)?.[1];
      const version = entry.raw.startsWith("{") ? null : (entry.strings[0] ?? null);
      return [
        { name: pythonName(entry.key), version, line: entry.line, path: local ? joinPath(folder, local) : null, runtime: true },
      ];
    }),
  ];
}

function requirements(path: string, text: string): Dependency[] {
  if (!path.endsWith(".txt") && !path.endsWith(".in")) return [];
  return text.split("\n").flatMap((line, index) => requirement(line.trim(), index + 1));
}

function requirement(text: string, line: number): Dependency[] {
  const found = /^([A-Za-z0-9][A-Za-z0-9._-]{0,100})(?:\[[^\]]{0,100}\])?\s{0,5}([=~<>!][^;#\s]{0,60})?/.exec(text);
  return found?.[1] ? [{ name: pythonName(found[1]), version: found[2] ?? null, line, path: null, runtime: true }] : [];
}

/** Names are compared without case, `-`, `_` and `.` alike. */
function pythonName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
