/** The files of a clone, and what drystone.yaml says of them. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { readConfig, type SystemDeclaration } from "#collect/config/index.js";
import { type FileTree, textTree } from "#collect/files/index.js";
import type { ComponentFact, OwnershipRule } from "#model/facts.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import type { CollectOptions } from "./options.js";
import { systemFile } from "./system-file.js";

/** `--config FILE`, else drystone.yaml at the root of the one repository, else in the folder of the repositories. */
export function declarationOf(options: Pick<CollectOptions, "paths" | "config">, trees: readonly FileTree[]): SystemDeclaration {
  if (options.config !== undefined) return placed(readOutside(options.config, trees), trees);
  const [only, ...more] = trees;
  if (only && more.length === 0) return readConfig(only);
  const file = systemFile(options.paths);
  return file === undefined || trees.length === 0 ? readConfig(textTree("", {})) : placed(readOutside(file, trees), trees);
}

/** Paths of the declaration are looked up in the repositories: below their names where there are several. */
function readOutside(file: string, trees: readonly FileTree[]): SystemDeclaration {
  if (!existsSync(file) || !statSync(file).isFile())
    throw new UsageError("DS-C04", `${printable(file)} does not exist`, "pass the path of a drystone.yaml");
  if (statSync(file).size > 512 * 1024)
    throw new UsageError("DS-C04", `${printable(file)} is larger than 512 kB`, "make it a text file below 512 kB");
  const name = basename(file);
  const own = textTree(trees.length === 1 ? (trees[0]?.repository ?? "") : "", { [name]: readFileSync(file, "utf8") });
  const files = trees.flatMap((tree) =>
    trees.length === 1 ? tree.paths : tree.paths.map((path) => `${tree.repository}/${path}`),
  );
  return readConfig({ ...own, paths: [name, ...files] }, name);
}

/** In a declaration for several repositories a path starts with the repository: `orders/src` is `src` in `orders`. */
function placed(declaration: SystemDeclaration, trees: readonly FileTree[]): SystemDeclaration {
  const [only, ...more] = trees;
  const components = declaration.components.flatMap((component): ComponentFact[] => {
    if (only && more.length === 0) return [{ ...component, repository: only.repository }];
    if (trees.some((tree) => tree.repository === component.repository)) return [component];
    const homes = trees.filter((tree) =>
      component.paths.some((path) => path === tree.repository || path.startsWith(`${tree.repository}/`)),
    );
    return homes.slice(0, 1).map((tree) => ({
      ...component,
      repository: tree.repository,
      paths: component.paths.flatMap((path) =>
        path === tree.repository ? [""] : path.startsWith(`${tree.repository}/`) ? [path.slice(tree.repository.length + 1)] : [],
      ),
    }));
  });
  const ownershipRules = declaration.ownershipRules.flatMap((rule): OwnershipRule[] => {
    if (only && more.length === 0) return [{ ...rule, repository: only.repository }];
    const home = trees.find((tree) => rule.pattern.replace(/^\//, "").startsWith(`${tree.repository}/`));
    return home
      ? [{ ...rule, repository: home.repository, pattern: rule.pattern.replace(/^\//, "").slice(home.repository.length) }]
      : [];
  });
  return { ...declaration, components, ownershipRules };
}
