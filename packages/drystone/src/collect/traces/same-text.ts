/** One string for texts that come again and again, so that spans which are held share them and maps know their hash. */

const texts = new Map<string, string>();
const mostTexts = 20_000;
const longestText = 100;

/** The same characters; the object of the first time where it is remembered. */
export function sameText(text: string): string {
  if (text.length > longestText) return text;
  const before = texts.get(text);
  if (before !== undefined) return before;
  if (texts.size < mostTexts) texts.set(text, text);
  return text;
}
