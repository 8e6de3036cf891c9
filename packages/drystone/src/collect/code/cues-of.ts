/** Runs every detector over one file. Pure: the same text gives the same cues, so they can be kept by blob id. */
import { valueWithoutSecrets, withoutSecrets } from "#collect/secrets/index.js";
import type { Cue, CueBody } from "./cue.js";
import { detectors } from "./detectors.js";
import { languageOfPath } from "./language.js";
import { readSource } from "./source.js";
import { wordSearch } from "./word-search.js";

/** Longer files are data or generated. */
const maxCharacters = 1_000_000;
const maxCues = 3000;
/** Enough of a line to see where a password in its shown part ends. */
const maxLine = 2000;

/** Empty for what is no program text; at most 3,000 cues of one file. */
export function cuesOf(path: string, text: string): Cue[] {
  const language = languageOfPath(path);
  if (language === null || text.length > maxCharacters) return [];
  const source = readSource(path, text, language);
  const cues = new Map<string, Cue>();
  const holds = wordsIn(text);
  for (const detector of detectors.get(language) ?? []) {
    if (detector.words !== null && !detector.words.some(holds)) continue;
    detector.detect(source, (offset, written) => {
      if (cues.size >= maxCues) return;
      const line = source.lineAt(offset);
      const body = shown(written);
      const key = `${line}\n${JSON.stringify(body)}`;
      if (!cues.has(key)) cues.set(key, { ...body, file: path, line, text: lineText(text, offset) });
    });
  }
  return [...cues.values()];
}

/** The search of all words at once takes 16 ms to set up: as long as searching this many files for each word. */
const filesBeforeSearch = 200;
let files = 0;
let search: ReturnType<typeof wordSearch> | null = null;

/** Most detectors look only at files with certain words. */
function wordsIn(text: string): (word: string) => boolean {
  if (files++ < filesBeforeSearch) return (word) => text.includes(word);
  search ??= wordSearch([...detectors.values()].flatMap((list) => list.flatMap(({ words }) => words ?? [])));
  return search(text);
}

/** Without passwords: cues are kept in the cache, and they become evidence. */
function shown(body: CueBody): CueBody {
  if (body.kind === "constant") return { ...body, value: valueWithoutSecrets(body.name, body.value) };
  if (body.kind === "setting" && body.fallback !== null)
    return { ...body, fallback: valueWithoutSecrets(body.key, body.fallback) };
  if (body.kind === "address") return { ...body, value: withoutSecrets(body.value) };
  if (body.kind === "call" || (body.kind === "route" && body.target !== null))
    return { ...body, target: withoutSecrets(body.target ?? "") };
  return body;
}

function lineText(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(start, Math.min(end < 0 ? text.length : end, start + maxLine)).trim();
  return withoutSecrets(line).slice(0, 160);
}
