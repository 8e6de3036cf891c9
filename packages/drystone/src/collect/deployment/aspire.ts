/** .NET Aspire app hosts: C# programs that list the projects, containers and servers of a system and who refers to whom. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import { aspireServer } from "./aspire-servers.js";
import { type CallChain, type ChainCall, callChain, callChains, stringLiteral } from "./csharp-calls.js";
import type { DependsOn, Deployed, DeployedPort, EnvironmentEntry, MountedVolume } from "./deployed.js";
import { plainDeployed } from "./deployed-defaults.js";

export interface AspireResource extends Deployed {
  readonly kind: "project" | "program" | "container" | "server" | "database";
  /** Folder or file that is built: that of a project, of a Dockerfile, of a script; null when there is none in the repository. */
  readonly folder: string | null;
  readonly dockerfile: string | null;
  /** The server that a database is on. */
  readonly partOf: string | null;
}

/** Cheap look whether a C# file is an app host. */
export function isAspireHost(path: string, text: string): boolean {
  return path.endsWith(".cs") && text.includes("DistributedApplication.CreateBuilder");
}

/**
 * Resources of an app host, in order. Never throws.
 * @param paths all of the repository, to find the projects. @param constants of other files, by `Class.Member`.
 */
export function readAspire(
  path: string,
  text: string,
  paths: readonly string[],
  constants: ReadonlyMap<string, string> = new Map(),
): AspireResource[] {
  const host: Host = {
    path,
    paths,
    texts: textVariables(text),
    constants,
    resources: new Map(),
    variables: new Map(),
    endpoints: new Map(),
  };
  for (const chain of callChains(text)) readChain(host, chain, 0);
  const drafts = [...host.resources.values()];
  return drafts.map(({ technology: _, ...draft }) => ({
    ...plainDeployed("aspire", path, draft.line, draft.name),
    ...draft,
    // A connection goes by the name of the database.
    aliases: drafts.flatMap((other) => (other.partOf === draft.name ? [other.name] : [])),
    imageExpression: draft.image,
  }));
}

interface Host {
  readonly path: string;
  readonly paths: readonly string[];
  /** Variables and constants that hold a text. */
  readonly texts: ReadonlyMap<string, string>;
  /** Of other files, by `Class.Member`. */
  readonly constants: ReadonlyMap<string, string>;
  readonly resources: Map<string, Draft>;
  /** Variable to name of the resource. */
  readonly variables: Map<string, string>;
  /** Variable to a value that is known: an address or a text. */
  readonly endpoints: Map<string, string>;
}

interface Draft {
  readonly name: string;
  readonly line: number;
  readonly kind: AspireResource["kind"];
  readonly folder: string | null;
  readonly dockerfile: string | null;
  readonly image: string | null;
  readonly technology: string | null;
  readonly partOf: string | null;
  readonly environment: EnvironmentEntry[];
  readonly dependsOn: DependsOn[];
  readonly ports: DeployedPort[];
  readonly volumes: MountedVolume[];
  readonly command: string[];
  exposed: boolean;
  job: boolean;
}

const maxDepth = 6;
const maxResources = 2000;

function textVariables(text: string): Map<string, string> {
  const found = text
    .slice(0, 300_000)
    .matchAll(/\b(?:string|var)\s{1,9}([A-Za-z_]\w{0,100})\s{0,9}=\s{0,9}"([^"\\\n]{0,300})"\s{0,9};/g);
  return new Map([...found].slice(0, 1000).map(([, name = "", value = ""]) => [name, value]));
}

/** A text, or what a variable or constant of this name holds. */
function textOf(host: Host, expression: string): string | null {
  const words = expression.trim().split(".");
  return stringLiteral(expression) ?? host.constants.get(words.slice(-2).join(".")) ?? host.texts.get(words.at(-1) ?? "") ?? null;
}

/** Name of the resource that the chain is about; null for one that is about something else. */
function readChain(host: Host, chain: CallChain, depth: number): string | null {
  if (depth > maxDepth) return null;
  let current = host.variables.get(chain.root) ?? null;
  for (const call of chain.calls) {
    if (/^Add[A-Z]/.test(call.name) && (current === null || !isProgram(host, current))) {
      const added = addResource(host, call, current);
      if (added !== null) current = added;
    } else if (call.name === "GetEndpoint" && current !== null) {
      if (chain.assigned !== null) host.endpoints.set(chain.assigned, `http://${current}`);
      return null;
    } else if (current !== null) configure(host, current, call, depth);
  }
  if (chain.assigned !== null) {
    const text = chain.calls.length === 0 ? null : current;
    if (text !== null) host.variables.set(chain.assigned, text);
  }
  return current;
}

function isProgram(host: Host, name: string): boolean {
  const kind = host.resources.get(name)?.kind;
  return kind === "project" || kind === "program";
}

