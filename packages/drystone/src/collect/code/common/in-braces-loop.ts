import type { Source } from "../source.js";

const maxLook = 6000;

/** Whether the place is run once per item, in languages with braces (Go, Rust, C++): inside of a loop of the same function. */
export function isInLoop({ bare }: Source, offset: number): boolean {
  let depth = 0;
  for (let at = offset - 1; at > Math.max(0, offset - maxLook); at--) {
    const char = bare[at];
    if (char === "}" || char === ")" || char === "]") depth++;
    else if (char === "{" || char === "(" || char === "[") {
      if (depth > 0) {
        depth--;
        continue;
      }
      const before = bare.slice(Math.max(0, at - 200), at);
      const head = before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("{"), before.lastIndexOf("}")) + 1);
      if (char === "{" && /^\s{0,60}(?:'\w{1,20}:\s{0,3})?(?:for|while|loop)\b/.test(head)) return true;
      if (
        char === "(" &&
        /\.(?:for_each|map|flat_map|filter_map|then|and_then_all|try_for_each)$/.test(before) &&
        /\.(?:iter|into_iter|chunks|stream)\w{0,10}\(/.test(before)
      )
        return true;
      if (char === "{" && /(?:^|\s)(?:func|fn)\b[^{}]{0,190}$/.test(before)) {
        // A function that is started for each item still runs in the loop.
        if (!/\bgo\s{1,3}func\b[^{}]{0,60}$|\.Go\(func\b[^{}]{0,60}$/.test(before)) return false;
      }
    }
  }
  return false;
}
