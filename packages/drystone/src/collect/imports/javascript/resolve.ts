/** Where an import of JavaScript or TypeScript leads, from the files of the repository alone: nothing needs to be installed or built. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { ignored, type Resolution, type Resolver, type Sources, toFile, toPackage, unresolved } from "../front-end.js";
import { isIgnoreFile, unkeptPaths } from "../unkept-paths.js";
import { bundlerAliases, isBundlerConfig } from "./aliases.js";
import { builtins } from "./builtins.js";
import { findFile, findNamed, findSource, type Lookup } from "./candidates.js";
import { type Package, readPackages, targetsOf } from "./packages.js";
import { aliased, type PathAliases, type PathPattern, readAliases } from "./tsconfig.js";

export function isJavaScriptConfig(path: string): boolean {
  return (
    /(?:^|\/)(?:package\.json|[tj]sconfig(?:\.[\w.-]{1,60})?\.json|pnpm-workspace\.ya?ml|lerna\.json|rush\.json)$/.test(path) ||
    isTsconfigBase(path) ||
    isIgnoreFile(path) ||
    isBundlerConfig(path)
  );
}

/** Shared configurations have any name: `packages/tsconfig/base.json`. */
function isTsconfigBase(path: string): boolean {
  return /(?:^|\/)(?:tsconfig|tsconfigs|typescript-config|ts-config|config-typescript|config-ts|tooling\/typescript)\/[^/]{1,100}\.json$/.test(
    path,
  );
}

/** What holds for all files of one folder. */
interface Scope {
  /** Configurations from the nearest to the root. */
  readonly aliases: readonly PathAliases[];
  readonly bundler: readonly PathPattern[];
  /** Packages around it, the nearest first. */
  readonly packages: readonly Package[];
}

export function javaScriptResolver({ paths, configs }: Sources): Resolver {
  const packages = readPackages(configs);
  const byName = new Map<string, Package[]>();
  for (const one of packages.values()) if (one.name !== null) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const lookup: Lookup = {
    has: (path) => paths.has(path),
    entriesOf: (folder) => packages.get(folder)?.entries.flatMap((entry) => joinPath(folder, entry) ?? []) ?? [],
  };
  const bundlers = new Map<string, PathPattern[]>();
  for (const [path, text] of configs) {
    if (isBundlerConfig(path))
      bundlers.set(folderOf(path), [...(bundlers.get(folderOf(path)) ?? []), ...bundlerAliases(path, text)]);
  }
  const world: World = {
    bundlers,
    paths,
    configs,
    packages,
    byName,
    lookup,
    isUnkept: unkeptPaths(configs),
    scopes: new Map(),
    bare: new Map(),
  };
  return (from, { specifier }) => resolve(world, from, specifier);
}

interface World extends Pick<Sources, "paths" | "configs"> {
  readonly packages: ReadonlyMap<string, Package>;
  readonly byName: ReadonlyMap<string, readonly Package[]>;
  readonly lookup: Lookup;
  /** Whether the repository keeps a path out: a build makes what is there. */
  readonly isUnkept: (path: string) => boolean;
  /** Aliases of bundlers, by folder. */
  readonly bundlers: ReadonlyMap<string, readonly PathPattern[]>;
  readonly scopes: Map<string, Scope>;
  /** Answers for names that are no paths, by scope. */
  readonly bare: Map<Scope, Map<string, Resolution>>;
}

function resolve(world: World, from: string, written: string): Resolution {
  // `!!raw-loader!./a.svg?inline` of bundlers.
  const specifier = written.slice(written.lastIndexOf("!") + 1).replace(/\?.*$/s, "");
  if (specifier === "") return ignored;
  if (specifier.startsWith(".")) {
    const path = joinRelative(folderOf(from), specifier);
    const file = path === null ? null : findFile(path, from, world.lookup);
    if (file !== null) return toFile(file);
    return path !== null && (installed.test(path) || world.isUnkept(path)) ? ignored : unresolved;
  }
  const scope = scopeOf(world, folderOf(from));
  let known = world.bare.get(scope);
  if (!known) world.bare.set(scope, (known = new Map()));
  const key = /\.[cm]?jsx?$/.test(from) ? specifier : ` ${specifier}`;
  let resolution = known.get(key);
  if (!resolution) known.set(key, (resolution = resolveName(world, scope, from, specifier)));
  return resolution;
}

/** Folders into which package managers write: what they hold is seldom committed. */
const installed = /(?:^|\/)(?:node_modules|bower_components|jspm_packages|wwwroot\/lib)\//;

