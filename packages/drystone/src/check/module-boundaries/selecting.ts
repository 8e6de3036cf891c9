/** What a selector selects. */

import type { ModuleFact, Selector } from "#model/modules.js";
import { shortName } from "#model/refs.js";
import { globTest, nameFits } from "#util/globs.js";
import type { ModuleIndex } from "./module-index.js";

/** A place in the code: a file and its module. */
export interface Spot {
  readonly file: string;
  readonly module: ModuleFact | null;
}

/** True when the list covers the module, one that stands around it, or everybody. Later `!` take out. */
export function coversModule(selectors: readonly Selector[], module: ModuleFact, index: ModuleIndex): boolean {
  return last(selectors, (selector) => selector.of !== "path" && selector.of !== "package" && fits(selector, module, index));
}

/** True when the list covers a file, by its path or by its module. */
export function coversSpot(selectors: readonly Selector[], spot: Spot, index: ModuleIndex): boolean {
  return last(selectors, (selector) => {
    if (selector.of === "path") return pathTest(selector.value)(spot.file);
    if (selector.of === "package") return false;
    if (selector.of === "any") return true;
    return spot.module !== null && fits(selector, spot.module, index);
  });
}

/** A package as an import names it. */
export interface PackageUse {
  readonly name: string;
  /** npm, pypi and the like. */
  readonly ecosystem: string;
  readonly declared: "runtime" | "development" | "no" | null;
}

/** `npm:react`, `npm:@scope/*`, `node:fs`, `npm:(undeclared)`, `npm:(dev)`; `package:` stands for every ecosystem. */
export function coversPackage(selectors: readonly Selector[], used: PackageUse): boolean {
  return last(selectors, (selector) => selector.of === "package" && fitsPackage(selector.value, used));
}

/** True when something of the list speaks about single files or packages, which are told apart inside of a module too. */
export function isAboutFiles(selectors: readonly Selector[]): boolean {
  return selectors.some(({ of, not }) => !not && of === "path");
}

function last(selectors: readonly Selector[], test: (selector: Selector) => boolean): boolean {
  let isIn = false;
  for (const selector of selectors) if (selector.not === isIn && test(selector)) isIn = !selector.not;
  return isIn;
}

function fits({ of, value }: Selector, module: ModuleFact, index: ModuleIndex): boolean {
  if (of === "any") return true;
  if (of === "module") return index.around(module).some(({ name }) => nameFits(value, name));
  if (of === "tag") return module.tags.some((tag) => nameFits(value, tag));
  if (of === "layer") return module.layer !== null && nameFits(value, module.layer);
  if (of === "owner")
    return module.owners.some((ref) => ref === value || nameFits(value.replace(/^@(?:[^/]*\/)?/, ""), shortName(ref)));
  return false;
}

function fitsPackage(value: string, { name, ecosystem, declared }: PackageUse): boolean {
  const colon = value.indexOf(":");
  const wanted = value.slice(0, colon);
  const pattern = value.slice(colon + 1);
  if (name.startsWith("node:")) return wanted === "node" && builtinFits(pattern, name.slice(5));
  if (wanted !== ecosystem && wanted !== "package") return false;
  if (pattern === "(undeclared)") return declared === "no";
  if (pattern === "(dev)") return declared === "development";
  return nameFits(pattern, name) || name.startsWith(`${pattern}/`);
}

/** `node:fs` is `fs` and `fs/promises`. */
function builtinFits(pattern: string, name: string): boolean {
  return nameFits(pattern, name) || name.startsWith(`${pattern}/`);
}

const compiled = new Map<string, (path: string) => boolean>();

function pathTest(glob: string): (path: string) => boolean {
  let known = compiled.get(glob);
  if (!known) {
    if (compiled.size > 5000) compiled.clear();
    compiled.set(glob, (known = globTest([glob])));
  }
  return known;
}
