/** The services of one compose project: its file, what it includes, and what its services extend. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import type { Problem } from "#model/facts.js";
import { readYaml, record, scalarText, texts, type YamlDocument } from "../yaml/index.js";
import { mergedPart } from "./compose-merge.js";
import { type ComposePart, composePart } from "./compose-part.js";
import { readEnv } from "./env-file.js";
import { interpolate, type Variables } from "./interpolate.js";

/** Files of a repository; null for one that does not exist or is no text. */
export type ReadFile = (path: string) => string | null;

export interface ComposeReading {
  readonly read: ReadFile;
  /** Parsed files by path; null for those that cannot be read. */
  readonly files: Map<string, ComposeFile | null>;
  readonly problems: Map<string, Problem>;
  /** Files that another one includes. */
  readonly included: Set<string>;
  /** How often a file was included, the same one by several ways too. */
  readonly count: { includes: number };
  /** Services with all that they extend, by the variables that they see, then by file, folder and name. */
  readonly parts: Map<Variables, Map<string, ComposePart | null>>;
}

export interface ComposeFile {
  readonly path: string;
  readonly document: YamlDocument;
  /** Version 1 has the services at the top. */
  readonly versionOne: boolean;
  readonly services: Readonly<Record<string, unknown>>;
  readonly root: Readonly<Record<string, unknown>>;
}

const maxServices = 1000;
const maxChain = 20;
/** Of all projects of a repository: files that include two others each, one below the other, include twice as many with every step. */
const maxIncludes = 1000;

/** A file with its services; null when it is missing, broken or something else. */
export function composeFile(reading: ComposeReading, path: string): ComposeFile | null {
  const known = reading.files.get(path);
  if (known !== undefined) return known;
  const text = reading.read(path);
  const { documents, problems } = text === null ? { documents: [], problems: [] } : readYaml(path, text);
  for (const problem of problems) note(reading, problem);
  const [document] = documents;
  const root = record(document?.value);
  const versionOne = !("services" in root) && !("apiVersion" in root) && !("include" in root);
  const services = versionOne ? onlyServices(root) : record(root["services"]);
  const file = document ? { path, document, versionOne, services, root } : null;
  reading.files.set(path, file);
  return file;
}

function onlyServices(root: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(root).filter(
      ([, value]) => "image" in record(value) || "build" in record(value) || "extends" in record(value),
    ),
  );
}

/** Services by name with what they extend and what the file includes. @param folder where relative paths start. */
export function composeParts(
  reading: ComposeReading,
  file: ComposeFile,
  folder: string,
  variables: Variables,
  trail: readonly string[] = [],
): Map<string, ComposePart> {
  const parts = new Map<string, ComposePart>();
  for (const [name, part] of includedParts(reading, file, folder, variables, [...trail, file.path])) parts.set(name, part);
  for (const name of Object.keys(file.services).slice(0, maxServices)) {
    const part = extendedPart(reading, file, folder, name, variables, []);
    const same = parts.get(name);
    if (part) parts.set(name, same ? mergedPart(same, part) : part);
  }
  return parts;
}

/** Variables of the `.env` of a folder, or of the example that stands for it. Where compose is started from a folder above, that one's is read too. */
export function folderVariables(reading: ComposeReading, folder: string): Variables {
  const found = envFileAt(reading, folder === "" ? ".env" : `${folder}/.env`);
  const above = folder === "" ? new Map<string, string>() : folderVariables(reading, folderOf(folder));
  return found === null ? above : new Map([...above, ...readEnv(found.text)]);
}

/** An env file, or the example beside it where the file itself is kept out of the repository. */
export function envFileAt(reading: ComposeReading, path: string): { readonly path: string; readonly text: string } | null {
  const folder = folderOf(path);
  const name = path.slice(folder === "" ? 0 : folder.length + 1);
  const bare = name.replace(/^\./, "").replace(/\.env$/, "");
  const examples = ["example", "sample", "template", "dist", "defaults", "default", "tmpl"].flatMap((word) => [
    `${name}.${word}`,
    ...(name === ".env" ? [`env.${word}`, `${word}.env`, `.${word}.env`] : [`${bare}.${word}.env`, `.env.${bare}.${word}`]),
  ]);
  for (const candidate of [name, ...examples]) {
    const at = folder === "" ? candidate : `${folder}/${candidate}`;
    const text = reading.read(at);
    if (text !== null) return { path: at, text };
  }
  return null;
}

export function note(reading: ComposeReading, problem: Problem): void {
  reading.problems.set(`${problem.path}:${problem.line}:${problem.message}`, problem);
}

