/** Reads the build and deployment files of one repository, once. */
import type { FileTree } from "#collect/files/index.js";
import {
  type BuildManifest,
  type BuiltImage,
  type ChartValues,
  type ComposeService,
  type Dockerfile,
  folderOf,
  isBuildManifest,
  isComposeFile,
  isDockerfile,
  lastPart,
  mayHoldWorkloads,
  readBuildManifest,
  readChartValues,
  readCompose,
  readDockerfile,
  readEnv,
  readKubernetes,
  readMembers,
  readNestCli,
  readNxProject,
  type Workload,
  type WorkspaceProject,
} from "#collect/manifests/index.js";
import type { Problem, SourceFact } from "#model/facts.js";
import { isCatalogFile } from "../backstage/index.js";
import { type EntryPoint, entryPoints, isEntryFile } from "./entry-points.js";
import { isPassive, languageOf } from "./folders.js";

export interface Gathered {
  readonly repository: string;
  readonly paths: readonly string[];
  /** Paths that are neither tests, examples nor the code of others. */
  readonly active: readonly string[];
  /** Folders of active paths with the number of files somewhere inside, "" among them; the second counts program text and pages only. */
  readonly folders: ReadonlyMap<string, number>;
  readonly codeFolders: ReadonlyMap<string, number>;
  readonly manifests: readonly BuildManifest[];
  /** Folders or globs of workspace members, from all files that list some. */
  readonly members: readonly string[];
  readonly projects: readonly WorkspaceProject[];
  readonly dockerfiles: readonly Dockerfile[];
  readonly compose: readonly ComposeService[];
  readonly workloads: readonly Workload[];
  readonly builds: readonly BuiltImage[];
  readonly entries: readonly EntryPoint[];
  readonly catalogs: ReadonlyMap<string, string>;
  readonly sources: SourceFact[];
  readonly problems: Problem[];
}

/** A repository may hold thousands of generated files of one kind; those beyond are not read. */
const maxFilesEach = 3000;

/** Reads everything in one go; a file that cannot be read is a problem and costs nothing else. */
export function gather(tree: FileTree): Gathered {
  const active = tree.paths.filter((path) => !isPassive(path));
  const wanted = {
    manifest: active.filter(isBuildManifest),
    project: active.filter((path) => /^(?:nest-cli|project)\.json$/.test(lastPart(path))),
    dockerfile: active.filter(isDockerfile),
    compose: active.filter(
      (path) => isComposeFile(path) && !/[._-](?:tests?|e2e|ci|unit|acceptance|integration)[._-]/.test(lastPart(path)),
    ),
    env: active.filter((path) => lastPart(path) === ".env"),
    yaml: active.filter((path) => /\.ya?ml$/.test(path) && !isComposeFile(path) && !isCatalogFile(path)),
    entry: active.filter(isEntryFile),
    // Entities may describe anything, so they are read wherever they stand, except in code of others.
    catalog: tree.paths.filter(
      (path) =>
        isCatalogFile(path) && !/(?:^|\/)(?:node_modules|vendor|fixtures|__fixtures__|__testUtils__|testdata)\//.test(path),
    ),
  };
  const limited = Object.values(wanted).map((paths) => paths.slice(0, maxFilesEach));
  const texts = tree.read([...new Set(limited.flat())]);
  const sources: SourceFact[] = [];
  const problems: Problem[] = [];
  const note = (kind: SourceFact["kind"], path: string, facts: number, problem: string | null = null) =>
    sources.push({ kind, repository: tree.repository, path, read: problem === null, facts, problem, window: null });
  const each = <T>(paths: readonly string[], read: (path: string, text: string) => T[]): T[] =>
    paths.flatMap((path) => {
      const text = texts.get(path);
      return text === undefined ? [] : read(path, text);
    });

  const manifests = each(wanted.manifest, (path, text) => {
    const manifest = readBuildManifest(path, text);
    if (manifest) note("manifest", path, 1);
    return manifest ? [manifest] : [];
  });
  const members = each(wanted.manifest, (path, text) => readMembers(path, text) ?? []);
  const projects = each(wanted.project, (path, text) =>
    lastPart(path) === "project.json" ? readNxProject(path, text) : readNestCli(path, text),
  );
  const dockerfiles = each(wanted.dockerfile, (path, text) => {
    note("manifest", path, 1);
    return [readDockerfile(path, text)];
  });
  const compose = each(wanted.compose, (path, text) => {
    const env = texts.get(joinFolder(folderOf(path), ".env"));
    const read = readCompose(path, text, env === undefined ? new Map() : readEnv(env));
    note("manifest", path, read.services.length, read.problems[0]?.message ?? null);
    problems.push(...read.problems);
    return read.services;
  });
  const charts = new Map<string, ChartValues>();
  const valuesFor = (path: string): ChartValues => {
    const file = `${path.slice(0, path.lastIndexOf("/templates/") + 1)}values.yaml`;
    const values = charts.get(file) ?? readChartValues(file, texts.get(file) ?? "");
    charts.set(file, values);
    return values;
  };
  const kubernetes = each(wanted.yaml, (path, text) => {
    if (!mayHoldWorkloads(text)) return [];
    const read = readKubernetes(path, text, text.includes("{{") ? valuesFor(path) : new Map());
    note("manifest", path, read.workloads.length + read.builds.length, read.problems[0]?.message ?? null);
    // A template is no YAML before it is rendered: nothing is wrong with the file.
    if (!text.includes("{{")) problems.push(...read.problems);
    return [read];
  });
  return {
    repository: tree.repository,
    paths: tree.paths,
    active,
    folders: foldersOf(active),
    codeFolders: foldersOf(active.filter((path) => languageOf(path) !== null || path.endsWith(".html"))),
    manifests,
    members: [...members, ...manifests.flatMap((manifest) => manifest.members)],
    projects,
    dockerfiles,
    compose,
    workloads: kubernetes.flatMap((read) => read.workloads),
    builds: kubernetes.flatMap((read) => read.builds),
    entries: entryPoints(active, new Map(each(wanted.entry, (path, text) => [[path, text] as const])), manifests),
    catalogs: new Map(each(wanted.catalog, (path, text) => [[path, text] as const])),
    sources,
    problems,
  };
}

function joinFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function foldersOf(paths: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (folder: string) => counts.set(folder, (counts.get(folder) ?? 0) + 1);
  for (const path of paths) {
    for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) add(folder);
    add("");
  }
  return counts;
}
