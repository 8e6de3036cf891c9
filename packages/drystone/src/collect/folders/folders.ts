/** Which folders hold what an organisation runs, and what language a file is written in. */
import { lastPart } from "#collect/manifests/index.js";
import { wordsOf } from "#util/words.js";

/** Folders under these hold trials, proofs, texts and the code of others: nothing in them is deployed. */
const passiveFolders =
  /^(?:node_modules|bower_components|vendor|3rd[_-]?party|third[_-]?party|externals?|extern|Pods|Carthage|testdata|fixtures?|__fixtures__|__tests__|__mocks__|examples?|samples?|demos?|tests?|e2e(?:[_-]tests?)?|integration[_-]tests?|int[_-]tests?|acceptance[_-]tests?|load[_-]?tests?|spec|specs|step_definitions|docs?|documentation|benchmarks?|bench|fuzz|fuzz[_-]tests?|site-packages|venv|dist|target|templates?|t|skeletons?|hotfix(?:es)?|playground|sandbox|tutorials?|hack|tools?|scripts?|contrib|bin|obj)$/i;

/** Words that tell a folder of tests by a part of its name: `Orders.UnitTests`, `web-e2e`. */
const testWords = /^(?:tests?|unittests?|uitests?|e2e|specs?|benchmarks?|integrationtests?|testing|playwright|cypress|mocks?)$/;

/** Folders that hold how something is packed and not what: their contents belong to the folder above or to the one they name. */
const packagingFolders =
  /^(?:docker|dockerfiles?|\.?docker-?images?|build|deploy|deployments?|package|packaging|images?|containers?|ci|ops|devops|infra|infrastructure|compose|kubernetes|k8s|\.docker)$/i;

/** Of these, words that are also features of a program: below the sources of a part of the system they are that, as in `api/src/vendor`. */
const alsoFeatures = /^(?:externals?|extern|templates?|tools?|vendor|playground|sandbox|contrib|hack|t|tutorials?)$/i;

/** True when a folder on the way to the file is one of those. Charts keep their manifests in `templates`. */
export function isPassive(path: string): boolean {
  // Below a source root of the JVM, folders are names of packages: org/springframework/samples is no folder of samples.
  const [outside = path] = path.split(/(?<=(?:^|\/)src\/main\/(?:java|kotlin|scala|groovy))\//);
  const folders = outside === path ? path.split("/").slice(0, -1) : outside.split("/");
  // Parts start two folders down at most, in .NET every folder below is a namespace.
  const sources = outside.endsWith(".cs") ? 1 : folders.indexOf("src", 1);
  return folders.some((folder, index) => {
    if (sources > 0 && index > sources && alsoFeatures.test(folder) && isProgramText(outside)) return false;
    if (folder.startsWith(".") || /^(?:old|archived?|deprecated|attic)(?:[-_]|$)/i.test(folder)) return true;
    // Templates of a generator stand at the root; those of a program are its pages.
    if (folder === "templates")
      return !/\.(?:ya?ml|tpl|html?|gohtml|ejs|erb|hbs|jinja2?|twig|mustache)$/.test(path) || index === 0;
    // Where C keeps the libraries of others; below, `deps` is a folder of the program.
    if (index === 0 && folder === "deps") return true;
    // Of Cucumber, beside the steps.
    if (folder === "support" && index === 1 && folders[0] === "features") return true;
    return passiveFolders.test(folder) || wordsOf(folder).some((word) => testWords.test(word));
  });
}

function isProgramText(path: string): boolean {
  return languageOf(path) !== null;
}

/** True for `docker`, `deploy` and the like. */
export function isPackaging(folder: string): boolean {
  return packagingFolders.test(lastPart(folder));
}

/** True when the path is the folder or lies in it; everything lies in "". */
export function isInside(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

const languages: ReadonlyMap<string, string> = new Map(
  Object.entries({
    node: "js jsx mjs cjs ts tsx mts cts vue svelte coffee",
    java: "java",
    kotlin: "kt",
    scala: "scala",
    groovy: "groovy",
    go: "go",
    python: "py",
    dotnet: "cs fs vb razor cshtml",
    rust: "rs",
    ruby: "rb",
    php: "php",
    elixir: "ex exs",
    erlang: "erl",
    clojure: "clj cljs",
    cpp: "cc cpp cxx hpp hh h",
    c: "c",
    swift: "swift m",
    dart: "dart",
    haskell: "hs",
    ocaml: "ml",
    perl: "pl pm",
    lua: "lua",
    r: "r",
    julia: "jl",
    zig: "zig",
  }).flatMap(([language, extensions]) => extensions.split(" ").map((extension) => [extension, language] as const)),
);

/** Language of a source file, or null for anything that is no program text. */
export function languageOf(path: string): string | null {
  const dot = path.lastIndexOf(".");
  return dot <= path.lastIndexOf("/") ? null : (languages.get(path.slice(dot + 1).toLowerCase()) ?? null);
}
