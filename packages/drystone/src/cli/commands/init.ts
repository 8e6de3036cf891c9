import { lstatSync } from "node:fs";
import { join } from "node:path";
import { writeAccepted } from "#run/accept.js";
import { type InitOutcome, init } from "#run/init.js";
import { writeInside } from "#run/write-files.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { type CommonOptions, cacheDirectory, progressLine, warn, write } from "../output.js";

/** Writes `drystone.yaml` into the folder, or to `--output`. @throws UsageError when there is one already. */
export async function runInit(path: string, options: CommonOptions): Promise<void> {
  const file = join(path, "drystone.yaml");
  if (options.output === undefined && lstatSync(file, { throwIfNoEntry: false }) !== undefined && !options.force) {
    throw new UsageError("DS-U25", `${printable(file)} exists already`, "edit it, or replace it with --force");
  }
  const progress = progressLine(options);
  const outcome = await init({
    paths: [path],
    cacheDirectory: cacheDirectory(options, [path]),
    from: options.from,
    writes: options.output === undefined,
    progress: progress.show,
    warn,
  });
  progress.done();
  if (options.output !== undefined) {
    await write([outcome.text], options.output);
    return;
  }
  writeInside(path, [{ path: "drystone.yaml", text: outcome.text }]);
  const accepted = outcome.imported === null ? [] : await writeAccepted(path, outcome.imported.accepted);
  process.stderr.write(`${lines(path, file, outcome, accepted).map(printable).join("\n")}\n`);
}

function lines(path: string, file: string, outcome: InitOutcome, accepted: readonly string[]): string[] {
  const { imported, failing } = outcome;
  return [
    `wrote ${file}: ${written(outcome)}`,
    ...accepted.map((one) => `wrote ${one}`),
    ...(imported === null ? [] : importedLines(imported)),
    ...(failing.size === 0
      ? []
      : [
          `Still failing: ${[...failing].map(([rule, count]) => `${count} ${rule}`).join(", ")}. See them: drystone check ${path}`,
        ]),
    failing.size === 0 ? `Correct it, then: drystone check ${path}` : `Record them: drystone accept ${path} --reason "…"`,
  ];
}

function written({ modules, components, teams, rules }: InitOutcome): string {
  const parts: (readonly [number, string])[] = [
    [modules, "module"],
    [components, "component"],
    [teams, "team"],
  ];
  if (rules > 0) parts.push([rules, "rule"]);
  return parts.map(([count, one]) => `${count} ${one}${count === 1 ? "" : "s"}`).join(", ");
}

const shownUnread = 10;

function importedLines({ tool, unread, accepted, notSeen }: NonNullable<InitOutcome["imported"]>): string[] {
  return [
    ...(accepted.length === 0
      ? []
      : [`${accepted.length} known violations of ${tool} are accepted; give them an owner and an end.`]),
    ...(notSeen.length === 0
      ? []
      : [
          `${notSeen.length} known violations of ${tool} were not found:`,
          ...notSeen
            .slice(0, shownUnread)
            .map(
              ({ from, toFile, toModule, rule }) =>
                `  ${from} -> ${toFile ?? toModule ?? ""}${rule === null ? "" : ` (${rule})`}`,
            ),
          ...(notSeen.length > shownUnread ? [`  and ${notSeen.length - shownUnread} more`] : []),
        ]),
    ...(unread.length === 0
      ? []
      : [
          `Not taken over (also at the end of drystone.yaml):`,
          ...unread.slice(0, shownUnread).map((one) => `  ${one.file}:${one.line} ${one.what}: ${one.why}`),
          ...(unread.length > shownUnread ? [`  and ${unread.length - shownUnread} more`] : []),
        ]),
  ];
}