function problemAt(reading: ComposeReading, path: string, line: number, what: string, hint: string): void {
  note(reading, { path, line, message: `${path}:${line} ${what}`, hint });
}

function includedParts(
  reading: ComposeReading,
  file: ComposeFile,
  folder: string,
  variables: Variables,
  trail: readonly string[],
): Map<string, ComposePart> {
  const parts = new Map<string, ComposePart>();
  const items = Array.isArray(file.root["include"]) ? file.root["include"].slice(0, 100) : [];
  for (const [index, item] of items.entries()) {
    const options = record(item);
    const line = file.document.lineOf(["include", index]);
    const written = (typeof item === "string" ? [item] : texts(options["path"])).map((path) => interpolate(path, variables));
    const paths = written.map((path) => joinPath(folder, path));
    const [first] = paths;
    const directory = scalarText(options["project_directory"]);
    const inner = directory === "" ? folderOf(first ?? "") : joinPath(folder, interpolate(directory, variables));
    const own = new Map([...includeVariables(reading, options["env_file"], folder, inner ?? ""), ...variables]);
    for (const [at, path] of paths.entries()) {
      if (path !== null && trail.includes(path)) {
        problemAt(reading, file.path, line, `includes itself through ${path}`, "remove the circle; the rest was read");
        continue;
      }
      const target = path === null || trail.length > maxChain ? null : composeFile(reading, path);
      if (target === null || inner === null) {
        problemAt(
          reading,
          file.path,
          line,
          `includes ${written[at]}, which is not in the repository`,
          "its services are unknown",
        );
        continue;
      }
      if (reading.count.includes >= maxIncludes) {
        problemAt(
          reading,
          file.path,
          line,
          `is include number ${maxIncludes + 1}`,
          "its services are unknown, as are those of all that follow",
        );
        return parts;
      }
      reading.count.includes++;
      reading.included.add(target.path);
      for (const [name, part] of composeParts(reading, target, inner, own, trail)) {
        const same = parts.get(name);
        parts.set(name, same ? mergedPart(same, part) : part);
      }
    }
  }
  return parts;
}

function includeVariables(reading: ComposeReading, value: unknown, folder: string, inner: string): Variables {
  const named = texts(value).flatMap((path) => joinPath(folder, path) ?? []);
  if (named.length === 0) return folderVariables(reading, inner);
  return new Map(named.flatMap((path) => [...readEnv(envFileAt(reading, path)?.text ?? "")]));
}

/** A service with everything it extends, the farthest first. */
function extendedPart(
  reading: ComposeReading,
  file: ComposeFile,
  folder: string,
  name: string,
  variables: Variables,
  trail: readonly string[],
): ComposePart | null {
  const key = `${file.path}#${name}`;
  const parts = reading.parts.get(variables) ?? new Map<string, ComposePart | null>();
  reading.parts.set(variables, parts);
  const known = parts.get(`${folder}#${key}`);
  if (known !== undefined && !trail.includes(key)) return known;
  const part = readPart(reading, file, folder, name, variables, trail);
  parts.set(`${folder}#${key}`, part);
  return part;
}

function readPart(
  reading: ComposeReading,
  file: ComposeFile,
  folder: string,
  name: string,
  variables: Variables,
  trail: readonly string[],
): ComposePart | null {
  const service = file.services[name];
  if (typeof service !== "object" || service === null || Array.isArray(service)) return null;
  const at = file.versionOne ? [name] : ["services", name];
  const volumes = record(file.root["volumes"]);
  const part = composePart({ file: file.path, folder, document: file.document, at, variables, volumes }, record(service));
  if (part.extends === null) return part;
  const { line } = part.extends;
  const key = `${file.path}#${name}`;
  if (trail.includes(key) || trail.length > maxChain) {
    problemAt(reading, file.path, line, `makes ${name} extend itself`, "remove the circle; the rest was read");
    return part;
  }
  const path = part.extends.file === null ? file.path : joinPath(folder, part.extends.file);
  const target = path === null ? null : path === file.path ? file : composeFile(reading, path);
  const inner = path === null || path === file.path ? folder : folderOf(path);
  const base = target && extendedPart(reading, target, inner, part.extends.service, variables, [...trail, key]);
  if (!base) {
    const where = part.extends.file === null ? "" : ` of ${part.extends.file}`;
    problemAt(
      reading,
      file.path,
      line,
      `extends ${part.extends.service}${where}, which is not in the repository`,
      "what it adds is unknown",
    );
    return part;
  }
  // Names and the place are its own.
  return { ...mergedPart({ ...base, aliases: [] }, part), file: part.file, line: part.line };
}
