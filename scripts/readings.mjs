// Draws ten claims per system from the report's own result and confirms each with git: docs/readings/<system>.md.
// node scripts/readings.mjs FOLDER SYSTEM… [--seed 20] [--output docs/readings]
// FOLDER holds the clones: FOLDER/SYSTEM is a clone with its whole history, or a folder of such clones. Exit code 1 when a claim differs.
// --all checks every claim and writes nothing. --advice reads `drystone advise` instead: docs/readings/advice-<system>.md.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { adviceClaims, contradictions } from "./readings/advice-claims.mjs";
import { findingClaims, serviceClaims } from "./readings/change-claims.mjs";
import { draw } from "./readings/draw.mjs";
import { botPattern, git, isoDay, quote, run } from "./readings/git.mjs";
import { repositoryClaims } from "./readings/history-claims.mjs";
import {
  componentClaims,
  findingPlaceClaims,
  libraryClaims,
  operationClaims,
  relationClaims,
} from "./readings/inventory-claims.mjs";
import { page } from "./readings/page.mjs";
import { ownershipClaims, peopleClaims } from "./readings/people-claims.mjs";

const { values, positionals } = parseArgs({
  options: {
    seed: { type: "string", default: "20" },
    output: { type: "string", default: "docs/readings" },
    all: { type: "boolean", default: false },
    advice: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const [folder = ".", ...systems] = positionals;
const seed = Number(values.seed);
const root = fileURLToPath(new URL("..", import.meta.url));
// The commands that the documents show name each clone from here.
process.chdir(folder);

let differing = 0;
mkdirSync(resolve(root, values.output), { recursive: true });
for (const system of systems) {
  const result = JSON.parse(
    execFileSync(
      process.execPath,
      [
        join(root, "packages/drystone/bin/drystone.js"),
        ...(values.advice ? ["advise", "--path", system] : ["assess", system]),
        "--format",
        "json",
        "--no-cache",
      ],
      {
        maxBuffer: 1 << 28,
        encoding: "utf8",
      },
    ),
  );
  const all = claimsOf(system, result);
  const drawn = values.all ? all : draw(all, seed);
  const checked = drawn.map(confirm);
  const file = resolve(root, values.output, `${values.advice ? "advice-" : ""}${system}.md`);
  if (!values.all)
    writeFileSync(
      file,
      page(system, result, all, checked, existsSync(file) ? readFileSync(file, "utf8") : "", { seed, advice: values.advice }),
    );
  const wrong = values.advice ? contradictions(result) : [];
  differing += wrong.length;
  for (const one of wrong) process.stdout.write(`  contradiction: ${one}\n`);
  const off = checked.filter(({ verdict }) => !verdict.startsWith("confirmed"));
  differing += off.length;
  process.stdout.write(
    `${system}: ${checked.length - off.length} of ${checked.length} confirmed, drawn from ${all.length} claims\n`,
  );
  for (const { sentence, verdict } of off) process.stdout.write(`  ${sentence}\n    ${verdict}\n`);
}
process.exitCode = differing === 0 ? 0 : 1;

/** The claim with the command that was run last, its output and the verdict. */
function confirm({ commands, check, ...rest }) {
  let shown = { command: "", output: "", verdict: "" };
  for (const next of commands) {
    const command = typeof next === "function" ? next(shown.output) : next;
    if (command === null) continue;
    const output = run(command);
    shown = { command, output, verdict: check(output) };
    if (shown.verdict.startsWith("confirmed")) break;
  }
  return { ...rest, ...shown };
}

/** Everything that the result claims and one command can confirm, as `claim` of checks.mjs. */
function claimsOf(system, result) {
  const several = result.inputs.repositories.length > 1;
  const repositories = new Map(
    result.inputs.repositories.map((repository) => {
      const path = several ? `${system}/${repository.id}` : system;
      return [
        repository.id,
        { ...repository, path, git: `git -C ${quote(path)}`, ...windowOf(repository, path, result.inputs.asOf) },
      ];
    }),
  );
  const components = new Map(result.model.components.map((component) => [component.ref, component]));
  const named = new Map([...result.model.components, ...result.model.resources].map((one) => [one.ref, one]));
  const context = { result, repositories, components, named, several };
  if (values.advice) return adviceClaims(context);
  return [
    ...[...repositories.values()].flatMap((repository) => repositoryClaims(repository, context)),
    ...[...named.values()].flatMap((component) => componentClaims(component, context)),
    ...result.model.relations.flatMap((relation) => relationClaims(relation, context)),
    ...result.model.libraries.flatMap((library) => libraryClaims(library, context)),
    ...result.model.operations.flatMap((operation) => operationClaims(operation, context)),
    ...serviceClaims(context),
    ...result.assessments.flatMap(({ findings }) =>
      findings.flatMap((finding) => [...findingClaims(finding, context), ...findingPlaceClaims(finding, context)]),
    ),
    ...ownershipClaims(context),
    ...peopleClaims(context),
  ];
}

/** The report prints days; git wants moments: the window ends at the last commit by people on the day it names. */
function windowOf(repository, path, asOf) {
  const times = git(path, ["log", "--format=%ct %an <%ae>", "HEAD"])
    .split("\n")
    .filter((line) => line !== "" && !new RegExp(botPattern, "i").test(line))
    .map((line) => Number(line.split(" ")[0]))
    .filter((time) => isoDay(time) === asOf);
  const to = times.length > 0 ? Math.max(...times) : Date.parse(`${asOf}T23:59:59Z`) / 1000;
  const from = new Date(to * 1000);
  from.setUTCFullYear(from.getUTCFullYear() - 1);
  return { from: from.getTime() / 1000, to, hasLastActivity: times.length > 0 };
}
