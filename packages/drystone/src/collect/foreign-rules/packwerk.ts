/** Packages of Packwerk and of its extensions (privacy, visibility, layers) with what they live with: packwerk.yml, package.yml, package_todo.yml. */
import { printable } from "#util/escape.js";
import type { FileTree } from "../files/index.js";
import { readYaml, record, scalarText, texts, type YamlDocument } from "../yaml/index.js";
import { type ForeignRules, type KnownViolation, type ModuleDraft, moduleDraft, type Unread } from "./foreign-rules.js";

export const packwerkFile = "packwerk.yml";

/** @param file packwerk.yml; its packages are the folders with a package.yml that `package_paths` names. */
export function readPackwerk(tree: FileTree, file: string): ForeignRules {
  const unread: Unread[] = [];
  const files: string[] = [];
  const root = file.includes("/") ? file.slice(0, file.lastIndexOf("/") + 1) : "";
  const config = read(tree, file, files, unread);
  const settings = record(config?.value);
  const packages = packageFolders(tree, root, texts(settings["package_paths"]));
  const names = namesOf(packages, root);
  const nameOf = (path: string) => names.get(folderAt(root, path)) ?? null;
  const checks = checkersOf(tree, root, texts(settings["require"]));
  const drafts = packages.map((folder) => moduleOf(folder, { tree, root, names, nameOf, files, unread, checks }));
  const layers = texts(settings["layers"] ?? settings["architecture_layers"]);
  return {
    tool: "Packwerk",
    files,
    modules: drafts,
    layers,
    rules: [],
    settings: {
      types: null,
      tests: "same",
      enforce: { cycle: "off", unresolved: "warn", unassigned: "off", "cross-team-private": "off", "foreign-table": "off" },
    },
    known: packages.flatMap((folder) => knownOf(folder, { tree, root, names, nameOf, files, unread, checks })),
    unread,
  };
}

interface Context {
  readonly tree: FileTree;
  /** Folder of packwerk.yml with a slash at its end, or "". */
  readonly root: string;
  /** Folder of a package to the name of its module. */
  readonly names: ReadonlyMap<string, string>;
  readonly nameOf: (path: string) => string | null;
  readonly files: string[];
  readonly unread: Unread[];
  /** Whether a checker of packwerk-extensions is loaded. */
  readonly checks: (checker: string) => boolean;
}

