/** Paths of endpoints: prefixes joined, parameters as `{name}`. */
import { withoutSlashes } from "#util/slashes.js";
import type { Template } from "../cue.js";

/** `/a` and `b/{id:\d+}` as `/a/b/{id}`; the root as `/`. */
export function joinedPath(...parts: readonly Template[]): string {
  const joined = parts
    .map((part) => withoutSlashes(part.trim()))
    .filter((part) => part !== "")
    .join("/");
  return `/${plainParameters(joined)}`;
}

/** `{id:[0-9]{1,5}}`, `{id?}`, `:id` and `{*rest}` as `{id}`. */
function plainParameters(path: string): string {
  return path
    .replace(/\{\*?([A-Za-z_]\w{0,80})(?:\s{0,3}:(?:[^{}]|\{[^{}]{0,20}\}){0,200}|\?|\.\.\.)?\}/g, "{$1}")
    .replace(/(^|\/):([A-Za-z_]\w{0,80})/g, "$1{$2}")
    .replace(/\{[/?][^{}]{0,80}\}/g, "");
}

/** A path, not a regular expression, an address or the name of a view. */
export function isPath(path: string): boolean {
  return path.length <= 300 && !/[\s"'<>\\^|]|:\/\//.test(path);
}
