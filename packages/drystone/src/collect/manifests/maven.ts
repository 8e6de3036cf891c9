/** pom.xml. */
import { type BuildManifest, type Dependency, folderOf, joinPath, type Marker } from "./manifest.js";
import { child, childText, readXml, type XmlElement } from "./xml.js";

/** Reads a pom.xml; null when it is none. Names are `group:artifact`; profiles are not looked into, except for modules. */
export function readPom(path: string, text: string): BuildManifest | null {
  const project = readXml(text);
  if (project?.name !== "project") return null;
  const folder = folderOf(path);
  const artifact = childText(project, "artifactId");
  const group = childText(project, "groupId") ?? childText(child(project, "parent"), "groupId") ?? "";
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
    dependencies: (child(project, "dependencies")?.children ?? []).flatMap(dependency),
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

function dependency(element: XmlElement): Dependency[] {
  const artifact = childText(element, "artifactId");
  if (artifact === null) return [];
  const scope = childText(element, "scope");
  return [
    {
      name: `${childText(element, "groupId") ?? ""}:${artifact}`,
      version: childText(element, "version"),
      line: child(element, "artifactId")?.line ?? element.line,
      path: null,
      runtime: scope !== "test" && scope !== "provided",
    },
  ];
}
