/**
 * Every regular expression of ours meets long repeats of what it looks for: none takes more than a moment, or a hostile text could stop us.
 * A run looks at a part of them; `FUZZ_SECONDS=600` looks at all. `FUZZ_SEED` as in fuzz.test.ts.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { seededRandom } from "../fakes/index.js";
import { guarded } from "./guarded.js";

const seconds = Number(process.env["FUZZ_SECONDS"] ?? 3);
const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 1_000_000_000);
const length = 20_000;
const mostSeconds = 0.6;
/** Expressions that a run looks at, however slow the machine is. */
const least = 50;
const source = fileURLToPath(new URL("../../src/", import.meta.url));

/** Only meet text that cannot be long. */
const bounded = new Map([
  ["\\B(?=(\\d{3})+$)", "digits of a number of ours"],
  ["^[._-]+|[._-]+$", "names, cut before"],
  ["^[-._]+|[-._]+$", "names, cut before"],
  [
    "(?:http|rpc|grpc|request|response|server|handler).*(?:duration|latency|seconds|milliseconds|time)|(?:duration|latency).*(?:request|http|rpc)",
    "names, cut before",
  ],
]);

interface Expression {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

test(`long repeats, seed ${seed}`, { timeout: seconds * 1000 + 120_000 }, () => {
  const random = seededRandom(seed);
  const all = expressions().filter(({ pattern }) => !bounded.has(pattern));
  const order =
    seconds >= 600
      ? all
      : all
          .map((one) => [random.next(), one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
  const end = performance.now() + seconds * 1000;
  const slow: string[] = [];
  let tried = 0;
  for (const one of order) {
    if (performance.now() > end && tried >= least) break;
    tried++;
    const found = slowest(one);
    if (found !== null) slow.push(`${one.file} /${one.pattern}/${one.flags} on repeats of ${JSON.stringify(found)}`);
  }
  expect(slow).toEqual([]);
  expect(tried).toBeGreaterThanOrEqual(least);
});

/** The repeated text that takes too long; null when none does. */
function slowest({ pattern, flags }: Expression): string | null {
  for (const piece of repeated(pattern)) {
    const text = `${piece.repeat(Math.ceil(length / piece.length)).slice(0, length)}\u0001`;
    const expression = new RegExp(pattern, flags);
    const run = () => (flags.includes("g") ? [...text.matchAll(expression)].length : expression.exec(text));
    const { seconds: spent, error } = guarded(run, 5000);
    if (error !== null || spent > mostSeconds) return piece;
  }
  return null;
}

const marks = [
  " ",
  "a",
  "0",
  "(",
  "{",
  "[",
  "<",
  '"',
  "'",
  "/",
  "-",
  "_",
  ".",
  ",",
  "\n",
  "*",
  "#",
  "@",
  "$",
  "a ",
  "a.",
  "a-",
  "a/",
  "a,",
  "= ",
  "${",
];

/** Single marks, and the words of the expression itself. */
function repeated(pattern: string): readonly string[] {
  const words = [...pattern.matchAll(/[A-Za-z]\w{1,40}/g)].flatMap(([word]) => [word, `${word} `]);
  return [...new Set([...marks, ...words])];
}

function expressions(): Expression[] {
  const found = new Map<string, Expression>();
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("fixtures"),
  );
  for (const file of files.sort()) {
    const { program } = parseSync(file, readFileSync(join(source, file), "utf8"));
    new Visitor({
      Literal: (node) => {
        if (!("regex" in node)) return;
        const { pattern, flags } = node.regex;
        if (!found.has(`${pattern}/${flags}`)) found.set(`${pattern}/${flags}`, { file, pattern, flags });
      },
    }).visit(program);
  }
  return [...found.values()];
}
