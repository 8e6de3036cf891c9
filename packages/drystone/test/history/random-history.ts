/** Histories of every shape git allows: side branches, octopus merges, several roots, equal and skewed clocks, moved files, odd names. */
import {
  type Changes,
  type CommitPlan,
  type Content,
  type HistoryPlan,
  type Person,
  type Random,
  seededRandom,
} from "../fakes/index.js";

const people: readonly Person[] = [
  { name: "Ada Lovelace", email: "ada@example.com" },
  { name: "Ada Lovelace", email: "ada@example.org" },
  { name: "Zoë Ångström", email: "zoë@example.com" },
  { name: "", email: "" },
  { name: "__proto__", email: "constructor" },
];
const messages: readonly string[] = [
  "Change an order",
  "SHOP-12: change an order",
  "Change two things\n\nCo-authored-by: Alan <alan@example.com>\nCo-authored-by: Ada Lovelace <ada@example.com>\n",
  "Pay\n\nCo-authored-by: Grace <grace@example.com>\n",
  "Ship\n\nCo-authored-by: Edsger <edsger@example.com>\n",
  "Bill as before\n\nSee shop/billing#7 and PAY-3\n",
  'Revert "Change an order"',
  "\u0001\n:100644 100644 x y M\n",
  "",
];
const paths: readonly (string | Uint8Array)[] = [
  ...["orders", "billing", "shipping"].flatMap((service) => [0, 1, 2].map((file) => `services/${service}/src/f${file}.js`)),
  "a\tb\n.txt",
  "__proto__",
  // The same when bytes that are no text are written as escapes, so they must not be.
  Buffer.from([0x66, 0xff]),
  "f\\xff",
  "f\ufffd",
];

/** `commits` commits, each with the branch `c<index>` on it. The last one is on `main`. */
export function randomHistory(seed: number, commits: number): HistoryPlan {
  const random = seededRandom(seed);
  const plans = Array.from({ length: commits }, (_, index) => randomCommit(random, index));
  return { commits: plans, branches: Object.fromEntries(plans.map((_, index) => [`c${index}`, String(index)])) };
}

function randomCommit(random: Random, index: number): CommitPlan {
  const time = clock(random, index);
  return {
    author: random.pick(people),
    time,
    authorTime: time - random.integer(1000),
    message: random.pick(messages),
    parents: parentsOf(random, index),
    changes: changesOf(random, index),
  };
}

/** A step, the same second again, or a clock that is days wrong. */
function clock(random: Random, index: number): number {
  const regular = 1_700_000_000 + Math.floor(index / 3) * 3600;
  return random.chance(0.15) ? regular + (random.integer(21) - 10) * 86_400 : regular;
}

function parentsOf(random: Random, index: number): string[] {
  if (index === 0 || random.chance(0.04)) return [];
  const recent = () => Math.max(0, index - 1 - Math.floor(6 * random.next() ** 2));
  const count = random.chance(0.75) ? 1 : random.chance(0.8) ? 2 : 4;
  return [...new Set(Array.from({ length: count }, () => String(recent())))];
}

/** Contents repeat, so that a deletion and an addition in one commit often are a move, at times an ambiguous one. */
function changesOf(random: Random, index: number): Changes {
  const changes = new Map<string | Uint8Array, Content>();
  for (let count = random.integer(4); count > 0; count--) {
    const content = random.chance(0.3) ? null : random.chance(0.5) ? `${index}\n` : `same ${random.integer(2)}\n`;
    changes.set(random.pick(paths), content);
  }
  return changes;
}