/** `AddProject<Projects.Basket_API>("basket-api")`, `AddRedis("cache")`, `postgres.AddDatabase("catalogdb")`; null for what adds no resource. */
function addResource(host: Host, call: ChainCall, parent: string | null): string | null {
  const name = textOf(host, call.arguments[0] ?? "");
  if (name === null || name === "" || host.resources.size >= maxResources) return null;
  const draft = draftOf(host, call, name, parent);
  if (draft && !host.resources.has(name)) host.resources.set(name, draft);
  return draft ? name : null;
}

function draftOf(host: Host, call: ChainCall, name: string, parent: string | null): Draft | null {
  const plain: Draft = {
    name,
    line: call.line,
    kind: "container",
    folder: null,
    dockerfile: null,
    image: null,
    technology: null,
    partOf: null,
    environment: [],
    dependsOn: [],
    ports: [],
    volumes: [],
    command: [],
    exposed: false,
    job: false,
  };
  const second = textOf(host, call.arguments[1] ?? "");
  const at = second === null ? null : joinPath(folderOf(host.path), second);
  if (call.name === "AddProject") {
    const project = call.generic === "" ? projectFile(at) : projectOf(host, call.generic);
    return { ...plain, kind: "project", folder: project };
  }
  if (call.name === "AddContainer") return { ...plain, image: second };
  if (call.name === "AddDockerfile" && at !== null) {
    const file = stringLiteral(call.arguments[2] ?? "") ?? "Dockerfile";
    return { ...plain, folder: at, dockerfile: joinPath(at, file) };
  }
  if (call.name === "AddExecutable") {
    const folder = stringLiteral(call.arguments[2] ?? "");
    return { ...plain, kind: "program", folder: folder === null ? null : joinPath(folderOf(host.path), folder) };
  }
  if (/^Add(?:\w{0,40}App|\w{0,40}Module|Bun\w{0,20}|Deno\w{0,20}|Uvicorn\w{0,20})$/.test(call.name) && at !== null)
    return { ...plain, kind: "program", folder: programFolder(host, at) };
  if (
    parent !== null &&
    /^Add(?:\w{0,40}Database|Blobs|Queues|Tables|Queue|Topic|Hub|BlobContainer|Container|ServiceBus\w{0,20})$/.test(call.name)
  ) {
    const server = host.resources.get(parent);
    return server ? { ...plain, kind: "database", technology: server.technology, partOf: parent } : null;
  }
  const server = aspireServer(call.name);
  return server ? { ...plain, kind: "server", image: server.image, technology: server.technology } : null;
}

/** `Projects.Basket_API` is the folder of `Basket.API.csproj`: signs that no name can have became `_`. */
function projectOf(host: Host, generic: string): string | null {
  const wanted = generic.slice(generic.lastIndexOf(".") + 1);
  const found = host.paths.filter(
    (path) =>
      /\.(?:cs|fs|vb)proj$/.test(path) &&
      lastPart(path)
        .replace(/\.\w+$/, "")
        .replace(/\W/g, "_") === wanted,
  );
  return found[0] === undefined ? null : folderOf(found[0]);
}

function projectFile(path: string | null): string | null {
  return path === null ? null : /\.\w{1,3}proj$/.test(path) ? folderOf(path) : path;
}

function programFolder(host: Host, path: string): string {
  return host.paths.includes(path) ? folderOf(path) : path;
}

/** What a `With…` or `WaitFor…` says about a resource. */
function configure(host: Host, name: string, call: ChainCall, depth: number): void {
  const resource = host.resources.get(name);
  if (!resource) return;
  const [first = "", second = ""] = call.arguments;
  const { line } = call;
  if (call.name === "WithReference" || /^WaitFor(?:Completion|Start)?$/.test(call.name)) {
    const other = named(host, first, line, depth);
    if (other === null) return;
    if (call.name === "WaitForCompletion") markJob(host, other);
    resource.dependsOn.push({ name: other, line, alias: null, kind: call.name === "WithReference" ? "link" : "wait" });
    if (call.name === "WithReference") resource.environment.push(...referenceEntries(host, other, stringLiteral(second), line));
  } else if (call.name === "WithEnvironment" && !first.includes("=>")) {
    const key = textOf(host, first);
    if (key !== null && key !== "")
      resource.environment.push({ key, value: valueOf(host, second, line, depth), file: host.path, line, from: "own" });
  } else if (call.name === "WithExternalHttpEndpoints") resource.exposed = true;
  else if (/^With(?:Http|Https|)Endpoint$|^WithHostPort$/.test(call.name)) resource.ports.push(...portsOf(call));
  else if (call.name === "WithArgs")
    resource.command.push(...call.arguments.flatMap((argument) => stringLiteral(argument) ?? []));
  else if (/^With(?:Volume|DataVolume|BindMount|DataBindMount)$/.test(call.name)) resource.volumes.push(...volumesOf(host, call));
  else {
    // A method of the system's own that is given other resources: `ConfigureRoutes(catalogApi)`.
    for (const argument of call.arguments) {
      const other = host.variables.get(argument);
      if (other !== undefined && other !== name) resource.dependsOn.push({ name: other, line, alias: null, kind: "link" });
    }
  }
}

