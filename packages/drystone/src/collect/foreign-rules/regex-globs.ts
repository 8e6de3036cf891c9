/** Regular expressions over paths, as path globs. They are taken apart and never run: the text is not ours, and it may be slow on purpose. */

export interface RegexGlob {
  readonly glob: string;
  /** What the groups of the expression stand for in this glob: literal text, or captures `{g1}`. */
  readonly groups: ReadonlyMap<number, string>;
}

export type RegexReading = { readonly globs: readonly RegexGlob[] } | { readonly problem: string };

const maxLength = 2000;
const maxDepth = 20;
const maxGlobs = 256;

/**
 * Globs that cover the same paths as `source` finds, or why there are none: classes such as `[A-Z]`, counts, lookarounds and
 * back references have no glob. A glob also covers what lies below the path that it names: `b$` finds no file of a folder `b`, `b` covers them.
 * @param options.captures groups that somebody refers to: a free name in them becomes a capture. @param options.groups what `$1` stands for.
 */
export function regexGlobs(
  source: string,
  options: { readonly captures?: ReadonlySet<number>; readonly groups?: ReadonlyMap<number, string> } = {},
): RegexReading {
  if (source.length > maxLength) return { problem: `it has more than ${maxLength} characters` };
  try {
    const nodes = new Parser(source).parse();
    const sequences = expand(nodes);
    const globs = sequences.flatMap((atoms) => globsOf(atoms, options.captures ?? new Set(), options.groups ?? new Map()));
    if (globs.length === 0) return { problem: "it can match no path" };
    if (globs.length > maxGlobs) return { problem: `it stands for more than ${maxGlobs} globs` };
    const unique = new Map(globs.map((one) => [`${one.glob}\0${[...one.groups].join()}`, one]));
    return { globs: withoutHalves([...unique.values()]) };
  } catch (error) {
    if (error instanceof Untranslatable) return { problem: error.message };
    throw error;
  }
}

/** `(^|/)a` gives one glob for the root and one for all below it: together they are one. */
function withoutHalves(globs: readonly RegexGlob[]): readonly RegexGlob[] {
  const present = new Set(globs.map(({ glob }) => glob));
  return globs.flatMap((one) => {
    if (one.glob.startsWith(deeper) && present.has(one.glob.slice(deeper.length))) return [];
    return [present.has(deeper + one.glob) ? { ...one, glob: `**/${one.glob}` } : one];
  });
}

const deeper = "**/*/";

class Untranslatable extends Error {}

type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "name" | "one" | "any" | "start" | "end" }
  | { readonly kind: "reference"; readonly group: number }
  | { readonly kind: "choice"; readonly choices: readonly (readonly Node[])[]; readonly group: number | null };

type Atom = Exclude<Node, { readonly kind: "choice" }> | { readonly kind: "open" | "close"; readonly group: number };

/** Recursive descent; the state is the place in the text. */
class Parser {
  readonly #source: string;
  #at = 0;
  #groups = 0;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): readonly Node[] {
    const choices = this.#choices(0);
    if (this.#at < this.#source.length) throw new Untranslatable("its brackets do not match");
    return choices.length === 1 ? (choices[0] ?? []) : [{ kind: "choice", choices, group: null }];
  }

  #choices(depth: number): readonly (readonly Node[])[] {
    if (depth > maxDepth) throw new Untranslatable("it is nested too deeply");
    const choices: Node[][] = [[]];
    while (this.#at < this.#source.length && this.#peek() !== ")") {
      if (this.#peek() === "|") {
        this.#at++;
        choices.push([]);
      } else choices.at(-1)?.push(this.#quantified(this.#atom(depth)));
    }
    return choices;
  }

  #atom(depth: number): Node {
    const character = this.#take();
    if (character === "^") return { kind: "start" };
    if (character === "$") {
      const digit = /^[1-9]/.exec(this.#source.slice(this.#at))?.[0];
      if (digit === undefined) return { kind: "end" };
      this.#at++;
      return { kind: "reference", group: Number(digit) };
    }
    if (character === ".") return { kind: "one" };
    if (character === "(") return this.#group(depth);
    if (character === "[") return this.#class();
    if (character === "\\") return this.#escaped();
    if ("*+?{".includes(character)) throw new Untranslatable(`a ${character} without anything before it`);
    return { kind: "text", text: character };
  }

