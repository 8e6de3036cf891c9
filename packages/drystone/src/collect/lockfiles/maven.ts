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

/** A version or another text, and where it is written. */
interface Written {
  readonly text: string;
  readonly path: string;
  readonly line: number;
}

interface Effective {
  readonly group: string;
  readonly version: string;
  /** The nearest definition wins. */
  readonly properties: Properties;
  /** From the project up to its topmost parent in the repository. */
  readonly chain: readonly Pom[];
}

type Properties = ReadonlyMap<string, Written>;

/** Parents above parents; more are a mistake or an attack. */
const maxParents = 16;

function versionsOf(pom: Pom, poms: ReadonlyMap<string, Pom>, byName: ReadonlyMap<string, Pom>): LockedVersions {
  const effective = effectiveOf(pom, poms);
  const managed = managedVersions(effective, poms, byName);
  const versions = new Map<string, LockedVersion>();
  const dependencies = effective.chain.flatMap(({ path, project }) =>
    (child(project, "dependencies")?.children ?? []).map((dependency) => ({ path, dependency })),
  );
  for (const { path, dependency } of dependencies) {
    const name = nameOf(dependency, effective.properties);
    const line = child(dependency, "artifactId")?.line ?? dependency.line;
    const own = written(dependency, "version", path);
    const said = own === null ? (managed.get(name) ?? managed.get(groupOf(name)) ?? null) : filled(own, effective.properties);
    const version = said?.text ?? null;
    const sibling = byName.get(name);
    // A sibling of the same version, or of whatever version is managed, is built together with this project.
    if (sibling && sibling !== pom && (version === null || version === effectiveOf(sibling, poms).version))
      versions.set(keyOf(dependency, name), { version: workspaceVersion, line });
    else if (said !== null && isExact(said.text) && !versions.has(name))
      versions.set(keyOf(dependency, name), { version: said.text, line: said.line, path: said.path });
  }
  const folder = folderOf(pom.path);
  return { ...emptyLock(pom.path, folder, "maven"), members: new Map([[folder, versions]]) };
}

function effectiveOf(pom: Pom, poms: ReadonlyMap<string, Pom>): Effective {
  const chain: Pom[] = [];
  for (let next: Pom | undefined = pom; next && chain.length < maxParents && !chain.includes(next); next = parentOf(next, poms))
    chain.push(next);
  const properties = new Map<string, Written>();
  for (const { path, project } of chain) {
    for (const property of child(project, "properties")?.children ?? [])
      if (!properties.has(property.name))
        properties.set(property.name, { text: property.text.trim(), path, line: property.line });
  }
  const parent = child(pom.project, "parent");
  const nothing: Written = { text: "", path: pom.path, line: pom.project.line };
  const ofParent = (tag: string) => written(parent, tag, pom.path) ?? nothing;
  const own = (tag: string) => written(pom.project, tag, pom.path) ?? ofParent(tag);
  for (const prefix of ["project.", "pom.", ""]) {
    properties.set(`${prefix}version`, own("version"));
    properties.set(`${prefix}groupId`, own("groupId"));
  }
  properties.set("project.parent.version", ofParent("version"));
  properties.set("project.parent.groupId", ofParent("groupId"));
  const [group, version] = [filled(own("groupId"), properties).text, filled(own("version"), properties).text];
  return { group, version, properties, chain };
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
): Map<string, Written> {
  const managed = new Map<string, Written>();
  const add = (name: string, version: Written | null) => {
    if (version !== null && !managed.has(name)) managed.set(name, version);
  };
  const entries = effective.chain.flatMap(({ path, project }) =>
    (child(child(project, "dependencyManagement"), "dependencies")?.children ?? []).map((entry) => ({ path, entry })),
  );
  for (const { path, entry } of entries) {
    if (childText(entry, "scope") !== "import") add(nameOf(entry, effective.properties), versionOf(entry, path, effective));
  }
  add(platformGroup, platformVersion(effective, entries));
  for (const { entry } of entries) {
    const bom = childText(entry, "scope") === "import" ? byName.get(nameOf(entry, effective.properties)) : undefined;
    if (!bom || depth >= 4) continue;
    for (const [name, version] of managedVersions(effectiveOf(bom, poms), poms, byName, depth + 1)) add(name, version);
  }
  return managed;
}

/** Its parent and its BOM give their own version to all artifacts of their group; other platforms have versions of their own for each part. */
const platformGroup = "org.springframework.boot";

function platformVersion(effective: Effective, managed: readonly Entry[]): Written | null {
  const parents = effective.chain.flatMap(({ path, project }) => {
    const entry = child(project, "parent");
    return entry ? [{ path, entry }] : [];
  });
  const artifactOf = ({ entry }: Entry) => childText(entry, "artifactId") ?? "";
  const sources = [
    ...managed.filter((one) => artifactOf(one) === "spring-boot-dependencies"),
    ...parents.filter((one) => /^spring-boot-(?:starter-parent|dependencies)$/.test(artifactOf(one))),
  ];
  const source = sources.find(({ entry }) => childText(entry, "groupId") === platformGroup);
  return source ? versionOf(source.entry, source.path, effective) : null;
}

interface Entry {
  readonly path: string;
  readonly entry: XmlElement;
}

function versionOf(entry: XmlElement, path: string, { properties }: Effective): Written | null {
  const version = written(entry, "version", path);
  return version && filled(version, properties);
}

function written(element: XmlElement | null | undefined, tag: string, path: string): Written | null {
  const text = childText(element, tag);
  return text === null ? null : { text, path, line: child(element, tag)?.line ?? 1 };
}

function groupOf(name: string): string {
  return name.slice(0, name.indexOf(":"));
}

function nameOf(dependency: XmlElement, properties: Properties): string {
  const group = filled({ text: childText(dependency, "groupId") ?? "", path: "", line: 1 }, properties).text;
  return `${group}:${childText(dependency, "artifactId") ?? ""}`;
}

/** As the build file writes it, since that is how the inventory knows it. */
function keyOf(dependency: XmlElement, name: string): string {
  const written = childText(dependency, "groupId") ?? "";
  return written.includes("${") ? `${written}:${childText(dependency, "artifactId") ?? ""}` : name;
}

/** A property may stand for another one; what is nothing but a property is written where that is. */
function filled(from: Written, properties: Properties): Written {
  let current = { ...from, text: from.text.slice(0, 300) };
  for (let round = 0; round < 6 && current.text.includes("${"); round++) {
    const whole = /^\$\{([\w.-]{1,100})\}$/.exec(current.text)?.[1];
    const { path, line } = (whole === undefined ? undefined : properties.get(whole)) ?? current;
    const text = current.text.replace(/\$\{([\w.-]{1,100})\}/g, (name, key: string) => properties.get(key)?.text ?? name);
    current = { text: text.slice(0, 300), path, line };
  }
  return current;
}

function isExact(version: string): boolean {
  return /^\d[\w.+-]{0,80}$/.test(version) && !version.endsWith("-SNAPSHOT");
}
