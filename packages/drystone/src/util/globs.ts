/** Path globs: `*` and `?` within a name, `**` over folders. A folder stands for all below it. Not regular expressions, so a hostile one cannot be slow. */

export type GlobTest = (path: string) => boolean;

/** True for paths that one of the globs covers. `!glob` takes out of what stands before it. */
export function globTest(globs: readonly string[]): GlobTest {
  return inOrder(globs, (glob) => oneGlob(glob, true));
}

/** The same for what a module shows: `*` in the last name stands for files of that folder, and not for folders with all that is below them. */
export function faceTest(globs: readonly string[]): GlobTest {
  return inOrder(globs, (glob) => oneGlob(glob, !/[*?][^/]*$/.test(glob) || /(?:^|\/)\*\*$/.test(glob)));
}

function inOrder(globs: readonly string[], testOf: (glob: string) => GlobTest): GlobTest {
  const tests = globs.map((glob) => {
    const isOut = glob.startsWith("!");
    return { isOut, test: testOf(isOut ? glob.slice(1) : glob) };
  });
  const [only] = tests;
  if (tests.length === 1 && only && !only.isOut) return only.test;
  return (path) => {
    let isIn = false;
    for (const { isOut, test } of tests) if (isOut === isIn && test(path)) isIn = !isOut;
    return isIn;
  };
}

/** True when a name, such as that of a module or table, fits a glob of `*` and `?`. */
export function nameFits(pattern: string, name: string): boolean {
  return partFits(pattern, name);
}

export function isGlob(text: string): boolean {
  return text.includes("*") || text.includes("?");
}

/** @param andBelow a folder that fits stands for all below it. */
function oneGlob(glob: string, andBelow: boolean): GlobTest {
  const trimmed = glob.replace(/^(?:\.?\/)+/, "").replace(/\/{1,50}$/, "");
  if (trimmed === "" || trimmed === "." || trimmed === "**") return () => true;
  if (!isGlob(trimmed)) return (path) => path === trimmed || (path.startsWith(trimmed) && path[trimmed.length] === "/");
  // `folder/**` is the most common one.
  if (trimmed.endsWith("/**") && !isGlob(trimmed.slice(0, -3))) {
    const folder = trimmed.slice(0, -2);
    return (path) => path.startsWith(folder);
  }
  // A folder stands for all below it, so that `a/**` says as much as `a/*`: something below `a`, not `a` itself.
  const whole = trimmed.endsWith("/**") ? trimmed.slice(0, -1) : trimmed;
  const parts = whole.split("/").filter((part, index, all) => part !== "**" || all[index - 1] !== "**");
  return (path) => pathFits(parts, path.split("/"), andBelow);
}

/** Goes back to the last `**` only, which is enough: glob length times path length at most. */
function pathFits(parts: readonly string[], names: readonly string[], andBelow: boolean): boolean {
  let part = 0;
  let at = 0;
  let depth = -1;
  let mark = 0;
  for (;;) {
    const wanted = parts[part];
    const name = names[at];
    if (wanted === "**") {
      depth = part++;
      mark = at;
    } else if (wanted === undefined && (andBelow || name === undefined)) return true;
    else if (wanted !== undefined && name !== undefined && partFits(wanted, name)) {
      part++;
      at++;
    } else if (depth >= 0 && mark < names.length) {
      part = depth + 1;
      at = ++mark;
    } else return false;
  }
}

/** Greedy with one way back: pattern length times name length at most. */
function partFits(pattern: string, name: string): boolean {
  if (pattern === "*") return true;
  let at = 0;
  let from = 0;
  let star = -1;
  let mark = 0;
  while (from < name.length) {
    const character = pattern[at];
    if (character === "*") {
      star = at++;
      mark = from;
    } else if (character !== undefined && (character === "?" || character === name[from])) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++mark;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}
