import type { Source } from "../source.js";

const lookBack = 3000;
const repeating =
  /\.(?:map|forEach|flatMap|filter|reduce|some|every|each|eachLimit|eachSeries|mapSeries|mapLimit|times)\s?(?:<[\w\s.,<>[\]|]{1,80}>)?\s?$/;
const loopHead = /\b(?:for|while)(?:\s{1,9}await)?\s{0,9}$/;

/** Whether the place is run once per item: inside of `for`, `while` or a callback of `map` and the like, within the same function. */
export function isInLoop(source: Source, offset: number): boolean {
  const { bare } = source;
  const floor = Math.max(0, offset - lookBack);
  if (followsLoopHead(bare, offset, floor)) return true;
  let depth = 0;
  let isFunction = false;
  for (let at = offset - 1; at >= floor; at--) {
    const char = bare[at];
    if (char === ")" || char === "}" || char === "]") depth++;
    else if (char === "(" || char === "{" || char === "[") {
      if (depth > 0) {
        depth--;
        continue;
      }
      const before = bare.slice(Math.max(floor, at - 120), at);
      if (char === "(") {
        if (repeating.test(before)) return true;
        // The callback of another call runs when that call likes.
        if (isFunction) return false;
      } else if (char === "{") {
        if (/=>\s{0,9}$/.test(before)) {
          if (isFunction) return false;
          isFunction = true;
        } else if (/\)\s{0,9}(?::[^(){};]{1,100})?$/.test(before)) {
          const head = headOf(bare, before, at, floor);
          // A handler that is set in a loop runs when something happens, not once per item.
          if (loopHead.test(head)) return !isFunction;
          if (!/\b(?:if|switch|catch|with)\s{0,9}$/.test(head)) {
            if (isFunction) return false;
            isFunction = true;
          }
        } else if (/\bdo\s{0,9}$/.test(before)) return true;
      }
    } else if (char === ">" && bare[at - 1] === "=" && depth === 0 && !isFunction) {
      // An arrow without braces: `items.map((item) => fetch(item))`.
      isFunction = true;
    } else if (char === ";" && depth === 0) {
      // Nothing: the statement before is none of this place.
    }
  }
  return false;
}

/** Text before the bracket that the `)` before a block closes. */
function headOf(bare: string, before: string, at: number, floor: number): string {
  let depth = 0;
  for (let index = at - (before.length - before.lastIndexOf(")")); index >= floor; index--) {
    if (bare[index] === ")") depth++;
    else if (bare[index] === "(" && --depth === 0) return bare.slice(Math.max(floor, index - 40), index);
  }
  return "";
}

/** `for (…) await send(item)` without braces. */
function followsLoopHead(bare: string, offset: number, floor: number): boolean {
  const from = Math.max(floor, offset - 300);
  const statement = bare.slice(from, offset);
  const begin = Math.max(statement.lastIndexOf("{"), statement.lastIndexOf("}"), statement.lastIndexOf("\n\n"));
  return /(?:^|\s)(?:for|while)(?:\s{1,9}await)?\s{0,9}\([^(){};]{1,200}\)\s{0,40}(?:(?:await|return|void|yield)\s{1,9})?(?:[\w$.]{1,80}\s{0,3}=\s{0,3}(?:await\s{1,9})?)?$/.test(
    statement.slice(begin + 1),
  );
}
