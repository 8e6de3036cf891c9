/** Texts such as `orders::events`, `tag:ui`, `npm:react` and `src/ui/**` as selectors. */
import type { DeclaredUse, PolicyPlace, Selector } from "#model/modules.js";
import { closest } from "#util/closest.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { isGlob, nameFits } from "#util/globs.js";

/** What a selector may name. */
export interface Names {
  readonly modules: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  readonly layers: ReadonlySet<string>;
}

/** Where a selector stands, for its error: `drystone.yaml:3:7`. */
export type At = () => string;

const ecosystems = ["npm", "node", "pypi", "maven", "go", "nuget", "packagist", "rubygems", "cargo", "package"];

/** @param allowPaths in rules only: modules name modules. @throws UsageError DS-C05 for a name that nothing has. */
export function selectorOf(text: string, names: Names, at: At, allowPaths: boolean): Selector {
  const not = text.startsWith("!");
  const plain = (not ? text.slice(1) : text).trim();
  const colon = plain.indexOf(":");
  const prefix = colon > 0 ? plain.slice(0, colon) : "";
  const rest = plain.slice(colon + 1);
  if (ecosystems.includes(prefix)) return { of: "package", value: plain, not };
  if (prefix === "owner") return { of: "owner", value: rest, not };
  if (prefix === "path") return { of: "path", value: rest, not };
  if (prefix === "tag") return { of: "tag", value: known(rest, names.tags, "tag", at), not };
  if (prefix === "layer") return { of: "layer", value: known(rest, names.layers, "layer", at), not };
  if (prefix === "module") return { of: "module", value: known(rest, names.modules, "module", at), not };
  if (plain === "*" || plain === "**") return { of: "any", value: "*", not };
  if (names.modules.has(plain)) return { of: "module", value: plain, not };
  if (names.layers.has(plain)) return { of: "layer", value: plain, not };
  const isPath = plain.includes("/") || /^\.|\.\w{1,8}$/.test(plain);
  if (isGlob(plain) && !isPath) return { of: "module", value: known(plain, names.modules, "module", at), not };
  if (allowPaths && isPath) return { of: "path", value: plain, not };
  return { of: "module", value: known(plain, names.modules, "module", at), not };
}

/** `orders::events` is one interface of orders. */
export function useOf(text: string, names: Names, at: At, place: PolicyPlace): DeclaredUse {
  const parts = text.split("::");
  const [module = "", face] = parts;
  if (parts.length > 2 || face === "") {
    throw new UsageError("DS-C05", `${at()}: ${JSON.stringify(text)} is no use of a module`, "write module or module::interface");
  }
  return { text, selector: selectorOf(module, names, at, false), face: face ?? null, place };
}

function known(name: string, names: ReadonlySet<string>, what: string, at: At): string {
  if (isGlob(name) ? [...names].some((one) => nameFits(name, one)) : names.has(name)) return name;
  const meant = closest(name, [...names]);
  const some = [...names].sort().slice(0, 12).join(", ");
  throw new UsageError(
    "DS-C05",
    printable(`${at()}: no ${what} is called ${JSON.stringify(name)}`),
    printable(meant === null ? (some === "" ? `there is no ${what} yet` : `known: ${some}`) : `did you mean ${meant}?`),
  );
}
