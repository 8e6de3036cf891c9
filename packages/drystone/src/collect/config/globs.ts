/** Path globs of drystone.yaml: `*`, `**`, `{a,b}` and captures `{name}`. Not regular expressions, so a hostile file cannot make one slow. */

const maxAlternatives = 256;
const maxExpansions = 2000;
const capture = /\{([A-Za-z][\w-]*)\}/g;

/** What is wrong with a glob; null when it is well formed. */
export function globMistake(glob: string): string | null {
  if (/^[A-Za-z]:|\\/.test(glob)) return "write paths with / and relative to the repository";
  if (glob.split("/").includes("..")) return "a path may not lead out of the repository";
  let open = 0;
  for (const character of glob) {
    if (character === "{") open++;
    else if (character === "}") open--;
    if (open < 0 || open > 1) return "braces must be closed and not nested";
  }
  if (open !== 0) return "braces must be closed and not nested";
  if (/\{[^},]{0,200}\}/.test(glob.replace(capture, ""))) return "a capture is a name in braces: {name}";
  const segments = trimmed(glob).split("/");
  const last = segments.findLastIndex(hasCapture);
  if (segments.slice(0, Math.max(0, last)).includes("**")) return "a capture cannot stand behind **";
  return null;
}

/** Slashes and `./` at the start and slashes at the end taken off; "." becomes "". */
export function trimmed(glob: string): string {
  return glob
    .replace(/^(?:\.?\/)+/, "")
    .replace(/\/{1,100}$/, "")
    .replace(/^\.$/, "");
}

/** `a/{b,c}` is `a/b`, `a/c`; at most 256. */
export function alternatives(glob: string): readonly string[] {
  let globs = [glob];
  for (let round = 0; round < 16; round++) {
    const next = globs.flatMap((one) => firstChoice(one) ?? [one]);
    if (next.length === globs.length && next.every((one, at) => one === globs[at])) break;
    globs = next.slice(0, maxAlternatives);
  }
  return [...new Set(globs)];
}

function firstChoice(glob: string): readonly string[] | null {
  const match = /\{([^{}]*,[^{}]*)\}/.exec(glob);
  if (!match) return null;
  const before = glob.slice(0, match.index);
  const after = glob.slice(match.index + match[0].length);
  return (match[1] ?? "").split(",").map((choice) => before + choice.trim() + after);
}

export function hasCapture(text: string): boolean {
  return text.search(capture) >= 0;
}

export interface Expansion {
  /** The glob with its captures filled in. */
  readonly glob: string;
  /** Capture to text. */
  readonly captured: ReadonlyMap<string, string>;
}

/** All ways in which files fill the captures of a glob, in the order of the paths. Without captures the glob itself. @param paths sorted. */
export function expansions(glob: string, paths: readonly string[]): readonly Expansion[] {
  const segments = trimmed(glob).split("/");
  const last = segments.findLastIndex(hasCapture);
  if (last < 0) return [{ glob, captured: new Map() }];
  const head = segments.slice(0, last + 1);
  const found = new Map<string, Expansion>();
  for (const path of paths) {
    const captured = captureAll(head, path.split("/"));
    if (captured === null) continue;
    const filled = fill(trimmed(glob), captured);
    if (!found.has(filled)) found.set(filled, { glob: filled, captured });
    if (found.size >= maxExpansions) break;
  }
  return [...found.values()];
}

/** Fills `{name}` into another text of the same entry, such as the owner. Unknown captures stay. */
export function fill(text: string, captured: ReadonlyMap<string, string>): string {
  return text.replace(capture, (whole, name: string) => captured.get(name) ?? whole);
}

function captureAll(head: readonly string[], names: readonly string[]): ReadonlyMap<string, string> | null {
  if (names.length < head.length) return null;
  const captured = new Map<string, string>();
  for (const [at, segment] of head.entries()) {
    if (!captureName(segment, names[at] ?? "", captured)) return null;
  }
  return captured;
}

/** One capture per segment takes the text between what stands around it; `*` in a segment stands alone. */
function captureName(segment: string, name: string, captured: Map<string, string>): boolean {
  if (segment === "*") return true;
  const match = /^([^{}]*)\{([A-Za-z][\w-]*)\}([^{}]*)$/.exec(segment);
  if (!match) return segment === name;
  const [, before = "", key = "", after = ""] = match;
  if (name.length <= before.length + after.length || !name.startsWith(before) || !name.endsWith(after)) return false;
  const text = name.slice(before.length, name.length - after.length);
  if ((captured.get(key) ?? text) !== text) return false;
  captured.set(key, text);
  return true;
}
