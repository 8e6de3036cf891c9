/** What the two sides of a comparison mean: files, folders, revisions, or files of revisions. */
import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { type FileTree, folderTree, headTree, workTree } from "#collect/files/index.js";
import { type Clone, git, locateClones } from "#collect/git/index.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";

export interface ContractSide {
  readonly tree: FileTree;
  /** One file of the tree; null for all contracts in it. */
  readonly file: string | null;
  /** `main:api/orders.yaml`, `v1.2.0`, `work tree`. */
  readonly label: string;
}

/**
 * @param from one text `REV..REV` or `REV`, or two, of which each is a path, a revision or `REV:path`; one revision alone is compared with the work tree.
 * @param repository where revisions are looked up.
 * @throws UsageError for what does not exist.
 */
export function contractSides(
  from: readonly string[],
  repository: string,
): { readonly old: ContractSide; readonly new: ContractSide } {
  const [first = "", second] = from;
  if (second !== undefined) {
    const [old, next] = [sideOf(first, repository), sideOf(second, repository)];
    if ((old.file === null) !== (next.file === null))
      throw new UsageError(
        "DS-U40",
        `${printable(first)} and ${printable(second)} are a file and a folder`,
        "pass two files, or two folders or revisions",
      );
    return { old, new: next };
  }
  const range = /^(.{1,250}?)\.\.\.?(.{0,250})$/s.exec(first);
  if (range && !existsSync(first))
    return { old: revision(range[1] ?? "", repository), new: range[2] ? revision(range[2], repository) : present(repository) };
  if (existsSync(first))
    throw new UsageError(
      "DS-U41",
      `${printable(first)} has nothing to be compared with`,
      `drystone contracts diff OLD ${printable(first)}`,
    );
  const old = sideOf(first, repository);
  if (old.file === null) return { old, new: present(repository) };
  return { old, new: { ...present(repository), file: old.file, label: old.file } };
}

function sideOf(text: string, repository: string): ContractSide {
  if (existsSync(text)) return pathSide(text);
  const colon = text.indexOf(":");
  if (colon > 0) {
    const side = revision(text.slice(0, colon), repository);
    const file = insideOf(text.slice(colon + 1), repository, side.tree);
    if (side.tree.paths.some((path) => path.startsWith(`${file}/`)))
      return { ...side, tree: below(side.tree, file), label: text };
    if (!side.tree.paths.includes(file))
      throw new UsageError(
        "DS-U42",
        `${printable(text)}: there is no such file in that revision`,
        `git ls-tree -r --name-only ${printable(text.slice(0, colon))}`,
      );
    return { ...side, file, label: text };
  }
  return revision(text, repository);
}

/** As git takes it: from the root of the repository, or with `./` from here. */
function insideOf(path: string, repository: string, tree: FileTree): string {
  const plain = path.replace(/\/{1,5}$/, "");
  if (!plain.startsWith("./") && tree.paths.some((one) => one === plain || one.startsWith(`${plain}/`))) return plain;
  const root = cloneAt(repository).workTree;
  if (root === null) return plain;
  return relative(realpathSync(root), resolve(realpathSync(repository), plain))
    .split(sep)
    .join("/");
}

function below(tree: FileTree, folder: string): FileTree {
  return { ...tree, paths: tree.paths.filter((path) => path.startsWith(`${folder}/`)) };
}

/** A file keeps its repository or folder around it: what it refers to lies there. */
function pathSide(path: string): ContractSide {
  const real = realpathSync(path);
  const isFile = statSync(real).isFile();
  const clone = cloneOf(isFile ? dirname(real) : real);
  const root = clone?.workTree ? realpathSync(clone.workTree) : isFile ? dirname(real) : real;
  const tree = clone?.workTree ? workTree(clone.id, clone.gitDirectory, root) : folderTree(basename(root), root);
  const inside = relative(root, real).split(sep).join("/");
  if (!isFile) return { tree: inside === "" ? tree : below(tree, inside), file: null, label: path };
  // An ignored file is compared when somebody names it.
  const known = tree.paths.includes(inside) ? tree : folderTree(basename(dirname(real)), dirname(real));
  return { tree: known, file: tree.paths.includes(inside) ? inside : basename(real), label: path };
}

function cloneOf(folder: string): Clone | null {
  const inside = git(null, ["rev-parse", "--is-inside-work-tree"], { cwd: folder });
  if (inside.status !== 0 || inside.stdout.toString().trim() !== "true") return null;
  const top = git(null, ["rev-parse", "--show-toplevel"], { cwd: folder }).stdout.toString().trim();
  return top === "" ? null : (locateClones([top])[0] ?? null);
}

function cloneAt(repository: string): Clone {
  const [clone] = locateClones([cloneOf(resolve(repository))?.workTree ?? repository]);
  if (clone === undefined)
    throw new UsageError(
      "DS-U05",
      `no git repository in ${printable(repository)}`,
      "pass --path with the folder of a repository",
    );
  return clone;
}

function revision(name: string, repository: string): ContractSide {
  const clone = cloneAt(repository);
  const found = git(clone.gitDirectory, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
  const commit = found.stdout.toString().trim();
  if (found.status !== 0 || commit === "")
    throw new UsageError(
      "DS-U43",
      `${printable(name)} is neither a file nor a folder nor a revision of ${printable(clone.id)}`,
      "pass a path, a branch, a tag or a commit; in a shallow clone fetch it first: git fetch origin BRANCH",
    );
  return { tree: headTree(clone.id, clone.gitDirectory, commit), file: null, label: name };
}

function present(repository: string): ContractSide {
  const clone = cloneAt(repository);
  return clone.workTree === null
    ? { tree: headTree(clone.id, clone.gitDirectory), file: null, label: "HEAD" }
    : { tree: workTree(clone.id, clone.gitDirectory, clone.workTree), file: null, label: "work tree" };
}

/** The tree of one revision of a repository; null when the revision is not there. */
export function treeAt(clone: Clone, name: string): FileTree | null {
  const found = git(clone.gitDirectory, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
  const commit = found.stdout.toString().trim();
  return found.status === 0 && commit !== "" ? headTree(clone.id, clone.gitDirectory, commit) : null;
}
