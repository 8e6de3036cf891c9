/** Cargo.toml. */
import { type BuildManifest, type Dependency, folderOf, joinPath } from "./manifest.js";
import { readToml, type TomlTable, tomlString } from "./toml.js";

/** Reads a Cargo.toml. Whether `src/main.rs` exists is seen from the files, not from here. */
export function readCargo(path: string, text: string): BuildManifest {
  const folder = folderOf(path);
  const tables = readToml(text);
  const name = tomlString(tables, "package", "name");
  const bin = tables.find((table) => table.name === "bin");
  const members = tables
    .filter((table) => table.name === "workspace")
    .flatMap((table) => table.entries.find((entry) => entry.key === "members")?.strings ?? []);
  return {
    path,
    folder,
    ecosystem: "cargo",
    technology: "rust",
    name: name?.text ?? null,
    line: name?.line ?? 1,
    executable: bin && name ? { reason: `${path} has a [[bin]]`, file: path, line: bin.line } : null,
    aggregator: name === null,
    members: members.flatMap((member) => joinPath(folder, member) ?? []),
    dependencies: tables.flatMap((table) => dependenciesOf(table, folder)),
    published: false,
  };
}

function dependenciesOf(table: TomlTable, folder: string): Dependency[] {
  const kind = /^(?:target\..{1,100}\.)?((?:dev-|build-)?dependencies)(?:\.([\w-]+))?$/.exec(table.name);
  if (!kind) return [];
  const runtime = kind[1] === "dependencies";
  if (kind[2]) {
    const local = tomlString([table], table.name, "path")?.text;
    const version = tomlString([table], table.name, "version")?.text ?? null;
    return [{ name: kind[2], version, line: table.line, path: local ? joinPath(folder, local) : null, runtime }];
  }
  return table.entries.map((entry) => {
    const local = /\bpath\s{0,3}=\s{0,3}"([^"]{1,300})"/.exec(entry.raw)?.[1];
    const version = entry.raw.startsWith("{")
      ? (/\bversion\s{0,3}=\s{0,3}"([^"]{1,100})"/.exec(entry.raw)?.[1] ?? null)
      : (entry.strings[0] ?? null);
    return {
      name: entry.key.split(".")[0] ?? entry.key,
      version,
      line: entry.line,
      path: local ? joinPath(folder, local) : null,
      runtime,
    };
  });
}
