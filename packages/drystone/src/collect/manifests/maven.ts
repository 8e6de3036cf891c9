/** pom.xml. */
import { type BuildManifest, type Dependency, folderOf, joinPath, type Marker } from "./manifest.js";
import { child, childText, readXml, type XmlElement } from "./xml.js";

/** Reads a pom.xml; null when it is none. Names are `group:artifact`; profiles are not looked into, except for modules. */
export function readPom(path: string, text: string): BuildManifest | null {
  const project = readXml(text);
  if (project?.name !== "project") return null;
  const folder = folderOf(path);
  const artifact = childText(project, "artifactId");
  const own = (name: string) => childText(project, name) ?? childText(child(project, "parent"), name);
  const group = own("groupId") ?? "";
  const filled = fillerOf(project, { groupId: group, artifactId: artifact, version: own("version") });
  const modules = [project, ...(child(project, "profiles")?.children ?? [])].flatMap(
    (place) => child(place, "modules")?.children ?? [],
  );
  const packaging = childText(project, "packaging") ?? "jar";
  return {
    path,
    folder,
    ecosystem: "maven",
    technology: "java",
    name: artifact === null ? null : `${group}:${artifact}`,
    line: child(project, "artifactId")?.line ?? project.line,
    executable: packaging === "pom" ? null : executable(path, project, packaging),
    aggregator: packaging === "pom",
    members: modules.flatMap((module) => joinPath(folder, module.text.trim().replace(/\/?pom\.xml$/, "")) ?? []),
    dependencies: (child(project, "dependencies")?.children ?? []).flatMap((element) => dependency(element, filled)),
    published: false,
  };
}

function executable(path: string, project: XmlElement, packaging: string): Marker | null {
  if (packaging === "war") return { reason: `${path} packages a war`, file: path, line: child(project, "packaging")?.line ?? 1 };
  for (const plugin of child(child(project, "build"), "plugins")?.children ?? []) {
    const name = childText(plugin, "artifactId") ?? "";
    if (
      /^(?:spring-boot-maven-plugin|quarkus-maven-plugin|micronaut-maven-plugin|jib-maven-plugin|helidon-maven-plugin|liberty-maven-plugin)$/.test(
        name,
      )
    ) {
      return { reason: `${path} uses ${name}`, file: path, line: child(plugin, "artifactId")?.line ?? plugin.line };
    }
  }
  return null;
}

/** Puts in what the file itself knows of `${project.groupId}` and its own properties; what a parent sets stays as written. */
function fillerOf(
  project: XmlElement,
  coordinates: Readonly<Record<string, string | null>>,
): (text: string | null) => string | null {
  const known = new Map((child(project, "properties")?.children ?? []).map(({ name, text }) => [name, text.trim()]));
  for (const [name, value] of Object.entries(coordinates))
    if (value) for (const prefix of ["project.", "pom.", "project.parent.", ""]) known.set(prefix + name, value);
  return (text) => text?.replace(/\$\{([\w.-]{1,100})\}/g, (whole, name: string) => known.get(name) ?? whole) ?? null;
}

function dependency(element: XmlElement, filled: (text: string | null) => string | null): Dependency[] {
  const artifact = filled(childText(element, "artifactId"));
  if (artifact === null) return [];
  const scope = childText(element, "scope");
  return [
    {
      name: `${filled(childText(element, "groupId")) ?? ""}:${artifact}`,
      version: filled(childText(element, "version")),
      line: child(element, "artifactId")?.line ?? element.line,
      path: null,
      runtime: scope !== "test" && scope !== "provided",
    },
  ];
}
