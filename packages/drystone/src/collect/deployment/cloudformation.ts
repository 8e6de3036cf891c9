/** Templates of AWS SAM and CloudFormation, in YAML and JSON: functions that are deployed together, what calls them, and the stores beside them. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import type { Problem } from "#model/facts.js";
import { readYaml, record, type YamlDocument, type YamlPath } from "../yaml/index.js";
import { cloudFormationStores } from "./cloudformation-stores.js";
import { type Resolve, referencesOf } from "./cloudformation-values.js";
import type { EnvironmentEntry } from "./deployed.js";
import { plainDeployed } from "./deployed-defaults.js";
import type { ServerlessFunction } from "./serverless.js";
import type { TerraformStore } from "./terraform/stores.js";

export interface CloudFormationTemplate {
  readonly functions: readonly ServerlessFunction[];
  readonly stores: readonly TerraformStore[];
  readonly problems: readonly Problem[];
}

/** True for texts that `readCloudFormation` looks into. */
export function isCloudFormation(path: string, text: string): boolean {
  return isTemplatePath(path) && /["']?Resources["']?\s{0,9}:/.test(text) && /\bAWS::\w{1,60}::\w{1,60}/.test(text);
}

/** JSON that may be a template goes by its name; what tools write on their way to a deployment is none. */
export function isTemplatePath(path: string): boolean {
  if (/(?:^|\/)(?:cdk\.out|\.aws-sam|node_modules)\//.test(path)) return false;
  return (
    /\.ya?ml$|\.template$/.test(path) || /(?:template|cloudformation|cfn|stack|(?:^|[/_-])sam)[\w.-]{0,40}\.json$/i.test(path)
  );
}

const maxResources = 1000;

/** Never throws; what is broken becomes a problem. */
export function readCloudFormation(path: string, text: string): CloudFormationTemplate {
  const { documents, problems } = readYaml(path, text);
  const document = documents[0];
  if (document === undefined) return { functions: [], stores: [], problems };
  const root = record(document.value);
  const resources = Object.entries(record(root["Resources"])).slice(0, maxResources);
  const resolve = referencesOf(root);
  const shared = record(record(record(root["Globals"])["Function"])["Environment"])["Variables"];
  const inherited = environmentOf(document, path, ["Globals", "Function", "Environment", "Variables"], shared, "shared", resolve);
  const globals = record(record(root["Globals"])["Function"]);
  const functions = resources.flatMap(([id, value]) =>
    functionOf({ path, document, resolve, inherited, globals }, id, record(value)),
  );
  const more = resources.flatMap(([id, value]) => startOf(id, record(value), document, resolve));
  return {
    functions: functions.map((one) => ({ ...one, triggers: startsOf(one, more) })),
    stores: cloudFormationStores(path, document, resources, resolve),
    problems,
  };
}

interface Template {
  readonly path: string;
  readonly document: YamlDocument;
  readonly resolve: Resolve;
  readonly inherited: readonly EnvironmentEntry[];
  readonly globals: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Functions whose code is in the repository; what stands in the template itself, or in a bucket, is no program of it. */
function functionOf(
  { path, document, resolve, inherited, globals }: Template,
  id: string,
  resource: Fields,
): ServerlessFunction[] {
  const isServerless = resource["Type"] === "AWS::Serverless::Function";
  if (!isServerless && resource["Type"] !== "AWS::Lambda::Function") return [];
  const options = record(resource["Properties"]);
  const code = resolve(isServerless ? (options["CodeUri"] ?? globals["CodeUri"] ?? ".") : options["Code"]);
  const image = resolve(options["ImageUri"]);
  if ((code === null || code.startsWith("s3:") || "InlineCode" in options) && image === null) return [];
  const own = folderOf(path);
  const written = code === null ? own : (joinPath(own, code) ?? own);
  const folder = own === "" || written === own || written.startsWith(`${own}/`) ? own : written;
  const at = ["Resources", id, "Properties"];
  const events = Object.entries(record(options["Events"])).slice(0, 200);
  const found = events.map(([name, event]) => eventOf(record(event), document.lineOf([...at, "Events", name]), resolve));
  const name = resolve(options["FunctionName"]);
  const variables = record(options["Environment"])["Variables"];
  return [
    {
      ...plainDeployed("serverless", path, document.lineOf(["Resources", id]), id),
      aliases: name === null || name === "" || name === id ? [] : [name],
      image: image !== null && image.includes("/") ? image : null,
      environment: [
        ...(isServerless ? inherited : []),
        ...environmentOf(document, path, [...at, "Environment", "Variables"], variables, "own", resolve),
      ],
      exposed: found.some(({ http }) => http !== null) || "FunctionUrlConfig" in options,
      job: events.length > 0 && events.every(([, event]) => String(record(event)["Type"]).startsWith("Schedule")),
      service: lastPart(folder),
      folder,
      handler: resolve(options["Handler"] ?? globals["Handler"]),
      httpEvents: found.flatMap(({ http }) => http ?? []),
      triggers: found.flatMap(({ trigger }) => trigger ?? []),
    },
  ];
}

function environmentOf(
  document: YamlDocument,
  file: string,
  at: YamlPath,
  variables: unknown,
  from: EnvironmentEntry["from"],
  resolve: Resolve,
): EnvironmentEntry[] {
  return Object.entries(record(variables)).map(([key, value]) => ({
    key,
    value: resolve(value),
    file,
    line: document.lineOf([...at, key]),
    from,
  }));
}

interface Start {
  /** Function or queue that it goes to, by its name. */
  readonly to: string;
  readonly trigger: ServerlessFunction["triggers"][number];
}

/** Resources of their own that tie functions and queues to what starts or fills them. */
function startOf(id: string, resource: Fields, document: YamlDocument, resolve: Resolve): Start[] {
  const options = record(resource["Properties"]);
  const line = document.lineOf(["Resources", id]);
  const start = (to: string | null, kind: string, name: string | null): Start[] =>
    to === null || name === null ? [] : [{ to, trigger: { kind, name, line } }];
  switch (resource["Type"]) {
    case "AWS::SNS::Subscription":
      return start(resolve(options["Endpoint"]), "sns", resolve(options["TopicArn"]));
    case "AWS::Lambda::EventSourceMapping":
      return "StartingPosition" in options
        ? []
        : start(resolve(options["FunctionName"]), "sqs", resolve(options["EventSourceArn"]));
    default:
      return [];
  }
}

/** A function hears of what fills its queues, too. */
function startsOf({ name, aliases, triggers }: ServerlessFunction, more: readonly Start[]): ServerlessFunction["triggers"] {
  const names = new Set([name, ...aliases]);
  const direct = [...triggers, ...more.flatMap(({ to, trigger }) => (names.has(to) ? [trigger] : []))];
  const queues = new Set(direct.map((trigger) => trigger.name));
  return [...direct, ...more.flatMap(({ to, trigger }) => (queues.has(to) && !names.has(to) ? [trigger] : []))];
}

interface Event {
  readonly http: ServerlessFunction["httpEvents"][number] | null;
  readonly trigger: ServerlessFunction["triggers"][number] | null;
}

/** Where the name of what starts a function stands, by the type of the event. */
const sources: ReadonlyMap<string, string> = new Map([
  ["SQS", "Queue"],
  ["SNS", "Topic"],
  ["Kinesis", "Stream"],
  ["DynamoDB", "Stream"],
  ["MSK", "Stream"],
  ["S3", "Bucket"],
]);

function eventOf(event: Fields, line: number, resolve: Resolve): Event {
  const type = typeof event["Type"] === "string" ? event["Type"] : "";
  const options = record(event["Properties"]);
  if (type === "Api" || type === "HttpApi") {
    const method = (resolve(options["Method"]) ?? "ANY").toUpperCase();
    const path = resolve(options["Path"]) ?? "/{proxy+}";
    return {
      http: { method: method === "*" ? "ANY" : method, path: `/${path.replace(/^\/|^\$default$/, "")}`, line },
      trigger: null,
    };
  }
  const field = sources.get(type);
  if (field === undefined) return { http: null, trigger: null };
  return { http: null, trigger: { kind: type.toLowerCase(), name: resolve(options[field]) ?? "", line } };
}
