/** Reads the build and deployment files of one repository, once. */
import type { FileTree } from "#collect/files/index.js";
import { isPassive, languageOf } from "#collect/folders/index.js";
import {
  type BuildManifest,
  folderOf,
  isBuildManifest,
  lastPart,
  readBuildManifest,
  readMembers,
  readNestCli,
  readNxProject,
  type WorkspaceProject,
} from "#collect/manifests/index.js";
import type { Problem, SourceFact } from "#model/facts.js";
import { isCatalogFile } from "../backstage/index.js";
import { type EntryPoint, entryFiles, entryPoints } from "./entry-points.js";
import { deploymentPaths, type GatheredDeployments, gatherDeployments } from "./gather-deployments.js";

export interface Gathered extends GatheredDeployments {
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
    ...deploymentPaths(tree.paths, active),
    entry: entryFiles(active),
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
    else if (readMembers(path, text) === null) {
      const message = `${path} is no build file that can be read`;
      note("manifest", path, 0, message);
      problems.push({ path, line: null, message, hint: "nothing was read from it" });
    }
    return manifest ? [manifest] : [];
  });
  const members = each(wanted.manifest, (path, text) => readMembers(path, text) ?? []);
  const projects = each(wanted.project, (path, text) =>
    lastPart(path) === "project.json" ? readNxProject(path, text) : readNestCli(path, text),
  );
  return {
    repository: tree.repository,
    paths: tree.paths,
    active,
    folders: foldersOf(active),
    codeFolders: foldersOf(active.filter((path) => languageOf(path) !== null || path.endsWith(".html"))),
    manifests,
    members: [...members, ...manifests.flatMap((manifest) => manifest.members)],
    projects,
    ...gatherDeployments(tree, wanted, texts, { note, problems }),
    entries: entryPoints(active, new Map(each(wanted.entry, (path, text) => [[path, text] as const])), manifests),
    catalogs: new Map(each(wanted.catalog, (path, text) => [[path, text] as const])),
    sources,
    problems,
  };
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
