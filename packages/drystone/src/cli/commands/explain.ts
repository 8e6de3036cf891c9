import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "#model/result.js";
import { splitQuestions } from "#report/advice/index.js";
import { explain } from "#report/explain/index.js";
import { type AdviceRequest, adviseFacts } from "#run/index.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { type CommonOptions, terminal, write } from "../output.js";
import { readResult } from "../read-result.js";
import { factsOf, resultOf } from "./assess.js";

export async function runExplain(what: readonly string[], options: CommonOptions): Promise<void> {
  if (options.edge) return explainUseOf(what, options);
  if (options.format === "json") {
    throw new UsageError(
      "DS-U60",
      "only --edge writes JSON here",
      "drystone assess --format json holds all findings with their evidence",
    );
  }
  const result = options.result !== undefined ? readResult(options.result) : await resultFor(what, options);
  const folders = options.result !== undefined ? {} : foldersOf(result, options.path ?? ".");
  await write(
    [explain(result, what, { ...terminal(options.output), people: options.people ?? "handles", folders })],
    options.output,
  );
}

/** What only advice tells is asked of advice: `explain changes-alone payments`, `explain merge orders billing`, `explain boundaries`. */
async function resultFor(what: readonly string[], options: CommonOptions): Promise<Result> {
  const paths = [options.path ?? "."];
  const request = requestFor(what);
  if (request === null) return resultOf(paths, options);
  const { window, changeSet, asOf } = options;
  return adviseFacts(await factsOf(paths, options), request, { window, changeSet, asOf });
}

/** Null for what assessing tells. */
function requestFor([code = "", first, second]: readonly string[]): AdviceRequest | null {
  const id = code.split("/")[0] ?? code;
  if (/^(?:boundary|boundaries|boundary-candidates|decomposition\..*|boundary\.(?!fan-in).*)$/.test(id))
    return { decision: "boundaries" };
  if (id === "merge" && first !== undefined && second !== undefined) return { decision: "merge", names: [first, second] };
  const isOfPart = id === "split" || splitQuestions.includes(id) || /^(?:cost|benefit|sensitivity)\./.test(id);
  if (!isOfPart) return null;
  if (first !== undefined) return { decision: "split", names: [first] };
  throw new UsageError("DS-U34", `${printable(id)} is asked of one part`, `name it: drystone explain ${printable(code)} NAME`);
}

/** `--edge A B`: whether one module may use another. */
async function explainUseOf(what: readonly string[], options: CommonOptions): Promise<void> {
  const [from = "", to = "", ...more] = what;
  if (to === "" || more.length > 0) throw new UsageError("DS-U30", "--edge needs two modules", "drystone explain --edge FROM TO");
  const { explainUse } = await import("#run/check.js");
  const { useToText } = await import("#report/check/index.js");
  const paths = [options.path ?? "."];
  const found = await explainUse({ paths, config: options.config, cacheDirectory: null }, from, to);
  if (found === null) {
    throw new UsageError(
      "DS-U31",
      `${printable(from)} and ${printable(to)} are not two modules of this system`,
      "drystone check --format json lists the modules under model.components",
    );
  }
  await write(
    [options.format === "json" ? `${JSON.stringify(found, null, 2)}\n` : useToText(found, terminal(options.output))],
    options.output,
  );
}

/** Folders that the printed git commands work in, seen from where the reader stands. */
function foldersOf(result: Result, path: string): Record<string, string> {
  const { repositories } = result.inputs;
  if (repositories.length === 1) return Object.fromEntries(repositories.map(({ id }) => [id, path]));
  return Object.fromEntries(
    repositories.map(({ id }) => [id, join(path, id)] as const).filter(([, folder]) => existsSync(folder)),
  );
}
