// Which claims are checked.

const perSystem = 10;
export const perKind = 3;

/** Ten claims: a kind first, then one of its claims, so that the many lines of manifests do not crowd out the history; at most three of a kind. */
export function draw(claims, seed) {
  const random = mulberry32(seed);
  const byKind = new Map();
  for (const one of claims) byKind.set(one.kind, [...(byKind.get(one.kind) ?? []), one]);
  const drawn = [];
  while (drawn.length < perSystem) {
    const open = [...byKind].filter(
      ([kind, left]) => left.length > 0 && drawn.filter((one) => one.kind === kind).length < perKind,
    );
    if (open.length === 0) break;
    const [, left] = open[Math.floor(random() * open.length)];
    const [chosen] = left.splice(Math.floor(random() * left.length), 1);
    if (!drawn.some(({ sentence }) => sentence === chosen.sentence)) drawn.push(chosen);
  }
  return drawn;
}

function mulberry32(start) {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
