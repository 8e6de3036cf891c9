/** Java and Kotlin share packages: a name is looked up among the packages that files declare, wherever they stand. */
import { folderOf, lastPart } from "#collect/manifests/index.js";
import type { FileImports, FoundImport } from "../file-imports.js";
import {
  type FrontEnd,
  ignored,
  type Resolution,
  type Resolver,
  type Sources,
  toFile,
  toPackage,
  unresolved,
} from "../front-end.js";
import { generatedForJvm, isProto } from "./generated-code.js";
import { isJvmBuild, type JvmBuilds, jvmBuilds } from "./jvm-builds.js";
import { scanJava, scanKotlin } from "./jvm-scan.js";
import { addTo, nearest } from "./nearest.js";

export const jvm: FrontEnd = {
  languages: ["java", "kotlin"],
  endings: [".java", ".kt", ".kts"],
  isConfig: (path) => isJvmBuild(path) || isProto(path),
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
  /** Packages with files of Groovy, Scala or Clojure: what they declare is not read. */
  readonly unread: ReadonlySet<string>;
  readonly builds: JvmBuilds;
}

/**
 * A class of Java stands in the file of its name. In Kotlin any file of the package may hold it: the one that declares the name, else, where a
 * name of a declared package is not found (generated or nested deeper), none.
 */
function jvmResolver({ paths, files, configs }: Sources): Resolver {
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
  const unread = new Set<string>();
  for (const path of paths) {
    const [, folder, stem = ""] = unreadSource.exec(path) ?? [];
    if (folder === undefined) continue;
    const own = folder.replaceAll("/", ".");
    unread.add(own);
    addTo(byName, `${own}.${stem}`, path);
  }
  const index: Index = {
    byName,
    byPackage,
    foreign: foreignPackages(files, byName, byPackage),
    unread,
    builds: jvmBuilds(new Map([...configs].filter(([path]) => isJvmBuild(path)))),
  };
  const isGenerated = generatedForJvm(configs);
  return (from, found, file) => {
    const { specifier, name } = found;
    if (name === "same package") return resolveBeside(index, from, `${file.packages[0] ?? ""}.${specifier}`);
    if (name === "written out") return resolveWrittenOut(index, from, specifier);
    const resolution = specifier.endsWith(".*") ? resolveAll(index, from, found, file) : resolveOne(index, from, specifier);
    return resolution === unresolved && isGenerated(specifier) ? ignored : resolution;
  };
}

/** Folders of Maven and Gradle: `src/main/groovy/com/acme/Clock.groovy` is `com.acme.Clock`. */
const unreadSource = /(?:^|\/)src\/[^/]+\/(?:groovy|scala|clojure|java|kotlin)\/(.+)\/([^/]+)\.(?:groovy|scala|cljc?)$/;

/** Those of which most names that are imported stand nowhere in the repository. */
function foreignPackages(
  files: ReadonlyMap<string, FileImports>,
  byName: ReadonlyMap<string, unknown>,
  byPackage: ReadonlyMap<string, unknown>,
): Set<string> {
  const balance = new Map<string, number>();
  const names = new Set(
    [...files.values()].flatMap(({ imports }) => imports.flatMap(({ specifier, name }) => (name === null ? specifier : []))),
  );
  for (const name of names) {
    const parent = name.slice(0, Math.max(0, name.lastIndexOf(".")));
    if (!name.endsWith(".*") && byPackage.has(parent))
      balance.set(parent, (balance.get(parent) ?? 0) + (byName.has(name) ? 1 : -1));
  }
  return new Set([...balance].flatMap(([name, known]) => (known < 0 ? name : [])));
}

/** A type that nothing imports: one of the own package that stands in another folder (`src/main` and `src/test`, or another part of the build). */
function resolveBeside({ byName, builds }: Index, from: string, name: string): Resolution {
  const candidates = byName.get(name) ?? [];
  if (candidates.length === 0 || candidates.some((path) => folderOf(path) === folderOf(from))) return ignored;
  const file = nearest(builds.within(candidates, from) ?? [], from);
  return file === null ? ignored : toFile(file);
}

function resolveWrittenOut(index: Index, from: string, specifier: string): Resolution {
  for (let name = specifier; /\.[A-Z]\w*$/.test(name); name = name.slice(0, name.lastIndexOf("."))) {
    const file = meant(index, name, from);
    if (file !== null) return toFile(file);
  }
  return ignored;
}

/** The file of a name that is written with its package; the build file need not name where it comes from. */
function meant({ byName, builds }: Index, name: string, from: string): string | null {
  const candidates = byName.get(name) ?? [];
  return candidates.length < 2 ? (candidates[0] ?? null) : nearest(builds.within(candidates, from) ?? candidates, from);
}

function resolveOne(index: Index, from: string, specifier: string): Resolution {
  const { byPackage, foreign, unread } = index;
  // `a.b.Outer.Inner`, `a.b.Type.constant`: the longest part that names a file.
  for (let name = specifier; name.includes("."); name = name.slice(0, name.lastIndexOf("."))) {
    const file = meant(index, name, from);
    if (file !== null) return toFile(file);
    const parent = name.slice(0, name.lastIndexOf("."));
    // Companies publish many artefacts below one prefix: `com.acme.core.Clock` is none of ours because `com.acme` is.
    const isInPackage = name === specifier || /^[^a-z]/.test(name.slice(parent.length + 1));
    if (isInPackage && unread.has(parent)) return ignored;
    if (isInPackage && byPackage.has(parent)) return foreign.has(parent) ? toPackage(packageOf(specifier)) : unresolved;
  }
  return toPackage(packageOf(specifier));
}

/** `a.b.*`: those files of the package of which the importer uses a name, perhaps none; `a.b.Type.*`: the file of the type. */
function resolveAll(index: Index, from: string, { specifier }: FoundImport, file: FileImports): Resolution {
  const { byName, byPackage, builds } = index;
  const name = specifier.slice(0, -2);
  const whole = byPackage.get(name);
  if (whole === undefined) return index.unread.has(name) ? ignored : resolveOne(index, from, name);
  // A type that is imported alone goes before one of the own package, and that before those of whole packages.
  const single = new Set(file.imports.flatMap((one) => (one.name === null ? lastName(one.specifier) : [])));
  const isOwn = (word: string) =>
    (byName.get(`${file.packages[0] ?? ""}.${word}`) ?? []).some((path) => folderOf(path) === folderOf(from));
  // Where the own build has the package, or names one that has it, the same package of an unrelated build is not meant.
  const isKnown = builds.within(whole, from) !== null;
  const used = file.words.flatMap((word) => {
    const candidates = byName.get(`${name}.${word}`) ?? [];
    if (single.has(word) || candidates.length === 0 || isOwn(word)) return [];
    return nearest(builds.within(candidates, from) ?? (isKnown ? [] : candidates), from) ?? [];
  });
  return { files: [...new Set(used)] };
}

function lastName(specifier: string): string {
  return specifier.slice(specifier.lastIndexOf(".") + 1);
}

/** Up to three parts in lower case: `java.util`, `org.springframework.boot`. No build file says which artefact holds a package. */
function packageOf(specifier: string): string {
  const parts = specifier.split(".");
  const types = parts.findIndex((part) => /^[A-Z*]/.test(part));
  return parts.slice(0, Math.max(1, Math.min(3, types < 0 ? parts.length - 1 : types))).join(".");
}
