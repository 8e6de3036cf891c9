/** The command line. Only this file and commander are loaded for `--help`; each command loads what it needs. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { version } from "#run/version.js";
import type { ReportOptions } from "./commands/report.js";
import { describeHelp, helpColumns, usageText } from "./help.js";
import { interrupt } from "./interrupt.js";
import type { CommonOptions } from "./output.js";

const formats = ["text", "json", "markdown"];

const program = new Command("drystone")
  .description("Architecture that follows the organisation, with evidence.")
  .version(version, "-v, --version")
  .enablePositionalOptions()
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({
    getOutHelpWidth: () => helpColumns(process.stdout),
    getErrHelpWidth: () => helpColumns(process.stderr),
    outputError: (text, write) => write(usageText(text, "drystone")),
  });

/** What the first word of the command line means. */
const definitions: Readonly<Record<string, () => void>> = {
  assess: () => {
    command("assess", "Are we a distributed monolith? Where do architecture and teams disagree?", {
      isDefault: true,
      formats: [...formats, "html"],
    })
      .argument("[path...]", "repositories, or folders of repositories", ["."])
      .option("--facts <file>", "assess facts that `drystone collect` wrote, without git or files")
      .option("--window <length>", "how far back: 12m, 2y, 90d or all (default: 12m)")
      .option("--change-set <unit>", "what one change is: auto, commit, mainline, ticket (default: auto, per repository)")
      .option("--as-of <date>", "end of the window (default: the last activity of people)")
      .option(
        "--fail-on <severity>",
        "exit 1 when there is a finding at or above note, warning or error",
        oneOf("note", "warning", "error"),
      )
      .option("--deploys <file>", "deploys: JSON lines, CDEvents, CSV, GitHub deployments (may be given several times)", several)
      .option("--traces <file>", "traces: OTLP, Jaeger or Zipkin, or a service graph (may be given several times)", several)
      .option("--work <file>", "work items: CSV, CDEvents, GitHub issues, Jira (may be given several times)", several)
      .option("--load <file>", "load over time: an answer of Prometheus (may be given several times)", several)
      .option("--config-repo <path>", "repository of a configuration server (may be given several times)", several)
      .option("--people <level>", "how people are shown: teams, handles or off", oneOf("teams", "handles", "off"))
      .action(async (paths: string[], options: object) =>
        (await import("./commands/assess.js")).runAssess(paths, options as CommonOptions),
      );
  },
  check: () => {
    command("check", "Did a change break a boundary? Holds the code against drystone.yaml; exit 1 when something fails", {
      formats: [...formats, "html", "sarif", "github", "gitlab", "junit"],
    })
      .argument("[path...]", "repositories, or folders of repositories", ["."])
      .option("--against <ref>", "compare with where HEAD and a branch, tag or commit parted: only what is new fails")
      .option(
        "--only <part>",
        "boundaries, ownership, contracts or baseline (may be given several times; default: the first three)",
        someOf("boundaries", "ownership", "contracts", "baseline"),
      )
      .option("--strict-accepted", "an accepted finding that is gone is an error")
      .option("--as-of <date>", "the day up to which acceptances count (default: that of the last commit)")
      .option(
        "--fail-on <severity>",
        "exit 1 for a finding at or above note, warning or error",
        oneOf("note", "warning", "error"),
      )
      .action(async (paths: string[], options: object) =>
        (await import("./commands/check.js")).runCheck(paths, options as CommonOptions),
      );
  },
  accept: () => {
    command("accept", "Record what breaks a rule today, so that only what is new fails; --prune takes out what is gone", {
      formats: [],
    })
      .argument("[path...]", "repositories, or folders of repositories", ["."])
      .option("--reason <text>", "why it stays for now; without it the entries are findings")
      .option("--owner <team>", "who decided (default: the team of the module that has to change)")
      .option("--until <date>", "the last day on which it counts")
      .option("--rule <rule>", "only findings of this rule (may be given several times)", several)
      .option("--module <name>", "only findings that this module has to change (may be given several times)", several)
      .option("--against <ref>", "accept what contracts break since HEAD and this branch, tag or commit parted, too")
      .option(
        "--only <part>",
        "boundaries, ownership, contracts or baseline (may be given several times; default: the first three)",
        someOf("boundaries", "ownership", "contracts", "baseline"),
      )
      .option("--prune", "only remove entries that match nothing any more, and carry along those of moved files")
      .option("--as-of <date>", "the day up to which acceptances count (default: that of the last commit)")
      .action(async (paths: string[], options: object) =>
        (await import("./commands/accept.js")).runAccept(paths, options as CommonOptions),
      );
  },
  export: () => {
    command("export", "The graph of modules or components as Mermaid or DOT, or what check found as SARIF", { formats: [] })
      .argument("<format>", "mermaid, dot or sarif", oneOf("mermaid", "dot", "sarif"))
      .argument("[path...]", "repositories, or folders of repositories", ["."])
      .option("--of <what>", "modules or components (default: modules)", oneOf("modules", "components"))
      .option("--result <file>", "a result that drystone wrote as JSON")
      .action(async (format: "mermaid" | "dot" | "sarif", paths: string[], options: object) =>
        (await import("./commands/export.js")).runExport(format, paths, options as CommonOptions),
      );
  },
  collect: () => {
    command("collect", "Read the repositories and write what was found as facts", { formats: ["json"] })
      .argument("[path...]", "repositories, or folders of repositories", ["."])
      .option("--only <part>", "collect one part: history", oneOf("history"))
      .option("--config-repo <path>", "repository of a configuration server (may be given several times)", several)
      .action(async (paths: string[], options: object) =>
        (await import("./commands/collect.js")).runCollect(paths, options as CommonOptions),
      );
  },
  import: () => {
    command("import", "Read an export of a running system or tracker, say what was understood, and write it as facts", {
      formats: ["text", "json"],
    })
      .argument("<kind>", "traces, deploys, work or load")
      .argument("<file...>", "exported files")
      .option("--path <path>", "the repositories whose components are meant (default: .)")
      .option("--facts <file>", "facts that `drystone collect` wrote, instead of the repositories")
      .action(async (kind: string, files: string[], options: object) =>
        (await import("./commands/import.js")).runImport(kind, files, options as CommonOptions),
      );
  },
  explain: () => {
    asForAssess(
      command("explain", "Say why: a finding, an assessment, a component, or a pair of them, with all evidence", {
        formats: ["text", "json"],
      })
        .argument(
          "<what...>",
          "a code, an assessment, a component, or two components; a code may be followed by what it is about",
        )
        .option("--edge", "two modules: may the first use the second, and how")
        .option("--path <path>", "the repositories (default: .)")
        .option("--result <file>", "a result that `drystone assess --format json` wrote")
        .option("--facts <file>", "facts that `drystone collect` wrote, instead of the repositories"),
    ).action(async (what: string[], options: object) =>
      (await import("./commands/explain.js")).runExplain(what, options as CommonOptions),
    );
  },
  advise: () => {
    asForAssess(
      command("advise", "Split something out, merge two parts, or stay a monolith? Where are the seams?", {
        formats: [...formats, "html"],
      })
        .argument("[decision...]", "split NAME, merge X Y, stay, boundaries; nothing for an overview")
        .option("--path <path>", "the repositories (default: .)")
        .option("--facts <file>", "ask facts that `drystone collect` wrote"),
    ).action(async (decision: string[], options: object) =>
      (await import("./commands/advise.js")).runAdvise(decision, options as CommonOptions),
    );
  },
  diff: () => {
    command("diff", "What changed between two results, beyond noise", { formats: ["text", "json"], reads: "results" })
      .argument("<before>", "result of an earlier run (JSON)")
      .argument("<after>", "result of a later run (JSON)")
      .action(async (before: string, after: string, options: object) =>
        (await import("./commands/diff.js")).runDiff(before, after, options as CommonOptions),
      );
  },
  report: () => {
    command("report", "Show a saved result, as a page or as text, and what changed since an earlier one", {
      formats: [...formats, "html"],
      reads: "results",
    })
      .argument("<result>", "a result that `drystone assess --format json` wrote")
      .option("--against <file>", "an earlier result: marks what is new, gone, better or worse beyond noise")
      .option("--people <level>", "how people are shown: teams, handles or off", oneOf("teams", "handles", "off"))
      .action(async (file: string, options: object) =>
        (await import("./commands/report.js")).runReport(file, options as ReportOptions),
      );
  },
  init: () => {
    command("init", "Write drystone.yaml from what was inferred, to correct and complete it", { formats: [] })
      .argument("[path]", "the repository, or the folder of repositories", ".")
      .option(
        "--from <file>",
        "take over the rules of another tool: .dependency-cruiser.js (.cjs, .json), packwerk.yml, .importlinter, tach.toml",
      )
      .option("--force", "replace an existing drystone.yaml")
      .action(async (path: string, options: object) =>
        (await import("./commands/init.js")).runInit(path, options as CommonOptions),
      );
  },
  ops: () => {
    const ops = program
      .command("ops")
      .description("The operational baseline: in files, in a running service, and what is missing of it as files");

    command(
      "check",
      "Does every service have health, metrics, logs, trace context and alerts, as the files say?",
      { formats: [...formats, "html"] },
      ops,
    )
      .argument("[path...]", "repositories, or folders of repositories", ["."])
      .option("--facts <file>", "check facts that `drystone collect` wrote, without git or files")
      .option(
        "--fail-on <severity>",
        "exit 1 when there is a finding at or above it (default: error)",
        oneOf("note", "warning", "error"),
      )
      .option("--config-repo <path>", "repository of a configuration server (may be given several times)", several)
      .action(async (paths: string[], options: object) =>
        (await import("./commands/ops.js")).runOpsCheck(paths, options as CommonOptions),
      );

    command(
      "probe",
      "Ask one running service: health, metrics, logs, trace context, alerts",
      { formats: ["text", "json"], reads: "results" },
      ops,
    )
      .argument("<url>", "the service: http://localhost:8080")
      .option("--logs <file>", "its log, - for standard input")
      .option("--request <path>", "page to ask with a known trace id; {callee} becomes our own address (default: /)")
      .option("--echo", "listen on loopback as a service that it calls")
      .option("--echo-port <port>", "the port to listen on (default: a free one)")
      .option("--echo-host <address>", "the address to listen on (default: 127.0.0.1)")
      .option("--prometheus <url>", "where the alerts are")
      .option("--service <name>", "its name in the alerts")
      .option("--health-path <path>", "instead of looking for it")
      .option("--ready-path <path>", "instead of looking for it")
      .option("--metrics-path <path>", "instead of looking for it")
      .option("--header <header>", "sent to the service only: NAME: VALUE (may be given several times)", several)
      .option("--require-drain", "list that 503 while it drains was not shown")
      .option("--timeout <milliseconds>", "for one answer (default: 5000)")
      .action(async (url: string, options: object) =>
        (await import("./commands/ops.js")).runOpsProbe(url, options as CommonOptions),
      );

    command("generate", "Write what is missing: Prometheus rules with tests, probes, logging", { formats: [] }, ops)
      .argument("[service...]", "services (default: all)")
      .option("--path <path>", "the repository, or the folder of repositories (default: .)")
      .option("--facts <file>", "use facts that `drystone collect` wrote")
      .option(
        "--metrics <convention>",
        "otel-http, otel-http-legacy-ms, prom-client, otel-rpc, micrometer or prometheus-net (default: as seen)",
      )
      .option("--runbooks <url>", "address of the runbooks; the name of the service is added")
      .option("--no-keep-firing", "for a Prometheus before 2.42")
      .option("--all", "also what is there already")
      .option("--force", "replace files that exist")
      .action(async (services: string[], options: object) =>
        (await import("./commands/ops.js")).runOpsGenerate(services, options as CommonOptions & { keepFiring: boolean }),
      );
  },
  contracts: () => {
    const contracts = command("contracts", "Contracts: which there are, what a change breaks, and for whom")
      .option("--path <path>", "the repository, or the folder of repositories (default: .)")
      .action(async (options: object) => (await import("./commands/contracts.js")).runContracts(options as CommonOptions));

    command(
      "diff",
      "Compare two versions of contracts: files, folders, revisions (REV, REV..REV) or REV:PATH",
      { formats: [...formats, "html"] },
      contracts,
    )
      .argument("<old>", "a file, a folder, a revision, REV:PATH, or REV..REV")
      .argument("[new]", "the same; without it, the work tree")
      .option("--path <path>", "the repository of the revisions (default: .)")
      .option("--wire", "protobuf: the binary form only, names do not count")
      .option("--consumed", "JSON Schema files describe what the provider reads, not what it sends")
      .option("--as-of <date>", "what counts as today for dates of removal")
      .option(
        "--fail-on <severity>",
        "exit 1 when there is a finding at or above note, warning or error (default: error)",
        oneOf("note", "warning", "error"),
      )
      .action(async (old: string, next: string | undefined, options: object) =>
        (await import("./commands/contracts.js")).runContractsDiff(
          next === undefined ? [old] : [old, next],
          options as CommonOptions,
        ),
      );

    command(
      "compatible",
      "May this version run beside what is deployed now? From committed contracts and deploy events",
      {},
      contracts,
    )
      .argument("[service]", "SERVICE@REV, SERVICE for HEAD; without it, every deployed service at HEAD")
      .option("--to <environment>", "where it is to be deployed")
      .option("--deploys <file>", "deploys: JSON lines, CDEvents, CSV, GitHub deployments (may be given several times)", several)
      .option("--path <path>", "the repository, or the folder of repositories (default: .)")
      .option("--wire", "protobuf: the binary form only, names do not count")
      .option("--as-of <date>", "what counts as today for dates of removal")
      .action(async (service: string | undefined, options: object) =>
        (await import("./commands/contracts.js")).runCompatible(service, options as CommonOptions),
      );

    command(
      "externalizable",
      "What each contract still needs before outsiders may use it: ten rows, met, not met or unknown",
      { formats: [...formats, "html"] },
      contracts,
    )
      .argument("[name...]", "contracts or their providers; without one, all")
      .option("--path <path>", "the repository, or the folder of repositories (default: .)")
      .option(
        "--fail-on <severity>",
        "exit 1 when there is a finding at or above note, warning or error",
        oneOf("note", "warning", "error"),
      )
      .action(async (names: string[], options: object) =>
        (await import("./commands/contracts.js")).runExternalizable(names, options as CommonOptions),
      );
  },
  schema: () => {
    program
      .command("schema")
      .description("Print the JSON Schema of a document")
      .argument("<name>", "result, facts, drystone.yaml or accepted")
      .action(async (name: string) => (await import("./commands/schema.js")).runSchema(name));
  },
};

