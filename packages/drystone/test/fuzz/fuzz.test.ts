/**
 * Every parser of ours meets damaged files: it returns, in time, and throws nothing.
 * `FUZZ_ROUNDS=5000` runs longer, `FUZZ_SEED=…` starts at another round. Processor time counts, so a busy machine fails nothing.
 */
import { expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import { collectInventory } from "#collect/inventory/index.js";
import { collectSource } from "#collect/source/index.js";
import { type Random, seededRandom } from "../fakes/index.js";
import { guarded } from "./guarded.js";
import { mutate } from "./mutate.js";
import { type Parser, parsers } from "./parsers.js";
import { samples } from "./samples.js";

const rounds = Number(process.env["FUZZ_ROUNDS"] ?? 60);
const seed = Number(process.env["FUZZ_SEED"] ?? 1);
/** Of one parser on one file of at most 20,000 characters. */
const mostSeconds = 2;

const files = [...samples];
const texts = [...samples.values()];

test("the samples themselves are read", () => {
  for (const [path, text] of samples)
    for (const [name, parser] of parsers) expect(failureOf(name, parser, path, text)).toBeNull();
});

test(`any damaged file is read by any parser, seed ${seed}`, { timeout: 600_000 + rounds * 2000 }, () => {
  for (let round = seed; round < seed + rounds; round++) {
    const random = seededRandom(round);
    const [path, text] = random.pick(files);
    const mutant = mutate(text, texts, random);
    for (const [name, parser] of parsers) {
      const failure = failureOf(name, parser, path, mutant);
      if (failure !== null) throw new Error(`FUZZ_SEED=${round} ${failure}`);
    }
  }
});

test(`damaged repositories are read as a whole, seed ${seed}`, { timeout: 600_000 + rounds * 2000 }, () => {
  for (let round = seed; round < seed + rounds / 6; round++) {
    const tree = textTree("any", damagedRepository(seededRandom(round)));
    const { seconds: spent, error } = guarded(
      () => collectSource([tree], [], collectInventory([tree], [], { systemName: "any" })),
      600_000,
    );
    if (error !== null || spent > 15) throw new Error(`FUZZ_SEED=${round} ${spent} s ${error?.stack ?? ""}`);
  }
});

function failureOf(name: string, parser: Parser, path: string, text: string): string | null {
  const { seconds: spent, error } = guarded(() => parser(path, text), 120_000);
  if (error === null && spent < mostSeconds) return null;
  return `${name} on ${path}: ${spent.toFixed(1)} s, ${error?.stack ?? "too slow"}\n${JSON.stringify(text).slice(0, 3000)}`;
}

/** One file in three is damaged; the others still say that there is something to read. */
function damagedRepository(random: Random): Record<string, string> {
  return Object.fromEntries(files.map(([path, text]) => [path, random.chance(0.33) ? mutate(text, texts, random) : text]));
}
