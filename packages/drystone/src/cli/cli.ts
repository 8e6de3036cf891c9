/** The command line. Only this file and commander are loaded for `--help`; each command loads what it needs. */
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { version } from "#run/version.js";
import { interrupt } from "./interrupt.js";
import type { CommonOptions } from "./output.js";

const program = new Command("drystone")
  .description("Architecture that follows the organisation, with evidence.")
  .version(version, "-v, --version")
  .enablePositionalOptions()
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({
    outputError: (text, write) =>
      write(
        `drystone: ${text
          .replace(/^error: /, "")
          .trim()
          .replaceAll("\n", " ")}\n  fix: drystone --help   (or: drystone COMMAND --help)\n`,
      ),
  });

command("assess", "Are we a distributed monolith? Where do architecture and teams disagree?", { isDefault: true })
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
  .option("--deploys <file>", "deploy events, one JSON object per line")
  .option("--traces <file>", "traces as OTLP JSON")
  .option("--work <file>", "work items, one JSON object per line")
  .option("--config-repo <path>", "repository of a configuration server (may be given several times)", several)
  .option("--people <level>", "how people are shown: teams, handles or off", oneOf("teams", "handles", "off"))
  .action(async (paths: string[], options: object) =>
    (await import("./commands/assess.js")).runAssess(paths, options as CommonOptions),
  );

command("collect", "Read the repositories and write what was found as facts")
  .argument("[path...]", "repositories, or folders of repositories", ["."])
  .option("--only <part>", "collect one part: history", oneOf("history"))
  .option("--config-repo <path>", "repository of a configuration server (may be given several times)", several)
  .action(async (paths: string[], options: object) =>
    (await import("./commands/collect.js")).runCollect(paths, options as CommonOptions),
  );

command("explain", "Say why: a finding, an assessment, a component, or a pair of them, with all evidence")
  .argument("<what...>", "a code, an assessment, a component, or two components")
  .option("--path <path>", "the repositories (default: .)")
  .option("--result <file>", "a result that `drystone assess --format json` wrote")
  .option("--window <length>", "as for assess")
  .option("--change-set <unit>", "as for assess")
  .option("--as-of <date>", "as for assess")
  .action(async (what: string[], options: object) =>
    (await import("./commands/explain.js")).runExplain(what, options as CommonOptions),
  );

command("diff", "What changed between two results, beyond noise")
  .argument("<before>", "result of an earlier run (JSON)")
  .argument("<after>", "result of a later run (JSON)")
  .action(async (before: string, after: string, options: object) =>
    (await import("./commands/diff.js")).runDiff(before, after, options as CommonOptions),
  );

command("init", "Write drystone.yaml from what was inferred, to correct and complete it")
  .argument("[path]", "the repository, or the folder of repositories", ".")
  .option("--force", "replace an existing drystone.yaml")
  .action(async (path: string, options: object) => (await import("./commands/init.js")).runInit(path, options as CommonOptions));

const contracts = command("contracts", "Contracts: which there are, what a change breaks, and for whom")
  .option("--path <path>", "the repository, or the folder of repositories (default: .)")
  .action(async (options: object) => (await import("./commands/contracts.js")).runContracts(options as CommonOptions));

withCommon(contracts.command("diff"))
  .description("Compare two versions of contracts: files, folders, revisions (REV, REV..REV) or REV:PATH")
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

withCommon(contracts.command("compatible"))
  .description("May this version run beside what is deployed now? From committed contracts and deploy events")
  .argument("[service]", "SERVICE@REV, SERVICE for HEAD; without it, every deployed service at HEAD")
  .option("--to <environment>", "where it is to be deployed")
  .option("--deploys <file>", "deploy events, one JSON object per line")
  .option("--path <path>", "the repository, or the folder of repositories (default: .)")
  .option("--wire", "protobuf: the binary form only, names do not count")
  .option("--as-of <date>", "what counts as today for dates of removal")
  .action(async (service: string | undefined, options: object) =>
    (await import("./commands/contracts.js")).runCompatible(service, options as CommonOptions),
  );

withCommon(contracts.command("externalizable"))
  .description("What each contract still needs before outsiders may use it: ten rows, met, not met or unknown")
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

program
  .command("schema")
  .description("Print the JSON Schema of a document")
  .argument("<name>", "result, facts or drystone.yaml")
  .action(async (name: string) => (await import("./commands/schema.js")).runSchema(name));

/** A command with the options that all have. */
function command(name: string, description: string, options: { isDefault?: boolean } = {}): Command {
  return withCommon(program.command(name, options).description(description));
}

function withCommon(one: Command): Command {
  return one
    .option("-f, --format <format>", "text, json or markdown", oneOf("text", "json", "markdown"))
    .option("-o, --output <file>", "write to a file instead of the terminal")
    .option("--config <file>", "a drystone.yaml elsewhere")
    .option("--cache-dir <folder>", "where histories are kept between runs (default: $XDG_CACHE_HOME/drystone)")
    .option("--no-cache", "neither read nor write the cache")
    .option("-q, --quiet", "no progress");
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

for (const one of [...program.commands, ...contracts.commands]) one.exitOverride().copyInheritedSettings(program);

process.on("SIGINT", () => interrupt(130));
process.on("SIGTERM", () => interrupt(143));
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 3));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else
    (await import("./report-error.js")).reportError(
      error,
      program.commands.map((one) => one.name()),
    );
}
