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

command("check", "Did a change break a boundary? Holds the code against drystone.yaml; exit 1 when something fails", {
  formats: ["text", "json", "markdown", "sarif", "github", "gitlab", "junit"],
})
  .argument("[path...]", "repositories, or folders of repositories", ["."])
  .option("--against <ref>", "compare with where HEAD and a branch, tag or commit parted: only what is new fails")
  .option("--strict-accepted", "an accepted finding that is gone is an error")
  .option("--as-of <date>", "the day up to which acceptances count (default: that of the last commit)")
  .option("--fail-on <severity>", "exit 1 for a finding at or above note, warning or error", oneOf("note", "warning", "error"))
  .action(async (paths: string[], options: object) =>
    (await import("./commands/check.js")).runCheck(paths, options as CommonOptions),
  );

command("accept", "Record what breaks a rule today, so that only what is new fails; --prune takes out what is gone")
  .argument("[path...]", "repositories, or folders of repositories", ["."])
  .option("--reason <text>", "why it stays for now; without it the entries are findings")
  .option("--owner <team>", "who decided (default: the team of the module that has to change)")
  .option("--until <date>", "the last day on which it counts")
  .option("--rule <rule>", "only findings of this rule (may be given several times)", several)
  .option("--module <name>", "only findings that this module has to change (may be given several times)", several)
  .option("--prune", "only remove entries that match nothing any more, and carry along those of moved files")
  .option("--as-of <date>", "the day up to which acceptances count (default: that of the last commit)")
  .action(async (paths: string[], options: object) =>
    (await import("./commands/accept.js")).runAccept(paths, options as CommonOptions),
  );

command("export", "The graph of modules or components as Mermaid or DOT, or what check found as SARIF", { formats: ["text"] })
  .argument("<format>", "mermaid, dot or sarif", oneOf("mermaid", "dot", "sarif"))
  .argument("[path...]", "repositories, or folders of repositories", ["."])
  .option("--of <what>", "modules or components (default: modules)", oneOf("modules", "components"))
  .option("--result <file>", "a result that drystone wrote as JSON")
  .action(async (format: "mermaid" | "dot" | "sarif", paths: string[], options: object) =>
    (await import("./commands/export.js")).runExport(format, paths, options as CommonOptions),
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
  .option("--edge", "two modules: may the first use the second, and how")
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
  .option(
    "--from <file>",
    "take over the rules of another tool: .dependency-cruiser.js (.cjs, .json), packwerk.yml, .importlinter, tach.toml",
  )
  .option("--force", "replace an existing drystone.yaml")
  .action(async (path: string, options: object) => (await import("./commands/init.js")).runInit(path, options as CommonOptions));

program
  .command("schema")
  .description("Print the JSON Schema of a document")
  .argument("<name>", "result, facts, drystone.yaml or accepted")
  .action(async (name: string) => (await import("./commands/schema.js")).runSchema(name));

/** A command with the options that all have. */
function command(name: string, description: string, options: { isDefault?: boolean; formats?: readonly string[] } = {}): Command {
  const formats = options.formats ?? ["text", "json", "markdown"];
  return program
    .command(name, options)
    .description(description)
    .option("-f, --format <format>", formats.join(", "), oneOf(...formats))
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

for (const one of program.commands) one.exitOverride().copyInheritedSettings(program);

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
