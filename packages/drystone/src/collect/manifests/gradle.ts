/** build.gradle, build.gradle.kts and settings.gradle, read statement by statement: both dialects write one plugin or dependency per line, or a block in one. */
import { type BuildManifest, type Dependency, folderOf, joinPath, lastPart, type Marker } from "./manifest.js";

/** Reads a build script. Its name is that of its folder, as Gradle has it. */
export function readGradle(path: string, text: string): BuildManifest {
  const folder = folderOf(path);
  const lines = text.split("\n").flatMap((line, index) => statements(line.trim().slice(0, 500), index + 1));
  return {
    path,
    folder,
    ecosystem: "gradle",
    technology: lines.some(({ line }) => /kotlin\("jvm"\)|org\.jetbrains\.kotlin|['"]kotlin['"]/.test(line)) ? "kotlin" : "java",
    name: folder === "" ? null : lastPart(folder),
    line: 1,
    executable: packsNoProgram.test(text.slice(0, 200_000)) ? null : executable(path, lines),
    aggregator: false,
    members: [],
    dependencies: lines.flatMap(dependency),
    published: lines.some(({ line }) => /maven-publish|java-library/.test(line) && !line.startsWith("//")),
  };
}

interface Statement {
  readonly line: string;
  /** From 1. */
  readonly at: number;
}

/** The statements of a block that stands in one line, `plugins { application; kotlin("jvm") }`; any other line as it is. */
function statements(line: string, at: number): Statement[] {
  const inner = /^(?:plugins|dependencies)\s{0,9}\{(.{1,500})\}$/.exec(line)?.[1];
  return (inner?.split(";") ?? [line]).map((part) => ({ line: part.trim(), at }));
}

/** A library of a Spring Boot build: its executable archive is switched off. */
const packsNoProgram = /\bbootJar\b[^{}\n=]{0,80}(?:\{\s{0,200}(?:this\.)?|\.)(?:enabled|isEnabled)\s{0,5}=?\s{0,5}false\b/;

/** Folders of the projects that a settings.gradle includes: `include ':orders', ':shared:model'`. */
export function readGradleSettings(path: string, text: string): string[] {
  const members: string[] = [];
  for (const statement of text
    .slice(0, 200_000)
    .matchAll(/(?:^|\n)\s{0,20}include\b((?:\s{0,200}[(,]?\s{0,200}["'][^"'\n]{1,200}["'])+)/g)) {
    for (const found of (statement[1] ?? "").matchAll(/["']([^"']+)["']/g)) {
      const member = joinPath(folderOf(path), (found[1] ?? "").replace(/^:/, "").replaceAll(":", "/"));
      if (member) members.push(member);
    }
  }
  return members;
}

const runs =
  /["'](?:org\.springframework\.boot|application|io\.quarkus|io\.micronaut\.application|io\.ktor\.plugin|com\.google\.cloud\.tools\.jib|war|spring-boot)["']|^\s*application\s*(?:\{|$)/;

function executable(path: string, lines: readonly Statement[]): Marker | null {
  const found = lines.find(
    ({ line }) =>
      /^(?:id\b|id\(|apply\b|apply\(|application\s*(?:\{|$)|alias\()/.test(line) &&
      runs.test(line) &&
      !/apply\s{1,5}false/.test(line),
  );
  return found
    ? { reason: `${path} applies ${found.line.replace(/[`\s]+/g, " ").slice(0, 60)}`, file: path, line: found.at }
    : null;
}

function dependency({ line, at }: Statement): Dependency[] {
  const call = /^([a-zA-Z]{3,40})[\s(]/.exec(line)?.[1];
  if (!call || !/(?:implementation|api|compile|runtimeOnly|compileOnly|Implementation)$/i.test(call)) return [];
  const runtime = !/^test|compileOnly/i.test(call);
  const project = /project\s{0,3}\(\s{0,3}(?:path\s{0,3}[:=]\s{0,3})?["']:?([^"']{1,200})["']/.exec(line)?.[1];
  if (project)
    return [{ name: project.split(":").at(-1) ?? project, version: null, line: at, path: project.replaceAll(":", "/"), runtime }];
  const accessor = /\(\s{0,3}projects\.([\w.]{1,200})\s{0,3}\)/.exec(line)?.[1];
  if (accessor) {
    const folders = accessor.split(".").map(kebab);
    return [{ name: folders.at(-1) ?? accessor, version: null, line: at, path: folders.join("/"), runtime }];
  }
  const external = /["']([\w.-]{1,200}:[\w.-]{1,200})(?::([^"'@]{1,100}))?["'@]/.exec(line);
  return external?.[1] ? [{ name: external[1], version: external[2] ?? null, line: at, path: null, runtime }] : [];
}

/** Gradle writes the project `order-model` as `projects.orderModel`. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
