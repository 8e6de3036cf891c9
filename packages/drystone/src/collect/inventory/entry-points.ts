/** Places in the source where a program starts, of those languages whose build files do not tell. */

import { isInside } from "#collect/folders/index.js";
import { type BuildManifest, folderOf, lastPart, lineOf, readGoHead } from "#collect/manifests/index.js";
import { groupBy } from "#util/group-by.js";
import { isForPeople, mayServeInGo, rustServers } from "./tools.js";

export interface EntryPoint {
  /** Folder that runs: for Go the one of the main package, else that of the build file. */
  readonly folder: string;
  readonly manifest: BuildManifest | null;
  readonly file: string;
  readonly line: number;
  readonly reason: string;
  /** A server framework is started, so it is more than a command-line tool. */
  readonly serves: boolean;
  /** False: made for people who start it themselves, and nothing hints that it answers others. */
  readonly mayServe: boolean;
  /** Folders of the same repository that a Go main package imports. */
  readonly imports: readonly string[];
}

/** Files whose text is needed: those with a telling name, and those of the outermost package of a JVM module, where the main class stands whatever its name. */
export function entryFiles(paths: readonly string[]): string[] {
  const modules = groupBy(
    paths.filter((path) => /\/src\/main\/(?:java|kotlin)\/.{1,500}\.(?:java|kt)$/.test(`/${path}`)),
    (path) => path.slice(0, `/${path}`.indexOf("/src/main/")),
  );
  const outermost = [...modules.values()].flatMap((files) => {
    const depth = Math.min(...files.slice(0, maxModuleFiles).map((path) => path.split("/").length));
    return files.filter((path) => path.split("/").length === depth).slice(0, maxOutermost);
  });
  return [...new Set([...paths.filter(isEntryFile), ...outermost])];
}

const maxModuleFiles = 20_000;
const maxOutermost = 20;

function isEntryFile(path: string): boolean {
  const name = lastPart(path);
  return (
    (name.endsWith(".go") && !name.endsWith("_test.go") && (name === "main.go" || /(?:^|\/)cmd\//.test(path))) ||
    /(?:Application|Main|App|Server)\.(?:java|kt)$/.test(name) ||
    /^(?:main|app|server|wsgi|asgi|run|api|__main__|index|manage)\.py$/.test(name) ||
    /_(?:server|service|app)\.py$/.test(name)
  );
}

/** @param texts of entry files by path. */
export function entryPoints(
  paths: readonly string[],
  texts: ReadonlyMap<string, string>,
  manifests: readonly BuildManifest[],
): EntryPoint[] {
  const nearest = nearestManifest(manifests);
  const found: EntryPoint[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const entry = entryAt(path, texts.get(path), nearest);
    const key = `${entry?.folder}\n${entry?.serves}`;
    if (entry === null || seen.has(key)) continue;
    seen.add(key);
    found.push(entry);
  }
  return found;
}

/** The build file of the closest folder above a path, of an ecosystem. */
function nearestManifest(manifests: readonly BuildManifest[]): (path: string, ecosystems: RegExp) => BuildManifest | null {
  const byFolder = groupBy(manifests, (manifest) => manifest.folder);
  return (path, ecosystems) => {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const manifest = byFolder.get(folder)?.find((candidate) => ecosystems.test(candidate.ecosystem));
      if (manifest) return manifest;
      if (folder === "") return null;
    }
  };
}

const pythonServer =
  /\b(?:FastAPI|Flask|Starlette|Sanic|Bottle|Quart|Litestar|Celery|FastMCP)\(|uvicorn\.run|grpc\.(?:aio\.)?server\(|web\.run_app|tornado\.ioloop|WSGIServer|get_wsgi_application|get_asgi_application|execute_from_command_line|aiohttp\.web|HTTPServer\(/;
const springServer =
  /@SpringBootApplication|SpringApplication(?:Builder)?\b|SpringBootServletInitializer|Quarkus\.run|Micronaut\.run|embeddedServer\(|ServerBuilder\.forPort|Javalin\.create|Vertx\.vertx\(/;

function entryAt(
  path: string,
  text: string | undefined,
  nearest: (path: string, ecosystems: RegExp) => BuildManifest | null,
): EntryPoint | null {
  const name = lastPart(path);
  const place = (manifest: BuildManifest | null, folder: string, line: number, reason: string, serves: boolean): EntryPoint => ({
    folder,
    manifest,
    file: path,
    line,
    reason: `${path} ${reason}`,
    serves,
    mayServe: serves || manifest === null || !isForPeople(manifest),
    imports: [],
  });
  if (path === "src/main.rs" || path.endsWith("/src/main.rs")) {
    const manifest = nearest(path, /^cargo$/);
    if (!manifest?.name) return null;
    const serves = manifest.dependencies.some((one) => one.runtime && rustServers.test(one.name));
    return place(manifest, manifest.folder, 1, "is the main file", serves);
  }
  if (name === "config.ru" || name === "artisan")
    return place(nearest(path, /^(?:ruby|php)$/), folderOf(path), 1, "starts the application", true);
  if (text === undefined) return null;
  if (name.endsWith(".go")) return goEntry(path, text, nearest(path, /^go$/));
  if (name.endsWith(".py")) {
    const line = lineOfStart(text, pythonServer);
    const manifest = nearest(path, /^python$/);
    if (line === null || !manifest || !within(manifest.folder, folderOf(path), 2)) return null;
    return place(manifest, manifest.folder, line, "starts a server", true);
  }
  if (/\.(?:java|kt)$/.test(name)) {
    const line = lineOfStart(text, springServer);
    const manifest = nearest(path, /^(?:maven|gradle)$/);
    return line !== null && manifest && path.includes("/main/")
      ? place(manifest, manifest.folder, line, "starts an application", true)
      : null;
  }
  return null;
}

/** From 1, the line that uses a server; that of an import only where nothing else shows it. Null without either. */
function lineOfStart(text: string, server: RegExp): number | null {
  const first = server.exec(text);
  if (!first) return null;
  const lines = text.split("\n");
  const used = lines.findIndex((line) => !/^\s{0,200}(?:import|from)\s/.test(line) && server.test(line));
  return used >= 0 ? used + 1 : lineOf(text, first[0]);
}

function goEntry(path: string, text: string, manifest: BuildManifest | null): EntryPoint | null {
  const head = readGoHead(text);
  if (head.package !== "main" || !manifest || /^\/\/go:build (?:ignore|tools?)\b/m.test(text.slice(0, 2000))) return null;
  const prefix = `${manifest.name ?? ""}/`;
  const imports = head.imports.flatMap(({ path: imported }) => {
    const folder = imported.startsWith(prefix) ? imported.slice(prefix.length) : null;
    return folder === null ? [] : [manifest.folder === "" ? folder : `${manifest.folder}/${folder}`];
  });
  return {
    folder: folderOf(path),
    manifest,
    file: path,
    line: head.line,
    reason: `${path} is a main package`,
    serves: false,
    mayServe: !isForPeople(manifest) || mayServeInGo(text, imports, manifest),
    imports,
  };
}

function within(folder: string, inner: string, depth: number): boolean {
  return isInside(inner, folder) && inner.slice(folder.length).split("/").filter(Boolean).length <= depth;
}