/** As of version 3 Packwerk checks dependencies alone, whatever package.yml says, unless packwerk.yml loads the other checkers. */
function checkersOf(tree: FileTree, root: string, required: readonly string[]): Context["checks"] {
  const lock = tree.read([`${root}Gemfile.lock`], { maxBytes: 5 * 1024 * 1024, quiet: true }).get(`${root}Gemfile.lock`) ?? "";
  const version = Number(/^ {4}packwerk \((\d{1,4})\./m.exec(lock)?.[1] ?? 0);
  return (checker) =>
    version < 3 || required.some((path) => path === "packwerk-extensions" || path.startsWith(`packwerk/${checker}/`));
}

function read(tree: FileTree, file: string, files: string[], unread: Unread[]): YamlDocument | null {
  const text = tree.read([file], { maxBytes: 20 * 1024 * 1024 }).get(file);
  if (text === undefined) return null;
  files.push(file);
  const { documents, problems } = readYaml(file, text);
  for (const { message, line } of problems)
    unread.push({ file, line: line ?? 1, what: printable(message), why: "it is no YAML that can be read" });
  return documents[0] ?? null;
}

/** Folders with a package.yml, the root as "". */
function packageFolders({ paths }: FileTree, root: string, wanted: readonly string[]): string[] {
  const patterns = wanted.map((pattern) => pattern.replace(/^\.\//, "").replace(/\/{1,50}$/, ""));
  return paths.flatMap((path) => {
    if (!path.startsWith(root) || !(path === `${root}package.yml` || path.endsWith("/package.yml"))) return [];
    const folder = path.slice(0, path.length - "package.yml".length).replace(/\/$/, "");
    const inside = folder.slice(root.length);
    if (/(?:^|\/)(?:node_modules|vendor)(?:\/|$)/.test(inside)) return [];
    const isWanted =
      inside === "" || patterns.length === 0 || patterns.some((pattern) => fits(pattern.split("/"), inside.split("/")));
    return isWanted ? [folder] : [];
  });
}

/** `*` within a name, `**` for any folders. Row by row, so that many `**` cost no more than few. */
function fits(pattern: readonly string[], names: readonly string[]): boolean {
  // reach[i]: the first i parts cover the names so far.
  let reach = [true, ...pattern.map((_, index) => pattern.slice(0, index + 1).every((part) => part === "**"))];
  for (const name of names) {
    const next = [false];
    for (const [index, part] of pattern.entries()) {
      const parts = part.replace(/^\{(.*)\}$/, "$1").split(",");
      next.push(
        part === "**"
          ? reach[index] === true || reach[index + 1] === true || next[index] === true
          : reach[index] === true && parts.some((one) => nameMatches(one, name)),
      );
    }
    reach = next;
  }
  return reach.at(-1) === true;
}

function nameMatches(part: string, name: string): boolean {
  const [head = "", ...tails] = part.split("*");
  const tail = tails.at(-1);
  if (tail === undefined) return head === name;
  return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}

/** The last folder where that is unique, else the whole path. */
function namesOf(folders: readonly string[], root: string): ReadonlyMap<string, string> {
  return new Map(
    folders.map((folder) => {
      const path = folder.slice(root.length);
      if (path === "") return [folder, "root"];
      const isUnique = folders.filter((other) => last(other) === last(folder)).length === 1 && last(folder) !== "root";
      return [folder, isUnique ? last(folder) : path.replaceAll("/", "-")];
    }),
  );
}

function last(folder: string): string {
  return folder.slice(folder.lastIndexOf("/") + 1);
}

function folderAt(root: string, path: string): string {
  const plain = path.trim().replace(/^\.?\/|\/{1,50}$/g, "");
  return plain === "" || plain === "." ? root.replace(/\/$/, "") : root + plain;
}

function moduleOf(folder: string, context: Context): ModuleDraft {
  const { tree, names, files, unread } = context;
  const file = folder === "" ? "package.yml" : `${folder}/package.yml`;
  const document = read(tree, file, files, unread);
  const fields = record(document?.value);
  const enforced = (key: string) => {
    const value = scalarText(fields[key]);
    return value === "strict" ? "strict" : value === "true" ? "new" : null;
  };
  const loaded = (key: string, checker: string) => {
    const value = enforced(key);
    if (value === null || document === null || context.checks(checker)) return value;
    const why = "the checker is not loaded: Packwerk 3 needs packwerk-extensions for it";
    unread.push({ file, line: document.lineOf([key]), what: key, why });
    return null;
  };
  const dependencies = enforced("enforce_dependencies");
  const privacy = loaded("enforce_privacy", "privacy");
  const visibility = loaded("enforce_visibility", "visibility");
  const layered = loaded("enforce_layers", "layer") ?? loaded("enforce_architecture", "architecture");
  const skip = (key: string, why: string) => {
    if (document !== null && fields[key] !== undefined && !isOff(fields[key]))
      unread.push({ file, line: document.lineOf([key]), what: key, why });
  };
  skip("private_constants", "constants have no counterpart: what is public is said by files");
  skip("enforce_folder_privacy", "say it with visibleTo of the module");
  skip("ignored_dependencies", "write an exception with allow");
  const references = (key: string): string[] =>
    texts(fields[key]).flatMap((path) => {
      const name = context.nameOf(path);
      if (name === null && document !== null)
        unread.push({
          file,
          line: document.lineOf([key]),
          what: `${key}: ${printable(path)}`,
          why: "there is no package in that folder",
        });
      return name === null ? [] : [name];
    });
  const publicPath = (scalarText(fields["public_path"]) || "app/public").replace(/\/{1,50}$/, "");
  const match = ownFolders(folder, context);
  const faces = match.length === 1 && match[0] === folder ? [`${publicPath}/**`] : publicBelow(match, folder, publicPath);
  const metadata = record(fields["metadata"]);
  return moduleDraft(names.get(folder) ?? "root", match, {
    public: privacy === null ? ["**"] : faces,
    uses: dependencies === null ? null : references("dependencies"),
    visibleTo: visibility === null ? null : references("visible_to"),
    layer: layered === null ? null : scalarText(fields["layer"]) || null,
    owner: scalarText(fields["owner"]) || scalarText(metadata["owner"]) || scalarText(metadata["team"]) || null,
    enforce: Object.fromEntries(
      (
        [
          ["undeclared-use", dependencies],
          ["private-import", privacy],
          ["not-visible", visibility],
          ["layer", layered],
        ] as const
      ).flatMap(([rule, value]) => (value === "strict" ? [[rule, "strict"]] : [])),
    ),
  });
}

/**
 * Where the files of a package are. Packages inside of another one are its neighbours for Packwerk, not its parts: a package around
 * others is written as the folders that hold none of them.
 */
function ownFolders(folder: string, { tree, names }: Context): readonly string[] {
  const prefix = folder === "" ? "" : `${folder}/`;
  const inner = [...names.keys()].filter((other) => other !== folder && other.startsWith(prefix));
  if (inner.length === 0) return [folder === "" ? "." : folder];
  const around = new Set(inner.flatMap((path) => foldersAbove(path, prefix)));
  const found = new Set<string>();
  for (const path of tree.paths) {
    if (!path.startsWith(prefix) || !/\.(?:rb|rake|erb)$/.test(path) || inner.some((other) => path.startsWith(`${other}/`)))
      continue;
    const above = foldersAbove(path, prefix);
    // The highest folder that holds no other package, else the file itself.
    found.add(above.toReversed().find((one) => !around.has(one)) ?? path);
  }
  return found.size === 0 ? [folder === "" ? "." : folder] : [...found].sort();
}

/** From the inside, without the package itself. */
function foldersAbove(path: string, prefix: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf("/"); at > prefix.length; at = path.lastIndexOf("/", at - 1)) folders.push(path.slice(0, at));
  return folders;
}

/** `public` is relative to each folder of a module. */
function publicBelow(match: readonly string[], folder: string, publicPath: string): readonly string[] {
  const whole = folder === "" ? publicPath : `${folder}/${publicPath}`;
  return match.flatMap((one) =>
    whole === one ? ["**"] : whole.startsWith(`${one}/`) ? [`${whole.slice(one.length + 1)}/**`] : [],
  );
}

function isOff(value: unknown): boolean {
  return value === false || value === null || (Array.isArray(value) && value.length === 0);
}

const todoRules = new Map([
  ["dependency", "undeclared-use"],
  ["privacy", "private-import"],
  ["visibility", "not-visible"],
  ["architecture", "layer"],
  ["layer", "layer"],
]);

function knownOf(folder: string, context: Context): KnownViolation[] {
  const file = folder === "" ? "package_todo.yml" : `${folder}/package_todo.yml`;
  if (!context.tree.paths.includes(file)) return [];
  const document = read(context.tree, file, context.files, context.unread);
  if (document === null) return [];
  const known = new Map<string, KnownViolation>();
  for (const [path, constants] of Object.entries(record(document.value))) {
    const toModule = context.nameOf(path);
    for (const [constant, entry] of Object.entries(record(constants))) {
      const line = document.lineOf([path, constant]);
      for (const violation of texts(record(entry)["violations"])) {
        const rule = todoRules.get(violation);
        if (rule === undefined || toModule === null) {
          const why =
            toModule === null
              ? `there is no package ${printable(path)}`
              : `${printable(violation)} violations have no counterpart`;
          context.unread.push({ file, line, what: printable(`${constant}: ${violation}`), why });
          continue;
        }
        for (const from of texts(record(entry)["files"])) {
          const one = { rule, from: context.root + from, toFile: null, toModule, file, line };
          const key = [rule, one.from, toModule].join("\0");
          if (!known.has(key)) known.set(key, one);
        }
      }
    }
  }
  return [...known.values()];
}
