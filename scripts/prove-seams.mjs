// Communities in graphs whose truth is known: planted blocks must be found, and graphs without structure must have none.
// npm run build && node scripts/prove-seams.mjs [--count 200]     Exit code 1 when a figure is not what it should be.
import { parseArgs } from "node:util";
import { findCommunities } from "../packages/drystone/dist/derive/communities/index.js";
import { defaultParameters } from "../packages/drystone/dist/model/parameters.js";
import { mulberry32 } from "../packages/drystone/dist/util/random.js";
import { adjustedRandIndex } from "../packages/drystone/dist/util/statistics/index.js";

const { values } = parseArgs({ options: { count: { type: "string", default: "200" } } });
const count = Number(values.count);
const limits = { ...defaultParameters.E, seed: 1 };

const figures = [
  planted("4 blocks of 30, 0.3 inside and 0.03 outside", 4, 30, 0.3, 0.03),
  planted("4 blocks of 50, 0.3 inside and 0.03 outside", 4, 50, 0.3, 0.03),
  planted("3 blocks of 40, 0.3 inside and 0.03 outside", 3, 40, 0.3, 0.03),
  structureless("120 nodes, 0.1 throughout", 120, 0.1),
  structureless("300 nodes, 0.03 throughout", 300, 0.03),
];
for (const { name, figure, right } of figures) console.log(`${right ? "ok  " : "FAIL"} ${name}: ${figure}`);
process.exitCode = figures.every(({ right }) => right) ? 0 : 1;

function planted(name, blocks, size, inner, outer) {
  const truth = Array.from({ length: blocks * size }, (_, node) => Math.floor(node / size));
  let good = 0;
  for (let seed = 1; seed <= count; seed++) {
    const { groups } = findCommunities(
      graph(blocks * size, (a, b) => (truth[a] === truth[b] ? inner : outer), seed),
      limits,
    );
    const found = truth.map((_, node) => groups.findIndex(({ nodes }) => nodes.includes(node)));
    if (adjustedRandIndex(truth, found) >= 0.9) good++;
  }
  return { name, figure: `adjusted Rand index at least 0.9 in ${good} of ${count}`, right: good >= 0.9 * count };
}

function structureless(name, size, share) {
  let none = 0;
  for (let seed = 1; seed <= count; seed++)
    if (
      findCommunities(
        graph(size, () => share, seed + 10_000),
        limits,
      ).groups.length === 0
    )
      none++;
  return { name, figure: `no structure in ${none} of ${count}`, right: none >= 0.95 * count };
}

function graph(size, shareOf, seed) {
  const random = mulberry32(seed);
  const edges = [];
  for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) if (random() < shareOf(a, b)) edges.push([a, b, 1]);
  return { size, edges };
}
