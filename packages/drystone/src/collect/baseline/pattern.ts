/** Tables of what a line of program text or of settings says, and how they are applied: literals first, so that most files cost next to nothing. */
import type { Language } from "#collect/code/index.js";
import { withoutSecrets } from "#collect/secrets/index.js";
import type { BaselineSignKind } from "#model/baseline.js";
import { type FileSign, fileSign } from "./file-sign.js";

export interface Pattern {
  readonly kind: BaselineSignKind;
  /** A file without any of these is passed over. */
  readonly words: readonly string[];
  /** Applied to one line; linear. */
  readonly line: RegExp;
  /** Null: the first group of the match. */
  readonly subject: string | null;
  readonly detail?: string;
  readonly reach?: FileSign["reach"];
  /** Languages of the files that it is for; all, and settings, when left out. */
  readonly languages?: readonly Language[];
  /** A line that holds this says something else. */
  readonly not?: RegExp;
  /** Somewhere in the file this has to stand too. */
  readonly needs?: string;
}

/** Of one pattern in one file: a hundred of the same say no more than a few. */
const mostOfEach = 5;
const longestLine = 2000;

/** Lines that are comments as a whole say what somebody once wanted. */
const comment = /^\s{0,200}(?:\/\/|#(?!\[|include|if|region)|\*|\/\*|<!--|--\s|%|;;)/;

/** @param language null for settings and files of no language that is known. */
export function signsOfLines(text: string, language: Language | null, patterns: readonly Pattern[]): FileSign[] {
  const wanted = patterns.filter(
    ({ words, languages, needs }) =>
      (languages === undefined || (language !== null && languages.includes(language))) &&
      words.some((word) => text.includes(word)) &&
      (needs === undefined || text.includes(needs)),
  );
  if (wanted.length === 0) return [];
  const counts = new Map<Pattern, number>();
  const signs: FileSign[] = [];
  for (const [index, whole] of text.split("\n").entries()) {
    if (whole.length < 3) continue;
    const line = whole.slice(0, longestLine);
    for (const pattern of wanted) {
      if (!pattern.words.some((word) => line.includes(word))) continue;
      const match = pattern.line.exec(line);
      if (match === null || comment.test(line) || pattern.not?.test(line)) continue;
      const known = counts.get(pattern) ?? 0;
      if (known >= mostOfEach) continue;
      counts.set(pattern, known + 1);
      signs.push(signAt(pattern, match, index + 1, line));
    }
  }
  return signs;
}

function signAt(
  { kind, subject, detail, reach = "component" }: Pattern,
  match: RegExpExecArray,
  at: number,
  line: string,
): FileSign {
  return fileSign(kind, subject ?? match[1] ?? "", { line: at, text: shown(line) }, { detail: detail ?? null, reach });
}

/** A line as evidence. */
export function shown(line: string): string {
  return withoutSecrets(line.trim()).slice(0, 160);
}
