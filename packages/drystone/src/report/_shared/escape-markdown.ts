/** Text from outside in Markdown. */
import { clean } from "./width.js";

/** Text that shows as it is: no markup, no link, no mention, no reference to an issue; one line. */
export function escapeMarkdown(text: string): string {
  return clean(text, 2000)
    .replace(/[\\`*_[\]<>|~#$&]/g, (character) => entities.get(character) ?? `\\${character}`)
    .replace(/#(?=\d)/g, `#${breaker}`)
    .replace(/@(?=[\w&\\])/g, `@${breaker}`)
    .replace(/\b(gh)-(?=\d)/gi, `$1${breaker}-`)
    .replace(/:\/\//g, `:${breaker}//`)
    .replace(/\bwww\./gi, (www) => `www${breaker}${www.slice(3)}`)
    .replace(
      /^(\s*)([-+=]|\d{1,9}[.)])(?=\s|$)/,
      (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`,
    );
}

// A zero-width space, written so that it can be seen in the source.
const breaker = "&#8203;";
const entities = new Map([
  ["<", "&lt;"],
  [">", "&gt;"],
  ["&", "&amp;"],
]);
