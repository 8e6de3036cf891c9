/** Machine-readable contracts of one repository: OpenAPI, AsyncAPI, gRPC, GraphQL, JSON Schema, entries of TypeScript packages. */
import type { FileTree } from "#collect/files/index.js";
import { folderOf, readBuildManifest } from "#collect/manifests/index.js";
import type { Problem, SourceFact } from "#model/facts.js";
import { fingerprint } from "#util/fingerprint.js";
import { mayBeAsyncapi, readAsyncapi } from "./asyncapi.js";
import { type Candidates, candidatesOf, isForeignPackage, isNamedContract } from "./candidates.js";
import { type ContractsOfFile, type FoundContract, nothing, type OtherFiles, type ReadContract } from "./contract.js";
import { withoutCopies } from "./copies.js";
import { readGraphql } from "./graphql.js";
import { mayBeJsonSchema, readJsonSchema } from "./json-schema.js";
import { nameFromPath } from "./names.js";
import { mayBeOpenapi, readOpenapi } from "./openapi.js";
import { readProto } from "./proto.js";
import { readTypescriptEntries } from "./typescript.js";

export interface CollectedContracts {
  /** One per contract, its copies with it; sorted by file. */
  readonly contracts: readonly FoundContract[];
  readonly problems: readonly Problem[];
  readonly sources: readonly SourceFact[];
}

/** Reads all of them; what cannot be read is a problem and costs nothing else. */
export function collectContracts(tree: FileTree): CollectedContracts {
  const candidates = candidatesOf(tree.paths);
  const reader = readerOf(tree);
  const parts = [
    structuredContracts(tree, candidates, reader),
    protoContracts(tree, candidates),
    graphqlContracts(tree, candidates.graphql),
    typescriptContracts(tree, candidates.packages, reader),
  ];
  const found = parts.flatMap((part) => part.contracts);
  const problems = parts.flatMap((part) => part.problems);
  return { contracts: withoutCopies(found), problems, sources: sourcesOf(tree.repository, found, problems) };
}

interface Part {
  readonly contracts: readonly FoundContract[];
  readonly problems: readonly Problem[];
}

/** Files that contracts refer to; a few thousand in all and no more. */
const maxOthers = 5000;

function readerOf(tree: FileTree): OtherFiles {
  const known = new Set(tree.paths);
  let left = maxOthers;
  return {
    exists: (path) => known.has(path),
    texts: (paths) => {
      const wanted = [...new Set(paths)].filter((path) => known.has(path)).slice(0, left);
      left -= wanted.length;
      return wanted.length === 0 ? new Map() : tree.read(wanted, { quiet: true });
    },
  };
}

/** Texts in batches: most of them are looked at once and forgotten. */
function* textsOf(tree: FileTree, paths: readonly string[], quiet: boolean): Generator<readonly [string, string]> {
  const batchSize = 200;
  for (let at = 0; at < paths.length; at += batchSize) yield* tree.read(paths.slice(at, at + batchSize), { quiet });
}

function structuredContracts(tree: FileTree, candidates: Candidates, reader: OtherFiles): Part {
  const contracts: FoundContract[] = [];
  const problems: Problem[] = [];
  const look = (paths: readonly string[], quiet: boolean) => {
    for (const [path, text] of textsOf(tree, paths, quiet)) {
      const read = readStructuredContract(path, text, reader);
      contracts.push(...read.contracts.map((contract) => placed(tree.repository, path, text, contract)));
      problems.push(...read.problems);
    }
  };
  look(candidates.structured.filter(isNamedContract), false);
  look(
    candidates.structured.filter((path) => !isNamedContract(path)),
    true,
  );
  return { contracts, problems };
}

function readStructuredContract(path: string, text: string, reader: OtherFiles): ContractsOfFile {
  if (mayBeOpenapi(text)) return readOpenapi(path, text, reader);
  if (mayBeAsyncapi(text)) return readAsyncapi(path, text);
  return mayBeJsonSchema(text) ? readJsonSchema(path, text) : nothing;
}