/** Keeps a slash at the end, which asks for a folder. */
function joinRelative(folder: string, specifier: string): string | null {
  const path = joinPath(folder, specifier);
  return path !== null && /(?:^|\/)\.{0,2}$/.test(specifier) ? `${path}/` : path;
}

function resolveName(world: World, scope: Scope, from: string, specifier: string): Resolution {
  if (/^(?:node|bun|cloudflare|deno):/.test(specifier)) return toPackage(specifier);
  if (/^[a-z][a-z+.-]{1,30}:/.test(specifier))
    return /^(?:data|blob|file):/.test(specifier) ? ignored : toPackage(specifier.slice(0, 200));
  const byAlias = resolveAlias(world, scope, from, specifier);
  if (byAlias !== null) return toFile(byAlias);
  if (specifier.startsWith("/")) return resolveFromRoot(world, scope, from, specifier);
  if (specifier.startsWith("#")) return resolveHash(world, scope, from, specifier);
  if (builtins.has(specifier)) return toPackage(`node:${specifier}`);
  // Files that SvelteKit makes up; `$lib` is an alias.
  if (/^\$(?:app|env)\/|^\$service-worker$/.test(specifier)) return toPackage("@sveltejs/kit");
  const name = packageName(specifier);
  if (name === null) return unresolved;
  const own = packageFor(world, scope, from, name);
  if (own !== null) {
    const file = resolveInPackage(world, own, specifier.slice(name.length + 1), from);
    return file === null ? unresolved : toFile(file);
  }
  const base = resolveBaseUrl(world, scope, from, specifier);
  if (base !== null) return toFile(base);
  const isAliasOnly = scope.aliases.some(({ patterns }) =>
    patterns.some(({ prefix }) => prefix.length > 1 && specifier.startsWith(prefix)),
  );
  const isDeclared = scope.packages.some(({ dependencies }) => dependencies.has(name) || dependencies.has(`@types/${name}`));
  return isAliasOnly && !isDeclared ? unresolved : { package: name, declared: declaredBy(scope, name) };
}

/** What the nearest package.json that says anything of dependencies or has a name says of a package. */
function declaredBy({ packages }: Scope, name: string): "runtime" | "development" | "no" {
  const home = packages.find((one) => one.name !== null || one.dependencies.size > 0);
  if (!home) return "no";
  if (home.name === name || home.runtime.has(name)) return "runtime";
  const types = `@types/${name.startsWith("@") ? name.slice(1).replace("/", "__") : name}`;
  return home.dependencies.has(name) || home.dependencies.has(types) ? "development" : "no";
}

function packageName(specifier: string): string | null {
  return /^(?:@[\w.~-]{1,100}\/)?[\w][\w.~-]{0,213}(?=\/|$)/.exec(specifier)?.[0] ?? null;
}

function resolveAlias({ lookup }: World, scope: Scope, from: string, specifier: string): string | null {
  for (const patterns of [...scope.aliases.map((one) => one.patterns), scope.bundler]) {
    for (const path of aliased(patterns, specifier) ?? []) {
      const file = findFile(path, from, lookup);
      if (file !== null) return file;
    }
  }
  return null;
}

function resolveBaseUrl({ lookup }: World, scope: Scope, from: string, specifier: string): string | null {
  for (const { baseUrl } of scope.aliases) {
    const path = baseUrl === null ? null : joinPath(baseUrl, specifier);
    const file = path === null || path.includes("node_modules/") ? null : findFile(path, from, lookup);
    if (file !== null) return file;
  }
  return null;
}

/** `/src/main.ts` of Vite: from the folder of the package, or what it serves from `public`. */
function resolveFromRoot({ lookup }: World, scope: Scope, from: string, specifier: string): Resolution {
  const folder = scope.packages[0]?.folder ?? "";
  for (const home of [folder, `${folder}/public`]) {
    const path = joinPath(home, `.${specifier}`);
    const file = path === null ? null : findFile(path, from, lookup);
    if (file !== null) return toFile(file);
  }
  return unresolved;
}

/** `#alias` of `imports` in package.json. */
function resolveHash(world: World, scope: Scope, from: string, specifier: string): Resolution {
  const own = scope.packages.find(({ imports }) => Object.keys(imports).length > 0);
  const targets = own ? targetsOf(own.imports, specifier) : null;
  for (const target of targets ?? []) {
    if (own && target.startsWith(".")) {
      const file = findTarget(world, own, target, from);
      if (file !== null) return toFile(file);
    } else if (!target.startsWith("#")) return resolveName(world, scope, from, target);
  }
  return unresolved;
}

