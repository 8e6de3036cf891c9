// Stands in for `drystone check` until that exists; afterwards it stays as an oracle in one test.
const pure = "^packages/drystone/src/(util|model|derive|assess|check|advise|organise|report)/";
const siblings = (folder) => ({
  name: `${folder}-siblings-apart`,
  comment: "Siblings never import each other; what two need moves to derive or util.",
  severity: "error",
  from: { path: `^packages/drystone/src/${folder}/([^/]+)/` },
  to: { path: `^packages/drystone/src/${folder}/([^/]+)/`, pathNot: `^packages/drystone/src/${folder}/($1|_shared)/` },
});
module.exports = {
  forbidden: [
    {
      name: "pure-folders",
      comment: "Only collect, run, cli and server touch the world: no files, processes, network or clock elsewhere.",
      severity: "error",
      from: { path: pure, pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "not-to-collect",
      comment: "Data flows one way: only run calls collectors.",
      severity: "error",
      from: { path: "^packages/drystone/src/", pathNot: "^packages/drystone/src/(collect|run)/|\\.test\\.ts$" },
      to: { path: "^packages/drystone/src/collect/" },
    },
    {
      name: "util-is-a-leaf",
      severity: "error",
      from: { path: "^packages/drystone/src/util/" },
      to: { path: "^packages/drystone/src/", pathNot: "^packages/drystone/src/util/" },
    },
    siblings("assess"),
    siblings("report"),
    {
      name: "report-reads-the-result-only",
      severity: "error",
      from: { path: "^packages/drystone/src/report/", pathNot: "\\.test\\.ts$" },
      to: { path: "^packages/drystone/src/(derive|assess|check|advise|organise|run|cli)/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "packages/drystone/tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["source", "import", "node", "default"], extensions: [".ts", ".js"] },
  },
};
