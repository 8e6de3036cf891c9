/** A repository whose configuration names programs: git would run them for somebody who looks around in it; the command may not. */

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Result } from "#model/index.js";
import { cleanEnvironment, git, partialClone, workspace, writeRepository } from "../fakes/index.js";
import { drystone } from "./command.js";
import { shopCommits } from "./shop.js";

const scratch = workspace();
const canary = scratch.path("canary");
const program = scratch.path("program");

beforeAll(() => {
  // Reads what it is given, so that git does not end on a broken pipe, and leaves its mark.
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> ${canary}\ncat > /dev/null 2>&1 < /dev/null\nexit 0\n`);
  chmodSync(program, 0o755);
  mkdirSync(scratch.path("hooks"));
  for (const hook of hooks) {
    writeFileSync(scratch.path("hooks", hook), `#!/bin/sh\necho ${hook} >> ${canary}\n`);
    chmodSync(scratch.path("hooks", hook), 0o755);
  }
  writeFileSync(scratch.path("included"), `[core]\n\tfsmonitor = ${program}\n[diff]\n\texternal = ${program}\n`);
});
afterAll(() => scratch.cleanup());

const hooks = [
  "post-checkout",
  "post-index-change",
  "pre-auto-gc",
  "reference-transaction",
  "fsmonitor-watchman",
  "post-merge",
  "pre-push",
  "p4-pre-submit",
];

interface Trap {
  readonly name: string;
  readonly configuration: readonly string[];
  readonly attributes?: string;
  readonly prepare?: (directory: string) => void;
  /** What a person might type that springs the trap: without it, the row would prove nothing. Empty where only a terminal would. */
  readonly springs: readonly string[];
}

const traps: readonly Trap[] = [
  { name: "core.fsmonitor", configuration: [`core.fsmonitor=${program}`], springs: ["status"] },
  {
    name: "core.hooksPath",
    configuration: [`core.hooksPath=${scratch.path("hooks")}`],
    springs: ["update-ref", "refs/heads/new", "HEAD"],
  },
  { name: "include.path", configuration: [`include.path=${scratch.path("included")}`], springs: ["status"] },
  { name: "includeIf", configuration: [`includeIf.gitdir:**.path=${scratch.path("included")}`], springs: ["status"] },
  { name: "diff.external", configuration: [`diff.external=${program}`], springs: ["diff", "HEAD~1"] },
  {
    name: "textconv",
    configuration: [`diff.evil.textconv=${program}`],
    attributes: "* diff=evil\n",
    springs: ["log", "-p", "-2"],
  },
  {
    name: "diff driver command",
    configuration: [`diff.evil.command=${program}`],
    attributes: "* diff=evil\n",
    springs: ["diff", "HEAD~1"],
  },
  {
    name: "filter.smudge",
    configuration: [`filter.evil.smudge=${program}`, "filter.evil.required=true"],
    attributes: "* filter=evil\n",
    springs: ["cat-file", "--filters", "HEAD:docker-compose.yml"],
  },
  {
    name: "filter.clean",
    configuration: [`filter.evil.clean=${program}`],
    attributes: "* filter=evil\n",
    prepare: touchFile,
    springs: ["diff"],
  },
  {
    name: "filter.process",
    configuration: [`filter.evil.process=${program}`],
    attributes: "* filter=evil\n",
    prepare: touchFile,
    springs: ["diff"],
  },
  { name: "merge driver", configuration: [`merge.evil.driver=${program}`], attributes: "* merge=evil\n", springs: [] },
  {
    name: "gpg.program",
    configuration: [`gpg.program=${program}`, "log.showSignature=true"],
    prepare: signTip,
    springs: ["log", "-1"],
  },
  {
    name: "gpg.ssh.program",
    configuration: [`gpg.ssh.program=${program}`, "log.showSignature=true", "gpg.format=ssh"],
    prepare: signTip,
    springs: [],
  },
  { name: "core.pager", configuration: [`core.pager=${program}`, `pager.log=${program}`], springs: [] },
  {
    name: "alias",
    configuration: [`alias.log=!${program}`, `alias.ls-files=!${program}`, `alias.assess=!${program}`],
    springs: ["assess"],
  },
  { name: "core.editor", configuration: [`core.editor=${program}`, `sequence.editor=${program}`], springs: ["config", "--edit"] },
  {
    name: "core.askPass",
    configuration: [`core.askPass=${program}`, `credential.helper=!${program}`],
    springs: ["credential", "fill"],
  },
  { name: "trace2.eventTarget", configuration: [`trace2.eventTarget=${canary}`, `trace2.normalTarget=${canary}`], springs: [] },
  {
    name: "trailer command",
    configuration: [`trailer.evil.key=Evil`, `trailer.evil.command=${program}`, "trailer.evil.ifexists=addIfDifferent"],
    springs: ["interpret-trailers", "--trailer", "evil=1"],
  },
  { name: "core.alternateRefsCommand", configuration: [`core.alternateRefsCommand=${program}`], springs: [] },
];