function markJob(host: Host, name: string): void {
  const other = host.resources.get(name);
  if (other) other.job = true;
}

/** The resource of a variable, or of a chain that stands in its place. */
function named(host: Host, expression: string, line: number, depth: number): string | null {
  const known = host.variables.get(expression);
  if (known !== undefined) return known;
  const chain = callChain(expression, line);
  return chain ? readChain(host, chain, depth + 1) : null;
}

/** What a reference gives: a connection string for servers and databases, an address for programs. */
function referenceEntries(host: Host, other: string, connectionName: string | null, line: number): EnvironmentEntry[] {
  const resource = host.resources.get(other);
  if (!resource) return [];
  const entry = (key: string, value: string | null): EnvironmentEntry => ({ key, value, file: host.path, line, from: "own" });
  if (resource.kind === "server" || resource.kind === "database")
    return [entry(`ConnectionStrings__${connectionName ?? other}`, connectionString(host, resource))];
  return [entry(`services__${other}__http__0`, `http://${other}`)];
}

function connectionString(host: Host, resource: Draft): string | null {
  const server = resource.partOf ?? resource.name;
  const database = resource.partOf === null ? "" : resource.name;
  const technology = (resource.partOf === null ? resource : host.resources.get(resource.partOf))?.technology ?? "";
  if (/^(?:postgresql|sqlserver|mysql|mariadb|oracle)$/.test(technology)) {
    const start = technology === "postgresql" ? `Host=${server}` : `Server=${server}`;
    return database === "" ? start : `${start};Database=${database}`;
  }
  if (technology === "mongodb") return `mongodb://${server}/${database}`.replace(/\/$/, "");
  if (technology === "rabbitmq") return `amqp://${server}:5672`;
  if (technology === "nats") return `nats://${server}:4222`;
  if (technology === "kafka") return `${server}:9092`;
  if (/^(?:redis|valkey|garnet)$/.test(technology)) return `${server}:6379`;
  return technology === "" ? null : `http://${server}`;
}

/** A text, an address, or a text made of them; null for what only a run can tell. */
function valueOf(host: Host, expression: string, line: number, depth: number): string | null {
  const lookup = (inner: string): string | null =>
    host.endpoints.get(inner) ?? endpointOf(host, inner, line, depth) ?? textOf(host, inner);
  const written = expression.replace(/^ReferenceExpression\.Create\(([\s\S]{0,2000})\)$/, "$1");
  return stringLiteral(written, lookup) ?? lookup(written);
}

/** `identity.GetEndpoint("https")`. */
function endpointOf(host: Host, expression: string, line: number, depth: number): string | null {
  if (depth > maxDepth || !expression.includes("GetEndpoint")) return null;
  const root = callChain(expression, line)?.root;
  const name = root === undefined ? undefined : host.variables.get(root);
  return name === undefined ? null : `http://${name}`;
}

/** `port: 8080, targetPort: 80`, or in this order. */
function portsOf(call: ChainCall): DeployedPort[] {
  const number = (label: string, index: number) => {
    const labelled = call.arguments.find((argument) => argument.split(":", 1)[0]?.trim() === label);
    const plain = call.arguments[index] ?? "";
    const text = labelled?.slice(labelled.indexOf(":") + 1) ?? (plain.includes(":") ? "" : plain);
    const value = /^\s{0,9}(\d{1,5})\s{0,9}$/.exec(text)?.[1];
    return value === undefined ? null : Number(value);
  };
  const host = number("port", 0);
  const container = number("targetPort", 1) ?? host;
  return container === null ? [] : [{ container, host }];
}

function volumesOf(host: Host, call: ChainCall): MountedVolume[] {
  const [first, second] = call.arguments.map((argument) => stringLiteral(argument));
  const { line } = call;
  const readOnly = call.arguments.some((argument) => /^isReadOnly\s{0,5}:\s{0,5}true$/.test(argument));
  if (call.name === "WithVolume" && first && second) return [{ name: first, kind: "named", target: second, readOnly, line }];
  if (call.name === "WithBindMount" && first && second)
    return [{ name: joinPath(folderOf(host.path), first) ?? first, kind: "host", target: second, readOnly, line }];
  return call.name === "WithDataVolume" && first ? [{ name: first, kind: "named", target: "", readOnly, line }] : [];
}