  #group(depth: number): Node {
    let group: number | null = null;
    if (this.#source.startsWith("?:", this.#at)) this.#at += 2;
    else if (this.#peek() === "?") throw new Untranslatable("lookarounds and named groups have no glob");
    else group = ++this.#groups;
    const choices = this.#choices(depth + 1);
    if (this.#take() !== ")") throw new Untranslatable("its brackets do not match");
    return { kind: "choice", choices, group };
  }

  #class(): Node {
    const end = this.#classEnd();
    const body = this.#source.slice(this.#at, end);
    this.#at = end + 1;
    if (/^\^(?:\/|\\\/|\\\\){1,3}$/.test(body)) return { kind: "name" };
    const characters = body.replace(/\\(.)/g, "$1");
    const isPlain = !body.startsWith("^") && !/\\[a-zA-Z]/.test(body) && !/.-./.test(body) && characters.length <= 8;
    if (!isPlain) throw new Untranslatable(`[${body}] has no glob`);
    // A backslash is the separator of another system.
    const choices = [...new Set(characters)].filter((character) => character !== "\\" || characters === "\\");
    return { kind: "choice", choices: choices.map((text) => [{ kind: "text", text }]), group: null };
  }

  #classEnd(): number {
    for (let end = this.#at; end < this.#source.length; end++) {
      if (this.#source[end] === "\\") end++;
      else if (this.#source[end] === "]" && end > this.#at) return end;
    }
    throw new Untranslatable("its brackets do not match");
  }

  #escaped(): Node {
    const character = this.#take();
    if (/[1-9]/.test(character)) throw new Untranslatable(`the back reference \\${character} has no glob`);
    if (/[a-zA-Z0]/.test(character)) throw new Untranslatable(`\\${character} has no glob`);
    return { kind: "text", text: character };
  }

  #quantified(node: Node): Node {
    const mark = this.#peek();
    if (mark === "{" && /^\{\d/.test(this.#source.slice(this.#at))) throw new Untranslatable("counts such as {2,3} have no glob");
    if (mark !== "?" && mark !== "*" && mark !== "+") {
      if (node.kind === "name") throw new Untranslatable("[^/] for one character has no glob");
      return node;
    }
    this.#at++;
    if (this.#peek() === "?") this.#at++;
    if (node.kind === "name") return mark === "?" ? { kind: "choice", choices: [[{ kind: "one" }], []], group: null } : node;
    if (mark === "?") return { kind: "choice", choices: [[node], []], group: null };
    if (node.kind === "one") return { kind: "any" };
    throw new Untranslatable(`a repeated ${node.kind === "text" ? JSON.stringify(node.text) : "group"} has no glob`);
  }

  #peek(): string {
    return this.#source[this.#at] ?? "";
  }

  #take(): string {
    const character = this.#source[this.#at++];
    if (character === undefined) throw new Untranslatable("its brackets do not match");
    return character;
  }
}

/** All sequences without choices. */
function expand(nodes: readonly Node[]): readonly (readonly Atom[])[] {
  let sequences: (readonly Atom[])[] = [[]];
  for (const node of nodes) {
    const parts: readonly (readonly Atom[])[] =
      node.kind === "choice"
        ? node.choices.flatMap((choice) =>
            expand(choice).map((atoms) =>
              node.group === null
                ? atoms
                : [{ kind: "open" as const, group: node.group }, ...atoms, { kind: "close" as const, group: node.group }],
            ),
          )
        : [[node]];
    sequences = sequences.flatMap((before) => parts.map((part) => [...before, ...part]));
    if (sequences.length > maxGlobs) throw new Untranslatable(`it stands for more than ${maxGlobs} globs`);
  }
  return sequences;
}

/** A text being put together; `**` has to stand alone between slashes, so one sequence may need two globs. */
interface Draft {
  readonly text: string;
  /** True when anything may stand before what comes next. */
  readonly open: boolean;
  readonly groups: ReadonlyMap<number, string>;
  readonly starts: ReadonlyMap<number, number>;
}

function globsOf(
  atoms: readonly Atom[],
  captures: ReadonlySet<number>,
  references: ReadonlyMap<number, string>,
): readonly RegexGlob[] {
  const isMark = ({ kind }: Atom) => kind === "open" || kind === "close";
  const first = atoms.findIndex((atom) => !isMark(atom));
  const last = atoms.findLastIndex((atom) => !isMark(atom));
  const isAnchored = atoms[first]?.kind === "start";
  const isClosed = atoms[last]?.kind === "end";
  // `^` behind something and `$` before something match nothing.
  if (atoms.some(({ kind }, index) => (kind === "start" && index !== first) || (kind === "end" && index !== last))) return [];
  let drafts: readonly Draft[] = [{ text: "", open: !isAnchored, groups: new Map(), starts: new Map() }];
  const inside: number[] = [];
  for (const atom of atoms) {
    if (atom.kind === "open") inside.push(atom.group);
    drafts = drafts.flatMap((draft) => appended(draft, atom, { inside, captures, references }));
    if (drafts.length > maxGlobs) throw new Untranslatable(`it stands for more than ${maxGlobs} globs`);
    if (atom.kind === "close") inside.pop();
  }
  return drafts.map(({ text, open, groups }) => {
    const isFree = open || !isClosed;
    const glob = !isFree ? text : text === "" || text.endsWith("/") ? `${text}**` : text.endsWith("*") ? text : `${text}*`;
    const free = glob.indexOf("**");
    if (free >= 0 && glob.includes("{g", free + 2))
      throw new Untranslatable("a name that `to` refers to stands behind any number of folders");
    return { glob, groups };
  });
}

interface Where {
  readonly inside: readonly number[];
  readonly captures: ReadonlySet<number>;
  readonly references: ReadonlyMap<number, string>;
}

function appended(draft: Draft, atom: Atom, { inside, captures, references }: Where): readonly Draft[] {
  const captured = inside.find((group) => captures.has(group));
  switch (atom.kind) {
    case "start":
    case "end":
      return [draft];
    case "open":
      return [{ ...draft, starts: new Map(draft.starts).set(atom.group, draft.text.length) }];
    case "close": {
      if (captures.has(atom.group) && draft.open) throw new Untranslatable("a group that `to` refers to takes in anything");
      const start = draft.starts.get(atom.group) ?? 0;
      return [{ ...draft, groups: new Map(draft.groups).set(atom.group, draft.text.slice(start)) }];
    }
    case "any":
      if (captured !== undefined) throw new Untranslatable("a group that `to` refers to takes in anything");
      return [{ ...draft, open: true }];
    case "one":
      if (captured !== undefined) throw new Untranslatable("a group that `to` refers to has a free character");
      return joined(draft, "?");
    case "name": {
      if (captured === undefined) return joined(draft, "*");
      const taken = [...draft.text.matchAll(/\{g/g)].length;
      return joined(draft, `{g${captured}${taken === 0 ? "" : `n${taken}`}}`);
    }
    case "reference": {
      const text = references.get(atom.group);
      if (text === undefined) throw new Untranslatable(`$${atom.group} refers to no group of from.path`);
      return joined(draft, text);
    }
    default:
      if (/[*?{}!]/.test(atom.text)) throw new Untranslatable(`${JSON.stringify(atom.text)} cannot stand in a glob`);
      return joined(draft, atom.text);
  }
}

function joined(draft: Draft, next: string): readonly Draft[] {
  const { text, open } = draft;
  if (!open) return [{ ...draft, text: `${text}${next === "*" && text.endsWith("*") ? "" : next}` }];
  const closed = { ...draft, open: false };
  if (text === "") return [{ ...closed, text: next.startsWith("/") ? `**/*${next}` : `**/*${next === "*" ? "" : next}` }];
  if (text.endsWith("/"))
    return [{ ...closed, text: next.startsWith("/") ? `${text}*/**${next}` : `${text}**/*${next === "*" ? "" : next}` }];
  if (next.startsWith("/")) return [{ ...closed, text: `${text}*/**${next}` }];
  return [
    { ...closed, text: `${text}*${next === "*" ? "" : next}` },
    { ...closed, text: `${text}*/**/*${next === "*" ? "" : next}` },
  ];
}