/** Traps that spring when a promised object is missing and git goes to fetch it. */
const transports: readonly Trap[] = [
  {
    name: "core.sshCommand",
    configuration: ["remote.origin.url=ssh://example.invalid/x", `core.sshCommand=${program}`],
    springs: ["log", "-p"],
  },
  { name: "remote.uploadpack", configuration: [`remote.origin.uploadpack=${program}`], springs: ["log", "-p"] },
  {
    name: "core.gitProxy",
    configuration: ["remote.origin.url=git://example.invalid/x", `core.gitProxy=${program}`],
    springs: ["log", "-p"],
  },
  {
    name: "ext transport",
    configuration: [`remote.origin.url=ext::${program}`, "protocol.ext.allow=always"],
    springs: ["log", "-p"],
  },
  {
    name: "remote.vcs",
    configuration: ["remote.origin.vcs=ext", `remote.origin.url=${program}`, "protocol.ext.allow=always"],
    springs: ["log", "-p"],
  },
];

describe.each(traps)("$name", (trap) => {
  runsNothing(trap, (directory) => writeRepository(directory, { commits: shopCommits(attributesOf(trap)) }));
});

describe.each(transports)("missing objects: $name", (trap) => {
  runsNothing(trap, (directory) => {
    const origin = writeRepository(`${directory}.origin`, { commits: shopCommits() });
    return partialClone(origin, directory);
  });
});

test("all of them at once", async () => {
  const directory = writeRepository(scratch.path("all"), {
    commits: shopCommits({ ".gitattributes": "* diff=evil filter=evil merge=evil\n" }),
  });
  signTip(directory);
  for (const { configuration } of traps) configure(directory, configuration);
  for (const cwd of [scratch.directory, directory]) {
    const run = await drystone(["assess", directory, "--format", "json", "--no-cache"], { cwd });
    expect(run.code, run.stderr).toBe(0);
  }
  expect(existsSync(canary)).toBe(false);
});

/** The command is run where the trap lies and leaves no mark; then the trap is sprung, to show that it was one. */
function runsNothing(trap: Trap, write: (directory: string) => string): void {
  const directory = scratch.path(trap.name.replace(/\W+/g, "-"));
  beforeAll(() => {
    write(directory);
    trap.prepare?.(directory);
    configure(directory, trap.configuration);
    rmSync(canary, { force: true });
  });
  test("the command runs nothing and the result is there", async () => {
    const run = await drystone(["assess", directory, "--format", "json", "--no-cache"], { cwd: directory });
    expect(run.code, run.stderr).toBe(0);
    expect((JSON.parse(run.stdout) as Result).inputs.repositories[0]?.commits).toBe(40);
    expect(existsSync(canary)).toBe(false);
  });
  test.runIf(trap.springs.length > 0)("git itself would have run it", () => {
    spawnSync("git", ["-C", directory, ...trap.springs], {
      env: { ...cleanEnvironment(), HOME: scratch.directory },
      input: "protocol=https\nhost=example.invalid\n\n",
      timeout: 120_000,
    });
    expect(existsSync(canary)).toBe(true);
    rmSync(canary, { force: true });
  });
}

function attributesOf({ attributes }: Trap): Record<string, string> {
  return attributes === undefined ? {} : { ".gitattributes": attributes };
}

function configure(directory: string, settings: readonly string[]): void {
  for (const setting of settings) {
    const equals = setting.indexOf("=");
    git(directory, ["config", "--replace-all", setting.slice(0, equals), setting.slice(equals + 1)]);
  }
}

/** Whether a changed file differs, git knows only after it cleaned it. */
function touchFile(directory: string): void {
  writeFileSync(`${directory}/docker-compose.yml`, `${"#".repeat(10)}\n`);
}

/** Gives the tip a signature that is none: git asks the program all the same. */
function signTip(directory: string): void {
  const [head = "", ...body] = git(directory, ["cat-file", "commit", "HEAD"]).split("\n\n");
  const signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n aaaa\n -----END PGP SIGNATURE-----";
  const id = git(directory, ["hash-object", "-t", "commit", "-w", "--stdin"], {
    input: Buffer.from(`${head}\n${signature}\n\n${body.join("\n\n")}\n`),
  });
  git(directory, ["update-ref", "HEAD", id]);
}