/** Files without a service that others import are parts of those; alone they are the payload of messages. */
function protoContracts(tree: FileTree, { proto, copiedProto }: Candidates): Part {
  const written = protoFiles(tree, proto);
  const named = written.filter(({ read }) => isForeignPackage(read.package));
  const own = written.filter(({ read }) => !isForeignPackage(read.package));
  const mayPublish = named.length + copiedProto.length > mostCopies;
  const copied = mayPublish ? [...named, ...protoFiles(tree, copiedProto)] : [];
  const isPublisher = withServices(copied) > Math.max(fewServices, withServices(own));
  const files = isPublisher ? [...own, ...copied] : own;
  const imported = new Set(files.flatMap(({ read }) => read.imports).map(lastOfPath));
  return {
    contracts: files
      .filter(({ path, read }) => read.contract.services.length > 0 || !imported.has(lastOfPath(path)))
      .map(({ path, text, read }) => placed(tree.repository, path, text, read.contract)),
    problems: [],
  };
}

/** Copies are few, and most of them describe types: who holds more services under a well-known name than of its own is who publishes them. */
const mostCopies = 50;
const fewServices = 10;

interface ProtoText {
  readonly path: string;
  readonly text: string;
  readonly read: NonNullable<ReturnType<typeof readProto>>;
}

function protoFiles(tree: FileTree, paths: readonly string[]): ProtoText[] {
  return [...textsOf(tree, paths, false)].flatMap(([path, text]) => {
    const read = readProto(path, text);
    return read ? [{ path, text, read }] : [];
  });
}

function withServices(files: readonly ProtoText[]): number {
  return files.filter(({ read }) => read.contract.services.length > 0).length;
}

function lastOfPath(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The files of one folder, with those below, are one schema. */
function graphqlContracts(tree: FileTree, paths: readonly string[]): Part {
  const files = [...textsOf(tree, paths, false)].flatMap(([path, text]) => {
    const contract = readGraphql(path, text);
    return contract ? [{ path, text, contract }] : [];
  });
  const folders = new Set(files.map((file) => folderOf(file.path)));
  const groups = new Map<string, typeof files>();
  for (const file of files) {
    const top = outermost(folderOf(file.path), folders);
    groups.set(top, [...(groups.get(top) ?? []), file]);
  }
  return {
    contracts: [...groups.values()].flatMap((group) => graphqlContract(tree.repository, group)),
    problems: [],
  };
}

/** The root of a repository is no folder of a schema unless it is all there is. */
function outermost(folder: string, folders: ReadonlySet<string>): string {
  let top = folder;
  for (let above = folderOf(folder); above !== ""; above = folderOf(above)) if (folders.has(above)) top = above;
  return top;
}

function graphqlContract(
  repository: string,
  files: readonly { readonly path: string; readonly text: string; readonly contract: ReadContract }[],
): FoundContract[] {
  const first = files.find((file) => file.contract.operations.length > 0);
  // Types that no query leads to are parts of something that is put together elsewhere.
  if (!first) return [];
  const operations = new Map(files.flatMap((file) => file.contract.operations.map((operation) => [operation.id, operation])));
  const whole = placed(repository, first.path, files.map((file) => file.text).join("\n"), {
    ...first.contract,
    name: nameFromPath(repository, first.path),
    operations: [...operations.values()],
    schemas: files.flatMap((file) => file.contract.schemas),
  });
  return [whole];
}

/** Packages of a workspace that do not run by themselves. */
function typescriptContracts(tree: FileTree, paths: readonly string[], reader: OtherFiles): Part {
  const packages = [...textsOf(tree, paths, true)].filter(([path, text]) => {
    const manifest = readBuildManifest(path, text);
    return manifest && !manifest.executable && !manifest.aggregator;
  });
  const entries = readTypescriptEntries(packages, reader);
  return {
    contracts: entries.map(({ file, contract }) => placed(tree.repository, file, contract.exports.join(), contract)),
    problems: [],
  };
}

function placed(repository: string, file: string, text: string, contract: ReadContract): FoundContract {
  const copy = { repository, file, fingerprint: fingerprint(text.replace(/\s+/g, " ").trim()) };
  return { ...contract, repository, file, copies: [copy] };
}

function sourcesOf(repository: string, found: readonly FoundContract[], problems: readonly Problem[]): SourceFact[] {
  const source = { kind: "contract", repository, window: null } as const;
  return [
    ...found.map((contract) => ({
      ...source,
      path: contract.file,
      read: true,
      facts: contract.operations.length + contract.channels.length + contract.exports.length,
      problem: null,
    })),
    ...problems.map((problem) => ({ ...source, path: problem.path, read: false, facts: 0, problem: problem.message })),
  ];
}
