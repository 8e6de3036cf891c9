/** What the help of each command adds to its options: the question it belongs to, and a line to copy. */
import type { Command } from "commander";
import { closest } from "#util/closest.js";

const ask = "Ask:";
const hold = "Hold the code to it:";
const show = "Show and pass on:";
const feed = "Feed it:";

/** Commands by name, those below another one by both names. */
const texts: Readonly<Record<string, { readonly group?: string; readonly examples: readonly string[] }>> = {
  assess: {
    group: ask,
    examples: ["drystone", "drystone ~/code/orders ~/code/billing", "drystone assess . --deploys deploys.jsonl --format html"],
  },
  explain: {
    group: ask,
    examples: [
      "drystone explain change-coupling",
      "drystone explain change-coupling/hot-pair",
      "drystone explain orders billing",
    ],
  },
  advise: {
    group: ask,
    examples: [
      "drystone advise",
      "drystone advise split payments",
      "drystone advise merge orders billing",
      "drystone advise stay",
    ],
  },
  init: { group: hold, examples: ["drystone init", "drystone init --from .dependency-cruiser.js"] },
  check: { group: hold, examples: ["drystone check", "drystone check --against origin/main --format github"] },
  accept: {
    group: hold,
    examples: ['drystone accept --reason "until the split" --until 2027-06-30', "drystone accept --prune"],
  },
  contracts: { group: hold, examples: ["drystone contracts", "drystone contracts diff origin/main"] },
  "contracts diff": {
    examples: ["drystone contracts diff v1.4.0..HEAD", "drystone contracts diff old/openapi.yaml new/openapi.yaml"],
  },
  "contracts compatible": {
    examples: ["drystone contracts compatible orders@HEAD --to production --deploys deploys.jsonl"],
  },
  "contracts externalizable": { examples: ["drystone contracts externalizable orders"] },
  ops: { group: hold, examples: ["drystone ops check"] },
  "ops check": { examples: ["drystone ops check"] },
  "ops probe": { examples: ["drystone ops probe http://localhost:8080 --logs service.log"] },
  "ops generate": { examples: ["drystone ops generate --output ops/", "drystone ops generate orders --output ops/"] },
  report: { group: show, examples: ["drystone report now.json --against before.json --format html"] },
  diff: { group: show, examples: ["drystone diff before.json now.json"] },
  export: {
    group: show,
    examples: ["drystone export mermaid", "drystone export dot --of components", "drystone export sarif -o drystone.sarif"],
  },
  collect: { group: feed, examples: ["drystone collect -o facts.json", "drystone assess --facts facts.json"] },
  import: { group: feed, examples: ["drystone import traces spans.json", "drystone import deploys deploys.csv -o facts.json"] },
  schema: { group: feed, examples: ["drystone schema result", "drystone schema drystone.yaml"] },
};

/** Adds groups, examples and errors that name the command to all commands of the program. */
export function describeHelp(program: Command): void {
  program.addHelpText(
    "after",
    "\nWithout a command: assess.\nExit codes: 0 done, 1 findings, 2 usage or configuration, 3 a fault of drystone.\nStart here: drystone   (in a git repository, or a folder of them)",
  );
  for (const command of program.commands) describe(command, command.name());
}

function describe(command: Command, name: string): void {
  const { group, examples = [] } = texts[name] ?? {};
  if (group !== undefined) command.helpGroup(group);
  if (examples.length > 0) {
    command.addHelpText(
      "after",
      `\n${examples.length === 1 ? "Example" : "Examples"}:\n${examples.map((one) => `  ${one}`).join("\n")}`,
    );
  }
  for (const argument of command.registeredArguments)
    if (Array.isArray(argument.defaultValue)) argument.default(argument.defaultValue, ".");
  const below = command.commands.map((inner) => inner.name());
  command.configureOutput({
    outputError: (text, write) =>
      write(
        usageText(
          below.length > 0 ? commandMeant(text, below, process.argv.slice(3)) : text,
          `drystone ${name}`,
          examples.at(-1),
        ),
      ),
  });
  for (const inner of command.commands) describe(inner, `${name} ${inner.name()}`);
}

/** A command that also runs by itself takes a mistyped one below it for an argument too many. @param words what was typed behind it. */
export function commandMeant(text: string, commands: readonly string[], words: readonly string[]): string {
  const typed = words.find((word) => !word.startsWith("-"));
  if (typed === undefined || !text.startsWith("error: too many arguments")) return text;
  const meant = closest(typed, commands);
  const known = meant === null ? `Known: ${commands.join(", ")}` : `Did you mean ${meant}?`;
  return `error: unknown command '${typed.slice(0, 100)}' (${known})`;
}

/** Two lines: what is wrong, and what to type. */
export function usageText(text: string, command: string, example?: string): string {
  const message = text
    .replace(/^error: /, "")
    .trim()
    .replaceAll("\n", " ")
    .replace(/command-argument value '(.{0,200})' is invalid for argument '(\w+)'\. /, "'$1' is no $2. ")
    .replace(/^option '(?:-\w, )?(--[\w-]+) <[^>]{1,40}>' argument '(.{0,200})' is invalid\. /, "'$2' is not possible for $1. ");
  const fix =
    example !== undefined && /missing required argument/.test(text)
      ? `${example}   (more: ${command} --help)`
      : `${command} --help`;
  return `drystone: ${message}\n  fix: ${fix}\n`;
}

/** Columns of the help: those of the terminal, else COLUMNS, 80 without both. */
export function helpColumns(stream: { readonly columns?: number }): number {
  const asked = Number(process.env["COLUMNS"]);
  const columns = stream.columns ?? (Number.isInteger(asked) && asked > 0 ? asked : 80);
  return Math.min(110, Math.max(60, columns));
}
