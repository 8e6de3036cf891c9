/** Which files hold program text that people write and that counts as a copy when it stands twice. */
import { type Language, languageOfPath } from "#collect/code/index.js";
import { lastPart } from "#collect/manifests/index.js";

const withoutTokens: ReadonlySet<Language> = new Set(["html", "sql", "prisma", "xml"]);
const templates = /\.(?:cshtml|razor|ru|blade\.php|phtml|astro)$/;

/** Anywhere on the way: tests, what a tool wrote, what others wrote, schema changes. */
const folders = new Set(
  words(
    "node_modules vendor vendors third_party thirdparty external bower_components __snapshots__ generated gen genproto __generated__ .yarn .mvn __pycache__ " +
      "test tests __tests__ testing testdata spec specs e2e cypress playwright fixtures __fixtures__ mocks __mocks__ " +
      "migrations migration migrate flyway liquibase alembic storybook .storybook .github .husky",
  ),
);
/** `integration-test`, `Shop.Tests`, `androidTest`. */
const testFolder = /(?:[-_.]tests?|(?:android|integration|unit|functional|component|acceptance|contract)tests?)$/;
/** Output folders; below `src` they are packages like any other. */
const outputs = new Set(words("dist build out target bin obj coverage .next .nuxt"));
/** Where browser libraries are copied to. */
const publicFolders = new Set(words("static public assets wwwroot webapp resources js lib libs"));

/** True for program text: no test, migration, configuration, generated or third-party file. By path only; see `isGenerated` for the text. */
export function isClonable(path: string): boolean {
  const language = languageOfPath(path);
  if (language === null || withoutTokens.has(language) || templates.test(path)) return false;
  const segments = path.toLowerCase().split("/").slice(0, -1);
  for (const [index, folder] of segments.entries()) {
    if (folders.has(folder) || testFolder.test(folder)) return false;
    if (outputs.has(folder) && !segments.slice(0, index).includes("src")) return false;
  }
  const name = lastPart(path);
  return !isTest(name) && !isWritten(name) && !isConfiguration(name.toLowerCase()) && !isBrowserLibrary(name, segments);
}

function isTest(name: string): boolean {
  return (
    /(?:[._-](?:test|tests|spec|e2e|mock|stories|story|fixture|cy)\.\w{1,5}|_test\.\w{1,5})$/i.test(name) ||
    /^(?:test_|conftest\.)/.test(name) ||
    /(?:Test|Tests|TestCase|IT|Spec|Steps|Mock)\.(?:java|kt|cs|groovy|scala|php|swift)$/.test(name)
  );
}

/** Written by a tool, by the name. */
function isWritten(name: string): boolean {
  return /(?:_pb2(?:_grpc)?\.pyi?|\.pb(?:\.\w{1,8})?\.\w{1,5}|_pb\.(?:js|ts|d\.ts)|_grpc(?:_web)?_pb\.\w{1,5}|Grpc\.(?:java|cs)|OuterClass\.java|\.g\.(?:cs|dart)|\.(?:generated|gen|designer|min|bundle)\.\w{1,5}|_generated\.\w{1,5}|_gen\.go|ModelSnapshot\.cs|\.d\.ts|MavenWrapperDownloader\.java)$/i.test(
    name,
  );
}

function isConfiguration(name: string): boolean {
  return (
    /(?:\.config(?:\.\w{1,20})?|\.conf|rc|\.setup|-setup|\.settings)\.(?:[mc]?[jt]sx?)$/.test(name) ||
    /\.gradle(?:\.kts)?$/.test(name) ||
    /^(?:setup\.py|settings\.py|manage\.py|gulpfile\.\w{1,4}|gruntfile\.\w{1,4}|polyfills\.ts|protractor\.\w{1,8}\.\w{1,4}|karma\.\w{1,8}\.\w{1,4}|setupproxy\.js|reportwebvitals\.\w{1,4}|serviceworker\.\w{1,4}|service-worker\.\w{1,4}|registerserviceworker\.\w{1,4}|rakefile|assemblyinfo\.cs)$/.test(
      name,
    )
  );
}

function isBrowserLibrary(name: string, segments: readonly string[]): boolean {
  return (
    segments.some((folder) => publicFolders.has(folder)) &&
    /^(?:jquery|bootstrap|angular|react|vue|d3|three|popper|lodash|moment|underscore|backbone|ember|handlebars|mustache|chart|highcharts|echarts|leaflet|amazeui|layui|modernizr|require|sockjs|stomp|socket\.io|swagger-ui|select2|datatables|fontawesome|raphael|morris|sweetalert|toastr|zepto|html5shiv|respond)[\w.-]{0,60}\.js$/i.test(
      name,
    )
  );
}

/** @param header comments before the first code of the file. */
export function isGeneratedHeader(header: string): boolean {
  return /code generated|do not (?:edit|modify)|@generated|auto-?generated|automatically generated|(?:was|is|been) generated|generated (?:by the|by protoc|from|file)|^\s{0,4}\/\*!/i.test(
    header,
  );
}

function words(list: string): string[] {
  return list.split(" ");
}
