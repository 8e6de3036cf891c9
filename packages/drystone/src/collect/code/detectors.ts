/** The registry of detectors by language. One line per pack; a test fails if a folder is unlisted. */
import { common } from "./common/index.js";
import { csharp } from "./csharp/index.js";
import type { Detector } from "./detector.js";
import { go } from "./go/index.js";
import { java } from "./java/index.js";
import { javascript } from "./javascript/index.js";
import type { Language } from "./language.js";
import { php } from "./php/index.js";
import { prisma } from "./prisma/index.js";
import { python } from "./python/index.js";
import { ruby } from "./ruby/index.js";
import { rust } from "./rust/index.js";

const all: readonly Detector[] = [
  ...common,
  ...csharp,
  ...java,
  ...javascript,
  ...php,
  ...prisma,
  ...ruby,
  ...python,
  ...go,
  ...rust,
];

export const detectors: ReadonlyMap<Language, readonly Detector[]> = byLanguage(all);

function byLanguage(list: readonly Detector[]): Map<Language, Detector[]> {
  const found = new Map<Language, Detector[]>();
  for (const detector of list)
    for (const language of detector.languages) found.set(language, [...(found.get(language) ?? []), detector]);
  return found;
}
