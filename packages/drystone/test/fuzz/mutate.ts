/** Damages texts the way broken, cut, merged and hostile files are. */
import type { Random } from "../fakes/index.js";

/** A mutant never gets longer. */
const maxCharacters = 20_000;

/** One to six changes, seldom none. @param others texts to take pieces from. */
export function mutate(text: string, others: readonly string[], random: Random): string {
  let mutant = text;
  for (let left = random.integer(7); left > 0; left--)
    mutant = random.pick(changes)(mutant, others, random).slice(0, maxCharacters);
  return mutant;
}

type Change = (text: string, others: readonly string[], random: Random) => string;

const changes: readonly Change[] = [
  /** Cut off. */
  (text, _others, random) => text.slice(0, random.integer(text.length + 1)),
  /** A piece is gone. */
  (text, _others, random) => {
    const [from, to] = span(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  /** A piece stands twice. */
  (text, _others, random) => {
    const [from, to] = span(text, random);
    return text.slice(0, to) + text.slice(from);
  },
  /** Two lines change places. */
  (text, _others, random) => {
    const lines = text.split("\n");
    const [a, b] = [random.integer(lines.length), random.integer(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? "", lines[a] ?? ""];
    return lines.join("\n");
  },
  /** A piece stands there again and again. */
  (text, _others, random) => {
    const [from, to] = span(text, random, 40);
    const piece = text.slice(from, to);
    return piece === ""
      ? text
      : text.slice(0, from) + piece.repeat(1 + random.integer(maxCharacters / piece.length)) + text.slice(to);
  },
  /** Deep nesting, closed or not. */
  (text, _others, random) => {
    const [open, close] = random.pick(brackets);
    const depth = 1 + random.integer(random.chance(0.5) ? 80 : 3000);
    return insert(
      text,
      open.repeat(depth) + (random.chance(0.5) ? "x" : "") + close.repeat(random.chance(0.7) ? depth : 0),
      random,
    );
  },
  /** Something that means a lot to some parser. */
  (text, _others, random) => insert(text, random.pick(pieces), random),
  (text, _others, random) => insert(text, random.pick(pieces).repeat(1 + random.integer(500)), random),
  /** Any character. */
  (text, _others, random) => {
    const at = random.integer(text.length + 1);
    return text.slice(0, at) + String.fromCharCode(random.integer(random.chance(0.8) ? 128 : 65_536)) + text.slice(at + 1);
  },
  /** A piece of another file. */
  (text, others, random) => {
    const other = random.pick(others);
    const [from, to] = span(other, random);
    return insert(text, other.slice(from, to), random);
  },
  /** All on one line, or with the line ends of elsewhere. */
  (text, _others, random) => text.replaceAll("\n", random.pick([" ", "\r\n", "\r", "\u2028", ""])),
];

function span(text: string, random: Random, most = text.length): readonly [from: number, to: number] {
  const from = random.integer(text.length + 1);
  return [from, Math.min(text.length, from + random.integer(most + 1))];
}

function insert(text: string, piece: string, random: Random): string {
  const at = random.integer(text.length + 1);
  return text.slice(0, at) + piece + text.slice(at);
}

const brackets: readonly (readonly [string, string])[] = [
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
  ["<a>", "</a>"],
  ['{"a":', "}"],
  ["${", "}"],
  ["{{ ", " }}"],
  ["`${", "}`"],
  ['"${', '}"'],
  ["{{ if a }}", "{{ end }}"],
  ["{{ range . }}", "{{ end }}"],
  ["#{", "}"],
  ["a: ", ""],
  ["- ", ""],
  ["  ", ""],
  ["/*", "*/"],
  ["f(", ")"],
  ["a ? b : ", ""],
  ["!", ""],
  ["service a {", "}"],
  ["location / {", "}"],
];

const pieces: readonly string[] = [
  ..."\" ' ` \"\"\" ''' // /* */ # -- <!-- --> <![CDATA[ ]]> \\ $ @ % & * ! | > < , ; : = ? ~ ^ \0 \ufeff \ud800 \u2028 \u202e \u001b".split(
    " ",
  ),
  ..."${ {{ }} #{ $( <% %> <<: *a &a --- ... !!binary !Ref ??= => -> := |- >+ << <<EOF EOF \\\n \t \r".split(" "),
  ..."__proto__ constructor toString hasOwnProperty prototype null undefined NaN -1 1e999 0x 00 99999999999999999999".split(" "),
  ..."../ ../../.. / // :// http:// :8080 @ a:b@c ${A:-${A}} ${const:A} $ref $schema include extends range define template end".split(
    " ",
  ),
  "\n\n",
  "\n---\n",
  "\n  ",
  "x".repeat(5000),
  "a.".repeat(1000),
  "a, ".repeat(500),
  "é€😀",
];
