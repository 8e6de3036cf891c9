/** One contract of a tree as a value, with all files that it refers to. */
import type { FileTree } from "#collect/files/index.js";
import { folderOf, joinPath } from "#collect/manifests/index.js";
import type { ContractBody, ContractDocument, ContractSource } from "#model/contract-source.js";
import type { Problem } from "#model/facts.js";
import type { FoundContract } from "./contract.js";
import { readContractDocument } from "./contract-document.js";
import { type ReadProtoFile, readProtoFile } from "./proto-file.js";

/** Contracts may be longer than other files that people write. */
const maxBytes = 24 * 1024 * 1024;
const maxFiles = 300;

/** Never throws: what cannot be read is among the problems, and the body holds the rest. */
export function readContractSource(tree: FileTree, found: FoundContract): ContractSource {
  const { kind, name, version, repository, file } = found;
  const { body, problems } = bodyOf(tree, found);
  return { kind, name, version, repository, file, copies: found.copies.map((copy) => copy.file), body, problems };
}

function bodyOf(tree: FileTree, found: FoundContract): { readonly body: ContractBody; readonly problems: readonly Problem[] } {
  if (found.kind === "typescript") return { body: { form: "exports", names: found.exports }, problems: [] };
  if (found.kind === "graphql") {
    const files = [...new Set(found.copies.map((copy) => copy.file))].filter((file) =>
      folderOf(file).startsWith(folderOf(found.file)),
    );
    const texts = tree.read(files.length === 0 ? [found.file] : files, { maxBytes });
    return { body: { form: "graphql", texts: [...texts].map(([file, text]) => ({ file, text })) }, problems: [] };
  }
  return found.kind === "grpc" ? protoBody(tree, found.file) : documentBody(tree, found.file);
}

/** The file and what it refers to, in the repository only. */
function documentBody(tree: FileTree, file: string): ReturnType<typeof bodyOf> {
  const documents = new Map<string, ContractDocument>();
  const problems: Problem[] = [];
  const known = new Set(tree.paths);
  let next = [file];
  while (next.length > 0 && documents.size < maxFiles) {
    const texts = tree.read(next, { maxBytes });
    const wanted = new Set<string>();
    for (const [path, text] of texts) {
      const read = readContractDocument(path, text);
      problems.push(...read.problems);
      if (read.document === null) continue;
      documents.set(path, read.document);
      for (const other of filesReferredTo(path, read.document.value))
        if (known.has(other) && !documents.has(other)) wanted.add(other);
    }
    next = [...wanted].slice(0, maxFiles - documents.size);
  }
  return { body: { form: "document", documents }, problems };
}

const maxValues = 2_000_000;

function filesReferredTo(from: string, value: unknown): Set<string> {
  const files = new Set<string>();
  const open: unknown[] = [value];
  for (let seen = 0; open.length > 0 && seen < maxValues; seen++) {
    const here = open.pop();
    if (typeof here !== "object" || here === null) continue;
    for (const [key, inner] of Object.entries(here)) {
      if (key === "$ref" && typeof inner === "string") {
        const [path = ""] = inner.split("#");
        const target = path === "" || /^[a-z][a-z0-9+.-]{1,20}:/i.test(path) ? null : joinPath(folderOf(from), plain(path));
        // Samples of code and texts are referred to as well; they promise nothing.
        if (target !== null && /\.(?:json|ya?ml)$/i.test(target)) files.add(target);
      } else if (!key.startsWith("x-")) open.push(inner);
    }
  }
  return files;
}

function plain(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The file first, then what it imports: by the path from a folder above, as the compiler is told where to look. Then the rest of its package: definitions move from file to file. */
function protoBody(tree: FileTree, file: string): ReturnType<typeof bodyOf> {
  const files: ReadProtoFile[] = [];
  const seen = new Set([file]);
  const { byName, byFolder } = worldOf(tree);
  let next = [file];
  while (next.length > 0 && files.length < maxFiles) {
    const imported = new Set<string>();
    for (const [path, read] of readProtos(tree, next)) {
      files.push(read);
      for (const name of read.imports) {
        const target = importedFile(path, name, byName.get(lastOf(name)) ?? []);
        if (target !== null && !seen.has(target)) imported.add(target);
      }
    }
    for (const path of imported) seen.add(path);
    next = [...imported];
  }
  const beside = (byFolder.get(folderOf(file)) ?? []).filter((path) => !seen.has(path)).slice(0, maxFiles);
  const own = files[0]?.file?.package;
  const others = [...readProtos(tree, beside).values()].filter((read) => read.file?.package === own);
  return {
    body: { form: "protobuf", files: [...files, ...others].flatMap((read) => read.file ?? []) },
    problems: files.flatMap((read) => read.problems),
  };
}

/** The .proto files of a tree. */
interface ProtoWorld {
  /** By the last part of their path. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  readonly byFolder: ReadonlyMap<string, readonly string[]>;
  readonly parsed: Map<string, ReadProtoFile>;
}

/** Files of a tree do not change while it is read, and many of them import the same. */
const worlds = new WeakMap<FileTree, ProtoWorld>();

function worldOf(tree: FileTree): ProtoWorld {
  const known = worlds.get(tree);
  if (known !== undefined) return known;
  const protos = tree.paths.filter((path) => path.endsWith(".proto"));
  const world = {
    byName: grouped(protos, lastOf),
    byFolder: grouped(protos, folderOf),
    parsed: new Map<string, ReadProtoFile>(),
  };
  worlds.set(tree, world);
  return world;
}

function grouped(paths: readonly string[], keyOf: (path: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const group = groups.get(keyOf(path));
    if (group === undefined) groups.set(keyOf(path), [path]);
    else group.push(path);
  }
  return groups;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function readProtos(tree: FileTree, paths: readonly string[]): Map<string, ReadProtoFile> {
  const known = worldOf(tree).parsed;
  const missing = paths.filter((path) => !known.has(path));
  if (missing.length > 0) for (const [path, text] of tree.read(missing, { maxBytes })) known.set(path, readProtoFile(path, text));
  return new Map(
    paths.flatMap((path) => {
      const read = known.get(path);
      return read === undefined ? [] : [[path, read] as const];
    }),
  );
}

/** Of several files that an import could mean, the one that shares most of its path. */
function importedFile(from: string, name: string, protos: readonly string[]): string | null {
  const candidates = protos.filter((path) => path === name || path.endsWith(`/${name}`));
  const shared = (path: string) => {
    let at = 0;
    while (at < path.length && path[at] === from[at]) at++;
    return at;
  };
  return candidates.toSorted((a, b) => shared(b) - shared(a))[0] ?? null;
}