/** The package of this repository that a name means to an importer: its own, a member of its workspace, or one that it depends on by path. */
function packageFor({ byName }: World, scope: Scope, from: string, name: string): Package | null {
  const [own] = scope.packages;
  const candidates = (byName.get(name) ?? []).filter(
    (one) => one === own || (one.workspace !== null && scope.packages.some(({ workspace }) => workspace === one.workspace)),
  );
  return candidates.sort((a, b) => sharedLength(b.folder, from) - sharedLength(a.folder, from))[0] ?? null;
}

function sharedLength(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

function resolveInPackage(world: World, own: Package, subpath: string, from: string): string | null {
  const exported = own.exports === undefined ? null : targetsOf(own.exports, subpath === "" ? "." : `./${subpath}`);
  for (const target of exported ?? []) {
    const file = findTarget(world, own, target, from);
    if (file !== null) return file;
  }
  if (subpath === "") return resolveEntry(world, own, from);
  const path = joinPath(own.folder, subpath);
  const direct = path === null ? null : findFile(path, from, world.lookup);
  return direct ?? findSource(own.folder, subpath, from, world.lookup) ?? findInSource(world, own, subpath, from);
}

/** `@shop/ui/button` of a package that builds from `src`. */
function findInSource({ lookup }: World, own: Package, subpath: string, from: string): string | null {
  const path = joinPath(own.folder, `src/${subpath}`);
  return path === null ? null : findFile(path, from, lookup);
}

function resolveEntry(world: World, own: Package, from: string): string | null {
  for (const entry of own.entries) {
    const file = findTarget(world, own, entry, from);
    if (file !== null) return file;
  }
  for (const entry of ["src/index", "index", "src/main", "lib/index"]) {
    const path = joinPath(own.folder, entry);
    const file = path === null ? null : findNamed(path, from, world.lookup);
    if (file !== null) return file;
  }
  return null;
}

/** The file of a path in package.json, or the source from which it is built. */
function findTarget({ lookup }: World, own: Package, target: string, from: string): string | null {
  const path = joinPath(own.folder, target);
  const direct = path === null ? null : findNamed(path, from, lookup);
  return direct ?? findSource(own.folder, target, from, lookup) ?? (path === null ? null : findFile(path, from, lookup));
}

function scopeOf(world: World, folder: string): Scope {
  const known = world.scopes.get(folder);
  if (known) return known;
  const parent = folder === "" ? null : scopeOf(world, folderOf(folder));
  const own = world.packages.get(folder);
  const inFolder = (name: string) => (folder === "" ? name : `${folder}/${name}`);
  const config = ["tsconfig.json", "jsconfig.json", "tsconfig.base.json"].map(inFolder).find((path) => world.configs.has(path));
  const aliases =
    config === undefined
      ? []
      : readAliases(
          config,
          (path) => world.configs.get(path),
          (from, target) => configFile(world, from, target),
        );
  const bundler = world.bundlers.get(folder) ?? [];
  // Folders without anything of their own share the scope of the one above, and with it what is known of names.
  if (parent && !own && aliases.length === 0 && bundler.length === 0) {
    world.scopes.set(folder, parent);
    return parent;
  }
  const scope: Scope = {
    aliases: [...aliases, ...(parent?.aliases ?? [])],
    bundler: [...bundler, ...(parent?.bundler ?? [])],
    packages: own ? [own, ...(parent?.packages ?? [])] : (parent?.packages ?? []),
  };
  world.scopes.set(folder, scope);
  return scope;
}

/** The configuration that `extends` or a reference names: a path, or a file of a package in the repository. */
function configFile(world: World, from: string, target: string): string | null {
  if (target.startsWith(".")) return candidates(joinPath(folderOf(from), target)).find((path) => world.configs.has(path)) ?? null;
  const name = packageName(target);
  const own = name === null ? null : packageFor(world, packagesAround(world, folderOf(from)), from, name);
  if (!own || name === null) return null;
  const path = joinPath(own.folder, target.slice(name.length + 1));
  return candidates(path).find((file) => world.configs.has(file)) ?? null;
}

function candidates(path: string | null): string[] {
  return path === null ? [] : [path, `${path}.json`, path === "" ? "tsconfig.json" : `${path}/tsconfig.json`];
}

/** As much of a scope as finding a package takes: its configurations may just be read. */
function packagesAround(world: World, folder: string): Scope {
  const packages: Package[] = [];
  for (let at = folder; ; at = folderOf(at)) {
    const own = world.packages.get(at);
    if (own) packages.push(own);
    if (at === "") return { aliases: [], bundler: [], packages };
  }
}
