/** Is a place run many times: inside of a loop or of a function given to one, within the same method? */
import type { Source } from "../source.js";

const maxLook = 6000;

export function inLoop({ bare, language }: Source, offset: number): boolean {
  let depth = 0;
  for (let at = offset - 1; at > Math.max(0, offset - maxLook); at--) {
    const char = bare[at];
    if (char === ")" || char === "}" || char === "]") depth++;
    else if (char === "[") depth--;
    else if (char === "(" || char === "{") {
      if (depth > 0) {
        depth--;
        // A loop without braces: its head stands right before the statement.
        if (
          depth === 0 &&
          char === "(" &&
          /\b(?:for|while)\s{0,5}$/.test(bare.slice(Math.max(0, at - 12), at)) &&
          headOf(bare, at, offset)
        )
          return true;
        continue;
      }
      const before = bare.slice(Math.max(0, at - 240), at);
      if (repeats(before, char, language)) return true;
      if (char === "{" && startsMethod(before)) return false;
    }
  }
  return false;
}

/** Nothing but the statement itself stands between the head of the loop and the offset. */
function headOf(bare: string, open: number, offset: number): boolean {
  const between = bare.slice(open, offset);
  return !/[;{}]\s*[\s\S]*$/.test(between.slice(closing(between)));
}

function closing(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at + 1;
  }
  return text.length;
}

function repeats(before: string, char: string, language: string): boolean {
  if (char === "{" && /(?:\bdo|\b(?:for|while)\s{0,5}\([^{}]{0,200}\))\s{0,60}$/.test(before)) return true;
  if (/\.(?:forEach|forEachIndexed|onEach|parallelForEach)\s{0,3}$/.test(before)) return true;
  const mapped =
    /\.(?:map|flatMap|mapNotNull|filter|peek|collect|anyMatch|allMatch|associateWith|associateBy|mapToObj|toMap)\s{0,3}$/.test(
      before,
    );
  return mapped && (/\b(?:stream|parallelStream|Flux\.\w{1,20})\(/.test(before) || (language === "kotlin" && char === "{"));
}

function startsMethod(before: string): boolean {
  const head = /\)\s{0,60}(?:throws\s[\w\s,.]{1,160}|:\s{0,5}[\w<>?,.\s]{1,100})?$/.exec(before);
  return (
    head !== null &&
    !/\b(?:if|for|while|switch|catch|synchronized|try|when)\s{0,5}\([^{}]{0,200}$/.test(before.slice(0, head.index))
  );
}
