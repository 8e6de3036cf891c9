/** Reads all files of one repository that say what runs and how. */
import {
  type AspireResource,
  type ComposeService,
  type Dockerfile,
  isAspireHost,
  isCloudFormation,
  isComposeFile,
  isDockerfile,
  isProcfile,
  isServerlessFile,
  isTemplatePath,
  isTerraformFile,
  type KubernetesEstate,
  mayHoldCompose,
  mayHoldKubernetes,
  type ProcfileProcess,
  readAspire,
  readCloudFormation,
  readComposeFiles,
  readDockerfile,
  readKubernetesFiles,
  readProcfile,
  readServerless,
  readTerraform,
  type ServerlessFunction,
  type TerraformEstate,
} from "#collect/deployment/index.js";
import type { FileTree } from "#collect/files/index.js";
import { isLockfile } from "#collect/lockfiles/index.js";
import { folderOf, lastPart } from "#collect/manifests/index.js";
import type { Problem, SourceFact } from "#model/facts.js";
import { isCatalogFile } from "../backstage/index.js";
import { hostConstants } from "./host-constants.js";

export interface GatheredDeployments extends Omit<KubernetesEstate, "problems"> {
  readonly dockerfiles: readonly Dockerfile[];
  readonly compose: readonly ComposeService[];
  readonly processes: readonly ProcfileProcess[];
  readonly functions: readonly ServerlessFunction[];
  readonly aspire: readonly AspireResource[];
  readonly terraform: Omit<TerraformEstate, "problems">;
  /** Folders of the programs that only start the others. */
  readonly hosts: readonly string[];
}

/** What is read notes itself here. */
export interface Notes {
  readonly note: (kind: SourceFact["kind"], path: string, facts: number, problem?: string | null) => void;
  readonly problems: Problem[];
}

type DeploymentPaths = Record<
  "dockerfile" | "compose" | "yaml" | "template" | "nearby" | "process" | "host" | "terraform",
  string[]
>;

/** Paths of one repository by what they may be. @param all its paths. @param active those that are no trials and texts. */
export function deploymentPaths(all: readonly string[], active: readonly string[]): DeploymentPaths {
  return {
    dockerfile: active.filter(isDockerfile),
    compose: active.filter((path) => isComposeFile(path) && !isTrialFile(path)),
    yaml: active.filter((path) => /\.ya?ml$/.test(path) && !isComposeFile(path) && !isCatalogFile(path) && !isLockfile(path)),
    template: active.filter((path) => /\.(?:json|template)$/.test(path) && isTemplatePath(path)),
    // What charts and kustomizations are made of, and the scripts that install them.
    nearby: [
      ...active.filter((path) => /(?:^|\/)Kustomization$|\/templates\/.{1,300}\.tpl$|\.(?:env|properties|conf|toml)$/.test(path)),
      ...all.filter((path) => /\.(?:sh|mk)$|(?:^|\/)Makefile$|^\.github\/workflows\/[^/]{1,200}\.ya?ml$/.test(path)),
    ],
    process: active.filter(isProcfile),
    terraform: active.some((path) => /\.tf(?:\.json)?$/.test(path)) ? active.filter(isTerraformFile) : [],
    // An app host is a program of a few files; the project beside them tells it from the others.
    host: active.filter((path) => /(?:^|\/)(?:Program|AppHost|apphost)\.cs$/.test(path)),
  };
}

/** @param texts of those paths. */
export function gatherDeployments(
  tree: FileTree,
  paths: DeploymentPaths,
  texts: ReadonlyMap<string, string>,
  notes: Notes,
): GatheredDeployments {
  const each = <T>(wanted: readonly string[], read: (path: string, text: string) => T[]): T[] =>
    wanted.flatMap((path) => {
      const text = texts.get(path);
      return text === undefined ? [] : read(path, text);
    });
  const dockerfiles = each(paths.dockerfile, (path, text) => {
    notes.note("manifest", path, 1);
    return [readDockerfile(path, text)];
  });
  const functions = each(paths.yaml.filter(isServerlessFile), (path, text) => {
    const read = readServerless(path, text);
    notes.note("manifest", path, read.functions.length, read.problems[0]?.message);
    notes.problems.push(...read.problems);
    return read.functions;
  });
  const templates = each([...paths.yaml, ...paths.template], (path, text) => {
    if (isServerlessFile(path) || !isCloudFormation(path, text)) return [];
    const read = readCloudFormation(path, text);
    notes.note("manifest", path, read.functions.length + read.stores.length, read.problems[0]?.message);
    notes.problems.push(...read.problems);
    return [read];
  });
  const processes = each(paths.process, (path, text) => {
    const read = readProcfile(path, text);
    notes.note("manifest", path, read.length);
    return read;
  });
  const hosts = each(paths.host, (path, text) => (isAspireHost(path, text) ? [{ path, text }] : []));
  const aspire = hosts.flatMap(({ path, text }) => {
    const read = readAspire(
      path,
      text,
      tree.paths,
      hostConstants(text, tree.paths, (wanted) => tree.read(wanted, { quiet: true })),
    );
    notes.note("manifest", path, read.length);
    return read;
  });
  return {
    dockerfiles,
    compose: gatherCompose(tree, paths, texts, notes),
    ...gatherKubernetes(tree, paths, texts, notes),
    terraform: withStores(gatherTerraform(paths.terraform, texts, notes), templates),
    processes,
    functions: [...functions, ...templates.flatMap((template) => template.functions)],
    aspire,
    hosts: hosts.map(({ path }) => folderOf(path)),
  };
}

