/** serverless.yml: the functions of one service, what they are given, and what calls them. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import type { Problem } from "#model/facts.js";
import { readYaml, record, scalarText, type YamlDocument, type YamlPath } from "../yaml/index.js";
import type { Deployed, EnvironmentEntry } from "./deployed.js";
import { plainDeployed } from "./deployed-defaults.js";
import { resolveServerless } from "./serverless-variables.js";

export interface ServerlessFunction extends Deployed {
  /** The service that the file describes: all its functions are deployed together. */
  readonly service: string;
  /** Folder whose code runs: that of the file. */
  readonly folder: string;
  /** Source file without ending and function: `src/orders.create`; null for an image. */
  readonly handler: string | null;
  readonly httpEvents: readonly HttpEvent[];
  /** Queues, topics, streams and buckets that start it, as written. */
  readonly triggers: readonly { readonly kind: string; readonly name: string; readonly line: number }[];
}

interface HttpEvent {
  /** Upper case; `ANY` for all. */
  readonly method: string;
  readonly path: string;
  readonly line: number;
}

/** Functions are the only units with triggers. */
export function isServerlessFunction(unit: Deployed): unit is ServerlessFunction {
  return "triggers" in unit && "httpEvents" in unit;
}

/** `serverless.yml`, `serverless.prod.yaml`. */
export function isServerlessFile(path: string): boolean {
  return /^serverless(?:[._-][\w-]{1,40})?\.ya?ml$/.test(lastPart(path));
}

const maxFunctions = 1000;

/** Reads the functions of a file. Never throws; what is broken becomes a problem. */
export function readServerless(path: string, text: string): { functions: ServerlessFunction[]; problems: readonly Problem[] } {
  const { documents, problems } = readYaml(path, text);
  return { functions: documents.slice(0, 1).flatMap((document) => functionsOf(path, document)), problems };
}

function functionsOf(path: string, document: YamlDocument): ServerlessFunction[] {
  const root = record(document.value);
  const named = root["service"];
  const resolve = (value: unknown) => resolveServerless(value, root);
  const service = (resolve(named) ?? resolve(record(named)["name"])) || lastPart(folderOf(path));
  const provider = record(root["provider"]);
  const shared = environmentOf(path, document, ["provider", "environment"], provider["environment"], "shared", resolve);
  return Object.entries(record(root["functions"]))
    .slice(0, maxFunctions)
    .map(([name, value]): ServerlessFunction => {
      const at = ["functions", name];
      const options = record(value);
      const events: readonly unknown[] = Array.isArray(options["events"]) ? options["events"].slice(0, 200) : [];
      const found = events.map((event, index) => eventOf(event, document.lineOf([...at, "events", index]), resolve));
      const image = imageOf(options["image"], provider, resolve);
      return {
        ...plainDeployed("serverless", path, document.lineOf(at), name),
        aliases: [resolve(options["name"])].flatMap((alias) => (alias === null || alias === "" || alias === name ? [] : [alias])),
        image,
        imageExpression: image === null ? null : scalarText(options["image"]) || image,
        environment: [
          ...shared,
          ...environmentOf(path, document, [...at, "environment"], options["environment"], "own", resolve),
        ],
        exposed: found.some(({ http }) => http !== null),
        job: events.length > 0 && events.every((event) => "schedule" in record(event)),
        service,
        folder: joinPath(folderOf(path), ".") ?? "",
        handler: resolve(options["handler"]),
        httpEvents: found.flatMap(({ http }) => http ?? []),
        triggers: found.flatMap(({ trigger }) => trigger ?? []),
      };
    });
}

type Resolve = (value: unknown) => string | null;

function environmentOf(
  file: string,
  document: YamlDocument,
  at: YamlPath,
  value: unknown,
  from: EnvironmentEntry["from"],
  resolve: Resolve,
): EnvironmentEntry[] {
  return Object.entries(record(value)).map(([key, item]) => ({
    key,
    value: resolve(item),
    file,
    line: document.lineOf([...at, key]),
    from,
  }));
}

/** A URI, or the name of an image that the provider lists. */
function imageOf(value: unknown, provider: Readonly<Record<string, unknown>>, resolve: Resolve): string | null {
  const written = resolve(value) ?? resolve(record(value)["uri"]) ?? resolve(record(value)["name"]);
  if (written === null || written === "") return null;
  const listed = record(record(record(provider["ecr"])["images"])[written]);
  return resolve(listed["uri"]) ?? (written.includes("/") ? written : null);
}

function eventOf(
  event: unknown,
  line: number,
  resolve: Resolve,
): { http: HttpEvent | null; trigger: ServerlessFunction["triggers"][number] | null } {
  const [kind = "", value] = Object.entries(record(event))[0] ?? (typeof event === "string" ? [event, "*"] : []);
  if (/^(?:http|httpApi|alb|url)$/.test(kind)) return { http: httpEvent(value, line, resolve), trigger: null };
  if (
    !/^(?:sqs|sns|stream|eventBridge|kafka|msk|rabbitmq|activemq|s3|kinesis|websocket|schedule|iot|cognitoUserPool)$/.test(kind)
  )
    return { http: null, trigger: null };
  const options = record(value);
  const name = ["arn", "queueName", "topicName", "topic", "queue", "bucket", "eventBus", "route", "rate"]
    .map((key) => resolve(options[key]))
    .find((found) => found !== null && found !== "");
  return { http: null, trigger: { kind, name: resolve(value) ?? name ?? "", line } };
}

/** `GET /orders`, `{ method: get, path: orders }`, `*`. */
function httpEvent(value: unknown, line: number, resolve: Resolve): HttpEvent {
  const text = resolve(value);
  const options = record(value);
  const [first = "", second] = (text ?? "").trim().split(/\s{1,5}/, 2);
  const method = text === null ? (resolve(options["method"]) ?? "ANY") : second === undefined ? "ANY" : first;
  const path = text === null ? (resolve(options["path"]) ?? "") : (second ?? first);
  return { method: method === "*" ? "ANY" : method.toUpperCase(), path: `/${path.replace(/^\/|^\*$/, "")}`, line };
}
