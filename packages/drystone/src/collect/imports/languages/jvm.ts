/** Java and Kotlin share packages: a name is looked up among the packages that files declare, wherever they stand. */
import { lastPart } from "#collect/manifests/index.js";
import type { FileImports, FoundImport } from "../file-imports.js";
import { type FrontEnd, type Resolution, type Resolver, type Sources, toPackage, unresolved } from "../front-end.js";
import { scanJava, scanKotlin } from "./jvm-scan.js";
import { addTo, nearest } from "./nearest.js";

export const jvm: FrontEnd = {
  languages: ["java", "kotlin"],
  endings: [".java", ".kt", ".kts"],
  isConfig: () => false,
  scan: (text, path) => (path.endsWith(".java") ? scanJava(text) : scanKotlin(text)),
  resolver: jvmResolver,
};

interface Index {
  /** Files by `package.Name`, of types named like their file and of what Kotlin declares at the top. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /** Files by package. */
  readonly byPackage: ReadonlyMap<string, readonly string[]>;
  /** Packages from elsewhere to which the repository only adds. */
  readonly foreign: ReadonlySet<string>;
}

/**
 * A class of Java stands in the file of its name. In Kotlin any file of the package may hold it: the one that declares the name, else, where a
 * name of a declared package is not found (generated or nested deeper), none.
 */
function jvmResolver({ files }: Sources): Resolver {
  const byName = new Map<string, string[]>();
  const byPackage = new Map<string, string[]>();
  for (const [path, { packages, symbols }] of files) {
    const [own] = packages;
    if (own === undefined) continue;
    addTo(byPackage, own, path);
    const stem = lastPart(path).replace(/\.\w+$/, "");
    const names = new Set([stem, ...symbols, ...(path.endsWith(".kt") ? [`${stem}Kt`] : [])]);
    for (const name of names) addTo(byName, `${own}.${name}`, path);
  }
  const index: Index = { byName, byPackage, foreign: foreignPackages(files, byName, byPackage) };
  return (from, found, file) =>
    found.specifier.endsWith(".*") ? resolveAll(index, from, found, file) : resolveOne(index, from, found.specifier);
}

/** Those of which most names that are imported stand nowhere in the repository. */
function foreignPackages(
  files: ReadonlyMap<string, FileImports>,
  byName: ReadonlyMap<string, unknown>,
  byPackage: ReadonlyMap<string, unknown>,
): Set<string> {
  const balance = new Map<string, number>();
  const names = new Set([...files.values()].flatMap(({ imports }) => imports.map(({ specifier }) => specifier)));
  for (const name of names) {
    const parent = name.slice(0, Math.max(0, name.lastIndexOf(".")));
    if (!name.endsWith(".*") && byPackage.has(parent))
      balance.set(parent, (balance.get(parent) ?? 0) + (byName.has(name) ? 1 : -1));
  }
  return new Set([...balance].flatMap(([name, known]) => (known < 0 ? name : [])));
}

function resolveOne({ byName, byPackage, foreign }: Index, from: string, specifier: string): Resolution {
  // `a.b.Outer.Inner`, `a.b.Type.constant`: the longest part that names a file.
  for (let name = specifier; name.includes("."); name = name.slice(0, name.lastIndexOf("."))) {
    const file = nearest(byName.get(name) ?? [], from);
    if (file !== null) return { files: [file] };
    const parent = name.slice(0, name.lastIndexOf("."));
    // Companies publish many artefacts below one prefix: `com.acme.core.Clock` is none of ours because `com.acme` is.
    const isInPackage = name === specifier || /^[^a-z]/.test(name.slice(parent.length + 1));
    if (isInPackage && byPackage.has(parent)) return foreign.has(parent) ? toPackage(packageOf(specifier)) : unresolved;
  }
  return toPackage(packageOf(specifier));
}

/** `a.b.*`: those files of the package of which the importer uses a name, perhaps none; `a.b.Type.*`: the file of the type. */
function resolveAll(index: Index, from: string, { specifier }: FoundImport, { words }: FileImports): Resolution {
  const { byName, byPackage } = index;
  const name = specifier.slice(0, -2);
  if (byPackage.has(name)) {
    const used = words.flatMap((word) => nearest(byName.get(`${name}.${word}`) ?? [], from) ?? []);
    return { files: [...new Set(used)] };
  }
  return resolveOne(index, from, name);
}

/** Up to three parts in lower case: `java.util`, `org.springframework.boot`. No build file says which artefact holds a package. */
function packageOf(specifier: string): string {
  const parts = specifier.split(".");
  const types = parts.findIndex((part) => /^[A-Z*]/.test(part));
  return parts.slice(0, Math.max(1, Math.min(3, types < 0 ? parts.length - 1 : types))).join(".");
}
