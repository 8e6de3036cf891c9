/** Every regular expression of ours meets long repeats of what it looks for: none takes more than a moment, or a hostile text could stop us. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { guarded } from "./guarded.js";

/** In milliseconds, of one text; an expression in square time takes some 5 million steps for it. */
const length = 3000;
const mostMilliseconds = 2;
/** For eight times the length: linear time grows eightfold, square time sixty-fourfold. */
const mostGrowth = 24;
const source = fileURLToPath(new URL("../../src/", import.meta.url));

/** Only meet text that cannot be long. */
const bounded = new Map([
  ["\\B(?=(\\d{3})+$)", "digits of a number of ours"],
  ["([\\w.<>?,\\s[\\]&]{0,599}[\\w.<>?,[\\]&])\\s{1,60}([A-Za-z_]\\w{0,120})\\s{0,60}$", "the last 800 characters"],
  ["[._-]{1,1000}$", "bounded, at most a thousand steps for each character"],
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

test("no repeated text keeps an expression busy", () => {
  const all = expressions().filter(({ pattern }) => !bounded.has(pattern));
  expect(all.length).toBeGreaterThan(100);
  expect(
    all.flatMap((one) => {
      const piece = slowest(one);
      return piece === null ? [] : [`${one.file} /${one.pattern}/${one.flags} on repeats of ${JSON.stringify(piece)}`];
    }),
  ).toEqual([]);
});

test("an expression that takes square time is found", () => {
  expect(slowest({ file: "any", pattern: "\\s+$", flags: "" })).not.toBeNull();
});

/** The repeated text that takes too long; null when none does. */
function slowest({ pattern, flags }: Expression): string | null {
  const expression = new RegExp(pattern, flags);
  return slowPieces(expression, repeated(pattern)).find((piece) => growsFast(expression, piece)) ?? null;
}

/** All of them when it does not come back. */
function slowPieces(expression: RegExp, pieces: readonly string[]): readonly string[] {
  const slow: string[] = [];
  const { error } = guarded(() => {
    for (const piece of pieces) if (millisecondsOf(expression, piece, length) > mostMilliseconds) slow.push(piece);
  }, 20_000);
  return error === null ? slow : pieces;
}

function growsFast(expression: RegExp, piece: string): boolean {
  const short = leastMilliseconds(expression, piece, length);
  return short > mostMilliseconds && leastMilliseconds(expression, piece, 8 * length) > mostGrowth * short;
}

/** Processor time, the least of three: the first one compiles, and a busy machine is slow now and then. Infinite when it does not come back. */
function leastMilliseconds(expression: RegExp, piece: string, characters: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3 && least > mostMilliseconds; time++) {
    const { seconds, error } = guarded(() => millisecondsOf(expression, piece, characters), 5000);
    if (error === null) least = Math.min(least, seconds * 1000);
  }
  return least;
}

/** Behind something else, and at the start of a text where the expression looks there. */
function millisecondsOf(expression: RegExp, piece: string, characters: number): number {
  const text = `${piece.repeat(Math.ceil(characters / piece.length)).slice(0, characters)}\u0001`;
  const start = performance.now();
  matchesOf(expression, `\u0001${text}`);
  if (expression.source.includes("^")) matchesOf(expression, text);
  return performance.now() - start;
}

function matchesOf(expression: RegExp, text: string): number {
  if (expression.global) return [...text.matchAll(expression)].length;
  expression.lastIndex = 0;
  return expression.exec(text)?.length ?? 0;
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
