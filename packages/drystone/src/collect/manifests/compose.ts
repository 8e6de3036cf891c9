/** docker-compose files: which services there are and from what they are built. */
import type { Problem } from "#model/facts.js";
import { readYaml, record, scalarText, type YamlDocument } from "../yaml/index.js";
import { folderOf, joinPath, lastPart } from "./manifest.js";

export interface ComposeService {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly image: string | null;
  readonly imageLine: number;
  readonly build: ComposeBuild | null;
  /** Other names under which it answers: container name, host name, network aliases. */
  readonly aliases: readonly string[];
}

interface ComposeBuild {
  /** Build context in the repository. */
  readonly context: string;
  /** Dockerfile in the repository; `context/Dockerfile` when the file does not say. */
  readonly dockerfile: string;
  readonly line: number;
  /** Values of build arguments: they often name the folder to build. */
  readonly args: readonly string[];
}

/** `docker-compose.yml`, `compose.yaml`, `docker-compose.prod.yml` and the like. */
export function isComposeFile(path: string): boolean {
  return /^(?:docker-?compose|compose)(?:[._-][\w.-]{1,60})?\.ya?ml$|^[\w-]{1,60}[._-](?:docker-)?compose\.ya?ml$/.test(
    lastPart(path),
  );
}

/** Reads a compose file. @param env variables of the `.env` file beside it; others keep their default or become empty. */
export function readCompose(
  path: string,
  text: string,
  env: ReadonlyMap<string, string>,
): { services: ComposeService[]; problems: readonly Problem[] } {
  const { documents, problems } = readYaml(path, text);
  return { services: documents.flatMap((document) => servicesOf(path, document, env)), problems };
}

/** Variables of a `.env` file; values may use earlier ones. */
export function readEnv(text: string): Map<string, string> {
  const env = new Map<string, string>();
  for (const line of text.split("\n").slice(0, 5000)) {
    const found = /^\s{0,20}(?:export\s{1,5})?([A-Za-z_]\w{0,200})\s{0,5}=(.{0,2000})$/.exec(line.trimEnd());
    if (found?.[1]) env.set(found[1], interpolate((found[2] ?? "").trim().replace(/^(["'])(.*)\1$/, "$2"), env));
  }
  return env;
}

/** Replaces `$NAME`, `${NAME}`, `${NAME:-default}`; `$$` is a dollar sign. Defaults may hold variables themselves, two levels deep. */
function interpolate(text: string, env: ReadonlyMap<string, string>, depth = 2): string {
  if (!text.includes("$") || text.length > 5000) return text;
  return text.replace(
    /\$(?:\$|([A-Za-z_]\w{0,200})|\{([A-Za-z_]\w{0,200})(?::?([-?+])((?:[^{}$]|\$\{[^{}]{0,200}\}|\$(?!\{)){0,500}))?\})/g,
    (_, plain, name, operator, rest) => {
      const key: string | undefined = plain ?? name;
      if (key === undefined) return "$";
      const value = env.get(key);
      if (operator === "+") return value ? String(rest ?? "") : "";
      if (value !== undefined && value !== "") return value;
      return operator === "-" && depth > 0 ? interpolate(String(rest ?? ""), env, depth - 1) : "";
    },
  );
}

function servicesOf(path: string, document: YamlDocument, env: ReadonlyMap<string, string>): ComposeService[] {
  const root = record(document.value);
  const services = record(root["services"]);
  // Version 1 has the services at the top; nothing else there is a map with an image or a build.
  const versionOne = !("services" in root) && !("apiVersion" in root);
  const entries = Object.entries(versionOne ? root : services);
  const at = (name: string) => (versionOne ? [name] : ["services", name]);
  return entries.flatMap(([name, value]) => {
    const service = record(value);
    if (!("image" in service) && !("build" in service)) return [];
    const image = text(service["image"], env);
    return [
      {
        file: path,
        line: document.lineOf(at(name)),
        name,
        image: image === "" ? null : image,
        imageLine: document.lineOf([...at(name), "image"]),
        build: buildOf(path, service["build"], document.lineOf([...at(name), "build"]), env),
        aliases: [
          ...new Set([
            text(service["container_name"], env),
            text(service["hostname"], env),
            ...networkAliases(service["networks"], env),
          ]),
        ].filter((alias) => alias !== "" && alias !== name),
      },
    ];
  });
}

function buildOf(path: string, value: unknown, line: number, env: ReadonlyMap<string, string>): ComposeBuild | null {
  if (value === undefined || value === null) return null;
  const options = record(value);
  const written = typeof value === "string" ? text(value, env) : text(options["context"] ?? ".", env);
  const context = joinPath(folderOf(path), written === "" ? "." : written);
  if (context === null) return null;
  const named = text(options["dockerfile"], env);
  const dockerfile = joinPath(context, named === "" ? "Dockerfile" : named);
  const args = options["args"];
  const values = Array.isArray(args)
    ? args.map((arg) => scalarText(arg).split("=", 2)[1] ?? "")
    : Object.values(record(args)).map(scalarText);
  return { context, dockerfile: dockerfile ?? `${context}/Dockerfile`, line, args: values.map((arg) => interpolate(arg, env)) };
}

function networkAliases(value: unknown, env: ReadonlyMap<string, string>): string[] {
  return Object.values(record(value)).flatMap((network) => {
    const aliases = record(network)["aliases"];
    return Array.isArray(aliases) ? aliases.map((alias) => text(alias, env)) : [];
  });
}

function text(value: unknown, env: ReadonlyMap<string, string>): string {
  return typeof value === "string" ? interpolate(value, env) : typeof value === "number" ? String(value) : "";
}
