/** JSON as configuration files write it: with comments and commas at the end of lists. */
import { skipQuoted, skipTrivia } from "../text.js";

const maxLength = 1024 * 1024;

/** The value; null when it cannot be read. */
export function readJsonc(text: string): unknown {
  if (text.length > maxLength) return null;
  try {
    return JSON.parse(text);
  } catch {
    // Comments and trailing commas are the usual reason; anything else is no configuration.
  }
  try {
    return JSON.parse(withoutComments(text).replace(trailingComma, ""));
  } catch {
    return null;
  }
}

const trailingComma = /,(?=\s{0,2000}[\]}])/g;

function withoutComments(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 34) at = skipQuoted(text, at);
    else if (code === 47) {
      const end = skipTrivia(text, at);
      if (end > at) pieces.push(text.slice(from, at));
      from = end > at ? end : from;
      at = Math.max(end, at + 1);
    } else at++;
  }
  pieces.push(text.slice(from));
  return pieces.join(" ");
}
