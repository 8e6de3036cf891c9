/** .csproj, .fsproj and .vbproj. */
import { type BuildManifest, type Dependency, folderOf, joinPath, lastPart, type Marker } from "./manifest.js";
import { readXml, type XmlElement } from "./xml.js";

/** Reads a project file; null when it is none. The name is that of its package or assembly, else of the file. */
export function readDotnetProject(path: string, text: string): BuildManifest | null {
  const project = readXml(text);
  if (project?.name !== "Project") return null;
  const folder = folderOf(path);
  const items = project.children.flatMap((group) => group.children);
  const isTest = items.some(
    (item) => item.name === "IsTestProject" || item.attributes.get("Include") === "Microsoft.NET.Test.Sdk",
  );
  return {
    path,
    folder,
    ecosystem: "dotnet",
    technology: "dotnet",
    name: packageName(items) ?? lastPart(path).replace(/\.\w+proj$/, ""),
    line: project.line,
    executable: isTest ? null : executable(path, project, items),
    aggregator: isTest,
    members: [],
    dependencies: items.flatMap((item) => dependency(item, folder)),
    published: items.some((item) => item.name === "PackageId" || item.name === "IsPackable"),
  };
}

/** What others refer to it by; a name made of variables says nothing. */
function packageName(items: readonly XmlElement[]): string | null {
  const named = ["PackageId", "AssemblyName"].flatMap((tag) => items.find((item) => item.name === tag)?.text.trim() ?? []);
  return named.find((name) => name !== "" && !name.includes("$(")) ?? null;
}

function executable(path: string, project: XmlElement, items: readonly XmlElement[]): Marker | null {
  const sdk = project.attributes.get("Sdk") ?? "";
  if (/^Microsoft\.NET\.Sdk\.(?:Web|Worker|BlazorWebAssembly)$/.test(sdk))
    return { reason: `${path} uses ${sdk}`, file: path, line: project.line };
  const output = items.find((item) => item.name === "OutputType" && /^(?:win)?exe$/i.test(item.text.trim()));
  if (!output) return null;
  const what = /^win/i.test(output.text.trim()) ? "an application of Windows" : "an executable";
  return { reason: `${path} builds ${what}`, file: path, line: output.line };
}

function dependency(item: XmlElement, folder: string): Dependency[] {
  const include = item.attributes.get("Include");
  if (!include) return [];
  if (item.name === "PackageReference") {
    const version = item.attributes.get("Version") ?? item.children.find((part) => part.name === "Version")?.text ?? null;
    return [{ name: include, version, line: item.line, path: null, runtime: true }];
  }
  if (item.name !== "ProjectReference") return [];
  const target = joinPath(folder, include);
  return target
    ? [
        {
          name: lastPart(target).replace(/\.\w+proj$/, ""),
          version: null,
          line: item.line,
          path: folderOf(target),
          runtime: true,
        },
      ]
    : [];
}
