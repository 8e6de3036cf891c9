/** Is a place run many times: inside of a loop or of a function given to one, within the same method? */
import type { Source } from "../source.js";

const maxLook = 6000;

export function inLoop({ bare }: Source, offset: number): boolean {
  let depth = 0;
  for (let at = offset - 1; at > Math.max(0, offset - maxLook); at--) {
    const char = bare[at];
    if (char === ")" || char === "}" || char === "]") depth++;
    else if (char === "[") depth--;
    else if (char === "(" || char === "{") {
      if (depth > 0) {
        depth--;
        continue;
      }
      const before = bare.slice(Math.max(0, at - 240), at);
      if (char === "{" && /(?:\bdo|\b(?:for|foreach|while)\s{0,5}\([^{}]{0,200}\))\s{0,60}$/.test(before)) return true;
      if (char === "(" && /\.(?:ForEach|ForEachAsync|Select|SelectMany)\s{0,3}$/.test(before)) return true;
      if (char === "{" && startsMethod(before)) return false;
    }
  }
  return false;
}

function startsMethod(before: string): boolean {
  return (
    /\)\s{0,60}(?:where\s[^{}()]{1,100})?$/.test(before) &&
    !/\b(?:if|for|foreach|while|switch|catch|lock|using|fixed)\s{0,5}\([^{}]{0,200}\)\s{0,60}$/.test(before)
  );
}
