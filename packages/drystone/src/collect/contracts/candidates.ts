/** Which files may hold a contract of one's own, by path. */
import { lastPart } from "#collect/manifests/index.js";

export interface Candidates {
  readonly proto: readonly string[];
  /** Those that look like copies of what others publish. */
  readonly copiedProto: readonly string[];
  readonly graphql: readonly string[];
  /** JSON and YAML, those named like a contract first. */
  readonly structured: readonly string[];
  readonly packages: readonly string[];
}

/** A repository may hold thousands of data files; those beyond are not looked into. */
const maxFilesEach = 3000;
/** Nothing but contracts has these endings. */
const maxContracts = 20_000;

export function candidatesOf(paths: readonly string[]): Candidates {
  const own = paths.filter((path) => !isForeign(path));
  const protos = own.filter((path) => path.endsWith(".proto")).slice(0, maxContracts);
  const structured = own.filter((path) => /\.(?:json|ya?ml)$/i.test(path) && !machineFile.test(lastPart(path)));
  const named = structured.filter(isNamedContract);
  return {
    proto: protos.filter((path) => !foreignProto.test(path)),
    copiedProto: protos.filter((path) => foreignProto.test(path)),
    graphql: own.filter((path) => /\.(?:graphqls?|gql)$/.test(path)).slice(0, maxContracts),
    structured: [...new Set([...named, ...structured])].slice(0, maxFilesEach),
    packages: own.filter((path) => lastPart(path) === "package.json" && path !== "package.json").slice(0, maxFilesEach),
  };
}

/** True where a file that cannot be read is worth a word. */
export function isNamedContract(path: string): boolean {
  return /openapi|swagger|asyncapi/i.test(lastPart(path));
}

/** Code of others, tests and what they need, examples, what was built. Folders of documents and specifications do hold contracts. */
const foreignFolder =
  /^(?:node_modules|bower_components|vendor|third[_-]?party|external|externals|site-packages|venv|testdata|fixtures?|__fixtures__|__tests__|__mocks__|mocks?|tests?|e2e|integration[_-]?tests?|examples?|samples?|demos?|dist|target|obj|snapshots?|__snapshots__|schematics|\..{1,100})$/i;

function isForeign(path: string): boolean {
  const folders = path.split("/").slice(0, -1);
  return folders.some((folder) => foreignFolder.test(folder) || /[._-](?:tests?|e2e)$/i.test(folder));
}

/** Specifications that are copied along with a library. */
const foreignProto =
  /(?:^|\/)(?:google\/(?:api|protobuf|rpc|type|longrunning|cloud|iam)|grpc\/(?:health|reflection|channelz)|grpc[_-]?health|k8s\.io|envoy|udpa|xds|validate|buf\/validate|gogoproto|protoc-gen-[\w-]{1,60}|opentelemetry\/proto|opencensus|cosmos_proto|tagger)\/|(?:^|\/)(?:health|gogo|validate|descriptor|annotations|timestamp|wrappers|struct|any|empty|duration)\.proto$/;

export function isForeignPackage(name: string): boolean {
  return /^(?:google|grpc|envoy|udpa|xds|validate|buf|gogoproto|k8s|opencensus)(?:\.|$)|^opentelemetry\.proto\.|^protoc_gen_/.test(
    name,
  );
}

const machineFile =
  /^(?:package(?:-lock)?|npm-shrinkwrap|composer|tsconfig.{0,60}|jsconfig|lerna|nx|project|angular|renovate|\.?eslintrc|pnpm-lock|pnpm-workspace|docker-compose.{0,60}|compose|chart|values.{0,60}|mkdocs|\.?prettierrc|launch|launchsettings|appsettings.{0,60}|manifest|components|vercel|turbo|packages\.lock)\.(?:json|ya?ml)$/i;
