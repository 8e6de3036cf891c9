/** packages.lock.json and Directory.Packages.props of NuGet. */
import { folderOf } from "#collect/manifests/index.js";
import { record, scalarText } from "#collect/yaml/index.js";
import { childText, readXml } from "./formats.js";
import { keyLines, readJson } from "./json.js";
import { emptyLock, type LockedVersion, type LockedVersions, packageKey, workspaceVersion } from "./locked-versions.js";

/** Null when it is no such file. Of several target frameworks the last one counts. */
export function readNugetLock(path: string, text: string): LockedVersions | null {
  const root = readJson(text);
  if (!root) return null;
  const lines = keyLines(text);
  const versions = new Map<string, LockedVersion>();
  for (const framework of Object.values(record(root["dependencies"]))) {
    for (const [name, value] of Object.entries(record(framework))) {
      const entry = record(value);
      const local = entry["type"] === "Project";
      const version = local ? workspaceVersion : scalarText(entry["resolved"]);
      if (version !== "") versions.set(packageKey("nuget", name), { version, line: lines.get(name) ?? 1 });
    }
  }
  const folder = folderOf(path);
  return { ...emptyLock(path, folder, "nuget"), members: new Map([[folder, versions]]) };
}

/** Versions that one file sets for all projects below; null when it is none. Properties of the same file are filled in. */
export function readCentralPackages(path: string, text: string): LockedVersions | null {
  const project = readXml(text);
  if (project?.name !== "Project") return null;
  const packages = new Map<string, LockedVersion[]>();
  const properties = new Map(
    project.children
      .filter((group) => group.name === "PropertyGroup")
      .flatMap((group) => group.children.map((property) => [property.name, property.text.trim()] as const)),
  );
  for (const item of project.children.flatMap((group) => group.children)) {
    const name = item.attributes.get("Include") ?? item.attributes.get("Update");
    if (item.name !== "PackageVersion" || !name) continue;
    const written = (item.attributes.get("Version") ?? childText(item, "Version") ?? "").trim();
    const version = written.replace(/\$\((\w{1,100})\)/g, (whole, property: string) => properties.get(property) ?? whole);
    const exact = /^\[?(\d[\w.+-]{0,60})\]?$/.exec(version)?.[1];
    if (exact !== undefined) packages.set(packageKey("nuget", name), [{ version: exact, line: item.line }]);
  }
  return { ...emptyLock(path, folderOf(path), "nuget"), packages };
}
