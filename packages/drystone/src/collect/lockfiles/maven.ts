/** Versions of Maven projects as far as the repository holds them: properties, dependency management, parents and imported BOMs of the same repository. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { child, childText, readXml, type XmlElement } from "./formats.js";
import { emptyLock, type LockedVersion, type LockedVersions, workspaceVersion } from "./locked-versions.js";

/** One result per pom.xml: its direct dependencies with a version that can be worked out. What a parent or BOM from elsewhere sets stays unknown. */
export function readMavenVersions(texts: ReadonlyMap<string, string>): LockedVersions[] {
  const poms = new Map<string, Pom>();
  for (const [path, text] of texts) {
    const project = readXml(text);
    if (project?.name === "project") poms.set(path, { path, project });
  }
  const byName = new Map<string, Pom>();
  for (const pom of poms.values()) {
    const effective = effectiveOf(pom, poms);
    const name = `${effective.group}:${childText(pom.project, "artifactId") ?? ""}`;
    if (!byName.has(name)) byName.set(name, pom);
  }
  return [...poms.values()].map((pom) => versionsOf(pom, poms, byName));
}

interface Pom {
  readonly path: string;
  readonly project: XmlElement;
}

interface Effective {
  readonly group: string;
  readonly version: string;
  /** The nearest definition wins. */
  readonly properties: ReadonlyMap<string, string>;
  /** From the project up to its topmost parent in the repository. */
  readonly chain: readonly Pom[];
}

/** Parents above parents; more are a mistake or an attack. */
const maxParents = 16;

function versionsOf(pom: Pom, poms: ReadonlyMap<string, Pom>, byName: ReadonlyMap<string, Pom>): LockedVersions {
  const effective = effectiveOf(pom, poms);
  const managed = managedVersions(effective, poms, byName);
  const versions = new Map<string, LockedVersion>();
  for (const dependency of effective.chain.flatMap((one) => child(one.project, "dependencies")?.children ?? [])) {
    const name = nameOf(dependency, effective.properties);
    const line = child(dependency, "artifactId")?.line ?? dependency.line;
    const written = childText(dependency, "version");
    const version =
      written === null ? (managed.get(name) ?? managed.get(groupOf(name)) ?? null) : filled(written, effective.properties);
    const sibling = byName.get(name);
    // A sibling of the same version, or of whatever version is managed, is built together with this project.
    if (sibling && sibling !== pom && (version === null || version === effectiveOf(sibling, poms).version))
      versions.set(keyOf(dependency, name), { version: workspaceVersion, line });
    else if (version !== null && isExact(version) && !versions.has(name))
      versions.set(keyOf(dependency, name), { version, line });
  }
  const folder = folderOf(pom.path);
  return { ...emptyLock(pom.path, folder, "maven"), members: new Map([[folder, versions]]) };
}

function effectiveOf(pom: Pom, poms: ReadonlyMap<string, Pom>): Effective {
  const chain: Pom[] = [];
  for (let next: Pom | undefined = pom; next && chain.length < maxParents && !chain.includes(next); next = parentOf(next, poms))
    chain.push(next);
  const properties = new Map<string, string>();
  for (const { project } of chain) {
    for (const property of child(project, "properties")?.children ?? [])
      if (!properties.has(property.name)) properties.set(property.name, property.text.trim());
  }
  const own = (tag: string) => childText(pom.project, tag) ?? childText(child(pom.project, "parent"), tag) ?? "";
  const parent = child(pom.project, "parent");
  for (const prefix of ["project.", "pom.", ""]) {
    properties.set(`${prefix}version`, own("version"));
    properties.set(`${prefix}groupId`, own("groupId"));
  }
  properties.set("project.parent.version", childText(parent, "version") ?? "");
  properties.set("project.parent.groupId", childText(parent, "groupId") ?? "");
  return { group: filled(own("groupId"), properties), version: filled(own("version"), properties), properties, chain };
}

/** By relative path, as Maven looks first; it must be the project that is meant. */
function parentOf(pom: Pom, poms: ReadonlyMap<string, Pom>): Pom | undefined {
  const parent = child(pom.project, "parent");
  if (!parent) return undefined;
  const written = childText(parent, "relativePath") ?? "../pom.xml";
  const path = written === "" ? null : joinPath(folderOf(pom.path), written);
  const found = path === null ? undefined : (poms.get(path) ?? poms.get(path === "" ? "pom.xml" : `${path}/pom.xml`));
  return found && childText(found.project, "artifactId") === childText(parent, "artifactId") ? found : undefined;
}

function managedVersions(
  effective: Effective,
  poms: ReadonlyMap<string, Pom>,
  byName: ReadonlyMap<string, Pom>,
  depth = 0,
): Map<string, string> {
  const managed = new Map<string, string>();
  const add = (name: string, version: string) => {
    if (!managed.has(name)) managed.set(name, version);
  };
  const entries = effective.chain.flatMap(
    ({ project }) => child(child(project, "dependencyManagement"), "dependencies")?.children ?? [],
  );
  for (const entry of entries) {
    const version = filled(childText(entry, "version") ?? "", effective.properties);
    if (childText(entry, "scope") !== "import") add(nameOf(entry, effective.properties), version);
  }
  const platform = platformVersion(effective, entries);
  if (platform !== null) add(platformGroup, platform);
  for (const entry of entries) {
    const bom = childText(entry, "scope") === "import" ? byName.get(nameOf(entry, effective.properties)) : undefined;
    if (!bom || depth >= 4) continue;
    for (const [name, version] of managedVersions(effectiveOf(bom, poms), poms, byName, depth + 1)) add(name, version);
  }
  return managed;
}

/** Its parent and its BOM give their own version to all artifacts of their group; other platforms have versions of their own for each part. */
const platformGroup = "org.springframework.boot";

function platformVersion(effective: Effective, managed: readonly XmlElement[]): string | null {
  const parents = effective.chain.flatMap(({ project }) => child(project, "parent") ?? []);
  const sources = [
    ...managed.filter((entry) => childText(entry, "artifactId") === "spring-boot-dependencies"),
    ...parents.filter((parent) => /^spring-boot-(?:starter-parent|dependencies)$/.test(childText(parent, "artifactId") ?? "")),
  ];
  const source = sources.find((one) => childText(one, "groupId") === platformGroup);
  return source ? filled(childText(source, "version") ?? "", effective.properties) : null;
}

function groupOf(name: string): string {
  return name.slice(0, name.indexOf(":"));
}

function nameOf(dependency: XmlElement, properties: ReadonlyMap<string, string>): string {
  return `${filled(childText(dependency, "groupId") ?? "", properties)}:${childText(dependency, "artifactId") ?? ""}`;
}

/** As the build file writes it, since that is how the inventory knows it. */
function keyOf(dependency: XmlElement, name: string): string {
  const written = childText(dependency, "groupId") ?? "";
  return written.includes("${") ? `${written}:${childText(dependency, "artifactId") ?? ""}` : name;
}

/** A property may stand for another one. */
function filled(text: string, properties: ReadonlyMap<string, string>): string {
  let current = text.slice(0, 300);
  for (let round = 0; round < 6 && current.includes("${"); round++) {
    current = current.replace(/\$\{([\w.-]{1,100})\}/g, (whole, name: string) => properties.get(name) ?? whole).slice(0, 300);
  }
  return current;
}

function isExact(version: string): boolean {
  return /^\d[\w.+-]{0,80}$/.test(version) && !version.endsWith("-SNAPSHOT");
}