/** A command with the options that all have, those of `formats` and those of what it `reads`. */
function command(
  name: string,
  description: string,
  options: {
    readonly isDefault?: boolean;
    readonly formats?: readonly string[];
    readonly reads?: "repositories" | "results";
  } = {},
  parent: Command = program,
): Command {
  const choices = options.formats ?? formats;
  const made = parent.command(name, { isDefault: options.isDefault ?? false }).description(description);
  if (choices.length > 0) {
    const listed = [choices.slice(0, -1).join(", "), choices.at(-1)].filter((part) => part !== "").join(" or ");
    made.option("-f, --format <format>", listed, oneOf(...choices));
  }
  made.option(
    "-o, --output <file>",
    name === "generate" ? "the folder to write into" : "write to a file instead of the terminal",
  );
  // Scripts pass these to every command; where nothing of them is used the help does not list them.
  const isHidden = options.reads === "results";
  const shared = [
    new Option("--config <file>", "a drystone.yaml elsewhere"),
    new Option("--cache-dir <folder>", "where histories are kept between runs (default: $XDG_CACHE_HOME/drystone)"),
    new Option("--no-cache", "neither read nor write the cache"),
  ];
  for (const option of shared) made.addOption(option.hideHelp(isHidden));
  return made.option("-q, --quiet", "no progress");
}

