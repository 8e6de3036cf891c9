/** package.json, with the members of pnpm-workspace.yaml and lerna.json, the projects of Nx and Nest. */
import { readYaml, record, texts } from "../yaml/index.js";
import { type BuildManifest, type Dependency, folderOf, joinPath, lineOf, type Marker } from "./manifest.js";

/** Reads a package.json; null when it is not JSON. */
export function readPackageJson(path: string, text: string): BuildManifest | null {
  const root = parseJson(text);
  if (!root) return null;
  const folder = folderOf(path);
  const members = workspaces(root["workspaces"]).flatMap((glob) => joinPath(folder, glob) ?? []);
  const scripts = record(root["scripts"]);
  const dependencies = dependenciesOf(root, text, folder);
  // The root of a workspace has to be private, and `main` may be left over from `npm init`.
  const published =
    members.length > 0
      ? ["publishConfig", "files", "exports", "bin"].some((key) => key in root)
      : root["private"] !== true && ["publishConfig", "files", "exports", "main", "module", "types"].some((key) => key in root);
  const name = typeof root["name"] === "string" ? root["name"] : null;
  return {
    path,
    folder,
    ecosystem: "npm",
    technology: "node",
    name,
    line: lineOf(text, '"name"'),
    executable: members.length > 0 ? null : executable(path, text, scripts, dependencies, "bin" in root || published),
    aggregator: (members.length > 0 && !published) || (name === null && dependencies.length === 0),
    members,
    dependencies,
    published,
  };
}

/** Member globs of pnpm-workspace.yaml, relative to the repository. */
export function readPnpmWorkspace(path: string, text: string): string[] {
  return readYaml(path, text).documents.flatMap((document) =>
    texts(record(document.value)["packages"]).flatMap((glob) =>
      glob.startsWith("!") ? [] : (joinPath(folderOf(path), glob) ?? []),
    ),
  );
}

/** Member globs of lerna.json. */
export function readLerna(path: string, text: string): string[] {
  return texts(parseJson(text)?.["packages"]).flatMap((glob) => joinPath(folderOf(path), glob) ?? []);
}

export interface WorkspaceProject {
  readonly name: string;
  readonly folder: string;
  readonly application: boolean;
  readonly file: string;
  readonly line: number;
}

/** Projects of a nest-cli.json in monorepo mode. */
export function readNestCli(path: string, text: string): WorkspaceProject[] {
  return Object.entries(record(parseJson(text)?.["projects"])).flatMap(([name, value]) => {
    const project = record(value);
    const root = typeof project["root"] === "string" ? joinPath(folderOf(path), project["root"]) : null;
    return root
      ? [{ name, folder: root, application: project["type"] === "application", file: path, line: lineOf(text, `"${name}"`) }]
      : [];
  });
}

/** An Nx project.json; end-to-end suites are no applications. */
export function readNxProject(path: string, text: string): WorkspaceProject[] {
  const root = parseJson(text);
  if (!root || typeof root["projectType"] !== "string") return [];
  const folder = folderOf(path);
  const name = typeof root["name"] === "string" ? root["name"] : (folder.split("/").at(-1) ?? "");
  const targets = record(root["targets"]);
  const application =
    root["projectType"] === "application" &&
    !name.endsWith("e2e") &&
    // Plugins of Nx may give the targets.
    (Object.keys(targets).length === 0 || ["serve", "start", "dev"].some((target) => target in targets));
  return [{ name, folder, application, file: path, line: lineOf(text, '"projectType"') }];
}

/** What a server is written with. */
const servers =
  /^(?:express|koa|fastify|hapi|@hapi\/hapi|restify|@nestjs\/core|@grpc\/grpc-js|grpc|apollo-server.*|@apollo\/server|graphql-yoga|socket\.io|hono|@hono\/node-server|micro|polka|moleculer|seneca|sails|egg|@adonisjs\/core|@feathersjs\/.*|@loopback\/core|loopback|amqplib|kafkajs|kafka-node|bullmq|bull|nats|sqs-consumer|@temporalio\/worker|@overnightjs\/core|strapi|@strapi\/strapi|meteor-node-stubs|actionhero)$/;
const siteScript =
  /(?:^|[\s&;/])(?:next (?:start|build|dev)|nuxt|react-scripts start|ng serve|vue-cli-service serve|gatsby|astro (?:dev|build)|remix|ember serve|svelte-kit|expo start)/;

function executable(
  path: string,
  text: string,
  scripts: Readonly<Record<string, unknown>>,
  dependencies: readonly Dependency[],
  usedByOthers: boolean,
): Marker | null {
  const at = (key: string) => lineOf(text, `"${key}"`);
  const site = Object.entries(scripts).find(([, script]) => typeof script === "string" && siteScript.test(script.slice(0, 500)));
  if (site) return { reason: `${path} runs \`${firstWords(site[1])}\``, file: path, line: at(site[0]) };
  if (usedByOthers && !("start" in scripts)) return null;
  const start =
    ["start", "start:prod", "serve", "start:production"].find((key) => runs(scripts[key])) ??
    (runs(scripts["dev"]) && runner.test(String(scripts["dev"]).slice(0, 500)) ? "dev" : undefined);
  const server = dependencies.find((dependency) => dependency.runtime && servers.test(dependency.name));
  if (start && server)
    return { reason: `${path} has a \`${start}\` script and uses ${server.name}`, file: path, line: at(start) };
  // Plain programs without a framework: the folder above says that they are services.
  if (start && serviceFolder.test(path))
    return { reason: `${path} has a \`${start}\` script among the services`, file: path, line: at(start) };
  return null;
}

/** Starts the program itself, not a compiler that watches it. */
const runner = /(?:^|[\s&;/])(?:node|tsx|ts-node(?:-dev)?|nodemon|bun|nest|wrangler|vite-node|fastify|serverless)\s/;

function runs(script: unknown): boolean {
  return (
    typeof script === "string" &&
    !/^(?:npm|yarn|pnpm) (?:run )?(?:watch|build)\b|^(?:tsc|tsup|rollup|webpack) /.test(script.slice(0, 500))
  );
}

const serviceFolder = /(?:^|\/)(?:services|microservices|apps)\/[^/]+\/package\.json$/i;

function firstWords(script: unknown): string {
  return String(script).split(/\s+/).slice(0, 2).join(" ").slice(0, 60);
}

function dependenciesOf(root: Readonly<Record<string, unknown>>, text: string, folder: string): Dependency[] {
  const lines = dependencyLines(text);
  return ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].flatMap((key) =>
    Object.entries(record(root[key])).map(([name, value]) => {
      const version = typeof value === "string" ? value : null;
      const local = /^(?:file|link|portal):(.+)/.exec(version ?? "")?.[1];
      return {
        name,
        version,
        line: lines.get(name) ?? 1,
        path: local ? joinPath(folder, local) : null,
        runtime: key !== "devDependencies",
      };
    }),
  );
}

function dependencyLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  for (const [index, line] of text.split("\n").entries()) {
    const key = /^\s{0,40}"([^"]{1,214})"\s{0,9}:/.exec(line)?.[1];
    if (key !== undefined) lines.set(key, index + 1);
  }
  return lines;
}

function workspaces(value: unknown): string[] {
  return (Array.isArray(value) ? texts(value) : texts(record(value)["packages"])).filter((glob) => !glob.startsWith("!"));
}

/** The object of a JSON text; null when it is none or deeper than any build file. */
export function parseJson(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    // Not every file with this name is JSON: templates and broken test inputs are common, and nothing else can be learnt from them.
    return null;
  }
}
