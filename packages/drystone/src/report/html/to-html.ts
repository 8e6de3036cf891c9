/** The page: the built file of packages/web with a result inside. Pure: the file and the compression are handed in. */
import type { Result } from "#model/result.js";

/** What the page is drawn from. `diff` is what changed since an earlier result (`report/diff`), null without one. */
export interface PageData {
  readonly result: Result;
  readonly diff: object | null;
  readonly people: "teams" | "handles" | "off";
}

/** From this many characters on the data is packed: a browser unpacks a megabyte in a few milliseconds, mail programs count every byte. */
export const packedFrom = 200_000;

/**
 * JSON that can stand in a script element: nothing in it ends the element or starts a comment. Handles of people are replaced by numbers
 * unless `people` is `handles`: a page is passed on.
 */
export function pageJson(data: PageData): string {
  const text = JSON.stringify(data, data.people === "handles" ? undefined : withoutHandles());
  return text.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * @param page the built file, with an empty place for the data
 * @param json of `pageJson`
 * @param packed the same as gzip in base64; null for a page that carries it as it is
 * @throws Error when `page` has no place for the data: then it was not built from packages/web.
 */
export function toHtml(page: string, json: string, packed: string | null): string {
  const at = page.indexOf(place);
  if (at < 0 || page.includes(place, at + 1)) throw new Error("the page has no single place for the data");
  const filled = packed === null ? `${opening}>${json}</script>` : `${opening} data-packed="gzip">${packed}</script>`;
  return page.slice(0, at) + filled + page.slice(at + place.length);
}

const opening = '<script type="application/json" id="drystone-data"';
const place = `${opening}></script>`;

/** Refs of people become `user:default/person-1` and on, the same person the same number. */
function withoutHandles(): (key: string, value: unknown) => unknown {
  const numbers = new Map<string, string>();
  return (_, value) => {
    if (typeof value !== "string" || !/^user:/i.test(value)) return value;
    const known = numbers.get(value) ?? `user:default/person-${numbers.size + 1}`;
    numbers.set(value, known);
    return known;
  };
}