/** What decides which result is asked, in the words of `assess`. */
function asForAssess(made: Command): Command {
  return made
    .option("--window <length>", "as for assess")
    .option("--change-set <unit>", "as for assess")
    .option("--as-of <date>", "as for assess")
    .option("--deploys <file>", "as for assess", several)
    .option("--traces <file>", "as for assess", several)
    .option("--work <file>", "as for assess", several)
    .option("--load <file>", "as for assess", several)
    .option("--config-repo <path>", "as for assess", several)
    .option("--people <level>", "as for assess", oneOf("teams", "handles", "off"));
}

/** For what may be given several times. */
function someOf(...choices: string[]): (value: string, before: readonly string[] | undefined) => string[] {
  return (value, before) => several(oneOf(...choices)(value), before);
}

function oneOf(...choices: string[]): (value: string) => string {
  return (value) => {
    if (!choices.includes(value)) throw new InvalidArgumentError(`Allowed: ${choices.join(", ")}.`);
    return value;
  };
}

function several(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

// Nobody sees the others beside the one that is named first, and each takes time to define.
const named = process.argv[2] ?? "";
for (const [name, define] of Object.entries(definitions)) if (name === named || !Object.hasOwn(definitions, named)) define();
for (const one of program.commands) for (const own of [one, ...one.commands]) own.exitOverride().copyInheritedSettings(program);
describeHelp(program);

process.on("SIGINT", () => interrupt(130));
process.on("SIGTERM", () => interrupt(143));
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough is no fault.
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(
    `drystone: the output cannot be written (${error.code ?? error.message})\n  fix: make room for it, or pass --output FILE\n`,
  );
  process.exit(2);
});

program.parseAsync().catch(async (error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else (await import("./report-error.js")).reportError(error, Object.keys(definitions));
});
