// The rules of drystone.yaml once more, for dependency-cruiser: the oracle of packages/drystone/test/boundaries/own-house.test.ts.
// dependency-cruiser reads TypeScript through @swc/core here; without that it skips every .ts file and reports success.
const src = "^packages/drystone/src";
const test = "\\.test\\.ts$|/fixtures/";

// High to low: a folder may use those of the lines below its own. The list is exhaustive; a new folder fails until it stands here.
const layers = [
  ["cli", "server"],
  ["run"],
  ["collect", "assess", "check", "advise", "organise", "report"],
  ["derive"],
  ["model"],
  ["util"],
];
const folders = layers.flat();
// Their folders are modules with an index.ts; the files of cli, run, model and util are imported by name.
const modules = "(?:collect|derive|assess|check|advise|organise|report)/[^/]+|util/statistics";

const notUpward = layers.flatMap((layer, level) =>
  layer.map((folder) => ({
    name: `layers-${folder}`,
    comment: `${folder} may use ${
      layers
        .slice(level + 1)
        .flat()
        .join(", ") || "nothing of ours"
    }.`,
    severity: "error",
    from: { path: `${src}/${folder}/`, pathNot: test },
    to: {
      path: `${src}/(?:${[...layers.slice(0, level).flat(), ...layer.filter((other) => other !== folder)].join("|") || "$^"})/`,
    },
  })),
);

const siblings = (folder) => ({
  name: `siblings-apart-${folder}`,
  comment: "Siblings never import each other; what two need moves to derive or util.",
  severity: "error",
  from: { path: `${src}/${folder}/([^/]+)/` },
  to: { path: `${src}/${folder}/[^/]+/`, pathNot: `${src}/${folder}/($1|_shared)/` },
});

module.exports = {
  forbidden: [
    ...notUpward,
    ...["assess", "check", "advise", "organise", "report"].map(siblings),
    {
      name: "placed",
      comment: "A new folder has no place in the order yet: put it into `layers`.",
      severity: "error",
      from: {},
      to: { path: `${src}/`, pathNot: `${src}/(?:(?:${folders.join("|")})/|index\\.ts$)` },
    },
    {
      name: "placed-importer",
      comment: "A new folder has no place in the order yet: put it into `layers`.",
      severity: "error",
      from: { path: `${src}/`, pathNot: `${src}/(?:(?:${folders.join("|")})/|index\\.ts$)` },
      to: {},
    },
    {
      name: "report-reads-the-result-only",
      severity: "error",
      from: { path: `${src}/report/`, pathNot: test },
      to: { path: `${src}/`, pathNot: `${src}/(?:report|model|util)/` },
    },
    {
      name: "pure-folders",
      comment: "Only collect, run, cli and server touch the world: no files, processes or network elsewhere.",
      severity: "error",
      from: { path: `${src}/(?:derive|model|util|assess|check|advise|organise|report)/`, pathNot: test },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "not-to-collect",
      comment: "Data flows one way: only run calls collectors.",
      severity: "error",
      from: { path: `${src}/`, pathNot: `${src}/(?:collect|run)/|${test}` },
      to: { path: `${src}/collect/` },
    },
    {
      name: "public-face",
      comment: "Others import the index.ts of a folder, never deeper.",
      severity: "error",
      from: { path: `${src}/([^/]+)/?([^/]*)`, pathNot: test },
      to: { path: `${src}/(?:${modules})/`, pathNot: `${src}/(?:$1/$2/|(?:${modules})/index\\.ts$)` },
    },
    {
      name: "no-tests-inside",
      comment: "What is shipped uses nothing that is for tests.",
      severity: "error",
      from: { path: `${src}/`, pathNot: test },
      to: { path: `${test}|^packages/drystone/test/` },
    },
    {
      name: "declared-packages",
      comment: "What is shipped uses only packages that `dependencies` of packages/drystone names.",
      severity: "error",
      from: { path: `${src}/`, pathNot: test },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "npm-optional", "npm-peer"], dependencyTypesNot: ["npm"] },
    },
    {
      name: "page-reads-the-result",
      comment:
        "The page is drawn from the result: of the tool it uses the model, what reporters share, the type of a comparison and how advice is laid out.",
      severity: "error",
      from: { path: "^packages/web/src/" },
      to: { path: `${src}/`, pathNot: `${src}/(?:model|util|report/_shared|report/diff|report/advice)/` },
    },
    {
      name: "page-apart",
      comment: "The tool is handed the built page as text.",
      severity: "error",
      from: { path: `${src}/` },
      to: { path: "^packages/web/" },
    },
    {
      name: "resolved",
      comment: "An import that leads nowhere would hide whatever it breaks.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "\\.css$" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "packages/drystone/tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "node", "default"],
      extensions: [".ts", ".tsx", ".js"],
    },
  },
};