function withStores(
  { deployed, stores }: Omit<TerraformEstate, "problems">,
  templates: readonly Pick<TerraformEstate, "stores">[],
): Omit<TerraformEstate, "problems"> {
  return { deployed, stores: [...stores, ...templates.flatMap((template) => template.stores)] };
}

/** Compose files that only check others. */
function isTrialFile(path: string): boolean {
  return /[._-](?:tests?|e2e|ci|unit|acceptance|integration)[._-]/.test(lastPart(path));
}

function gatherCompose(
  tree: FileTree,
  paths: DeploymentPaths,
  texts: ReadonlyMap<string, string>,
  { note, problems }: Notes,
): readonly ComposeService[] {
  const others = paths.yaml.filter((path) => {
    const text = texts.get(path);
    return text !== undefined && !isTrialFile(path) && mayHoldCompose(text);
  });
  const files = [...paths.compose, ...others];
  const estate = readComposeFiles(files, fileReader(tree, texts));
  const broken = new Map(estate.problems.map((problem) => [problem.path, problem.message]));
  const counts = new Map<string, number>(paths.compose.map((path) => [path, 0]));
  for (const { file } of estate.services) counts.set(file, (counts.get(file) ?? 0) + 1);
  for (const [path, count] of counts) note("manifest", path, count, broken.get(path));
  problems.push(...estate.problems);
  return estate.services;
}

/** Any file of the repository, read when it is asked for. */
function fileReader(tree: FileTree, texts: ReadonlyMap<string, string>): (path: string) => string | null {
  const known = new Set(tree.paths);
  const more = new Map<string, string | null>();
  return (path) => {
    const text = texts.get(path) ?? more.get(path);
    if (text !== undefined) return text;
    const read = known.has(path) ? (tree.read([path]).get(path) ?? null) : null;
    more.set(path, read);
    return read;
  };
}

function gatherKubernetes(
  tree: FileTree,
  paths: DeploymentPaths,
  texts: ReadonlyMap<string, string>,
  { note, problems }: Notes,
): Omit<KubernetesEstate, "problems"> {
  const wanted = [...paths.yaml, ...paths.nearby].flatMap((path) => {
    const text = texts.get(path);
    return text !== undefined && mayHoldKubernetes(path, text) ? [[path, text] as const] : [];
  });
  const { problems: found, ...estate } = readKubernetesFiles(new Map(wanted), tree.paths);
  const broken = new Map(found.map((problem) => [problem.path, problem.message]));
  const counts = new Map<string, number>([...broken.keys()].map((path) => [path, 0]));
  for (const { file } of [...estate.workloads, ...estate.builds]) counts.set(file, (counts.get(file) ?? 0) + 1);
  for (const [path, count] of counts) note("manifest", path, count, broken.get(path));
  problems.push(...found);
  return estate;
}

function gatherTerraform(
  paths: readonly string[],
  texts: ReadonlyMap<string, string>,
  { note, problems }: Notes,
): Omit<TerraformEstate, "problems"> {
  const files = new Map(paths.flatMap((path) => (texts.has(path) ? [[path, texts.get(path) ?? ""] as const] : [])));
  if (files.size === 0) return { deployed: [], stores: [] };
  const { problems: found, ...estate } = readTerraform(files);
  const counts = new Map<string, number>();
  for (const { file } of [...estate.deployed, ...estate.stores]) counts.set(file, (counts.get(file) ?? 0) + 1);
  for (const [path, count] of counts) note("manifest", path, count);
  problems.push(...found);
  return estate;
}
