/** Runs every detector over one file. Pure: the same text gives the same cues, so they can be kept by blob id. */
import type { Cue } from "./cue.js";
import { detectors } from "./detectors.js";
import { languageOfPath } from "./language.js";
import { readSource } from "./source.js";

/** Longer files are data or generated. */
const maxCharacters = 1_000_000;
const maxCues = 3000;

/** Empty for what is no program text; at most 3,000 cues of one file. */
export function cuesOf(path: string, text: string): Cue[] {
  const language = languageOfPath(path);
  if (language === null || text.length > maxCharacters) return [];
  const source = readSource(path, text, language);
  const cues = new Map<string, Cue>();
  for (const detector of detectors.get(language) ?? []) {
    if (detector.words !== null && !detector.words.some((word) => text.includes(word))) continue;
    detector.detect(source, (offset, body) => {
      if (cues.size >= maxCues) return;
      const line = source.lineAt(offset);
      const key = `${line}\n${JSON.stringify(body)}`;
      if (!cues.has(key)) cues.set(key, { ...body, file: path, line, text: lineText(text, offset) });
    });
  }
  return [...cues.values()];
}

function lineText(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text
    .slice(start, end < 0 ? start + 400 : Math.min(end, start + 400))
    .trim()
    .slice(0, 160);
}
