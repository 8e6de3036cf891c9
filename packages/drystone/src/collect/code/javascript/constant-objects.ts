import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { constant, take } from "./constants.js";
import { textAt } from "./text-at.js";
import { argumentText, propertiesAt } from "./values.js";

const named =
  /(?<![\w$.])(?:const|let|var)\s{1,9}([A-Za-z_$][\w$]{0,100})(?:\s{0,3}:\s{0,3}[\w<>.|[\]]{1,80})?\s{0,3}=\s{0,9}(?:Object\.freeze\(\s{0,9})?(?:<const>\s{0,3})?\{/g;
const whole =
  /(?<![\w$.])(?:module\.exports\s{0,3}=|export\s{1,9}default)\s{0,9}(?:\(\s{0,3}\)\s{0,3}(?::\s{0,3}[\w<>.]{1,60})?\s{0,3}=>\s{0,9}\(\s{0,9})?\{/g;
const registered = /(?<![\w$.])registerAs\s?\(/g;
const maxDepth = 2;

/**
 * Objects of constants and of configuration that other files read members of: `Topics.CREATED`, `config.ordersUrl`, `environment.apiUrl`.
 * An object in small letters counts only with values that name an address or a setting; a file that exports one object is named after the file.
 */
export const constantObjects: Detector = {
  name: "javascript/constant-objects",
  languages: ["javascript"],
  words: ["export", "exports"],
  detect(source, emit) {
    const exportedLater = /(?:export\s{1,9}default|module\.exports\s{0,3}=)\s{0,9}([A-Za-z_$][\w$]{0,100})\s{0,3}(?:;|\n|$)/.exec(
      source.bare,
    )?.[1];
    for (const match of take(source, named)) {
      const name = match[1] ?? "";
      const isExported =
        name === exportedLater || /export\s{1,9}$/.test(source.bare.slice(Math.max(0, match.index - 12), match.index));
      if (isExported || /^[A-Z]/.test(name)) object(source, match.index + match[0].length - 1, [name], emit);
    }
    for (const match of take(source, whole)) object(source, match.index + match[0].length - 1, [fileName(source.path)], emit);
    for (const match of take(source, registered)) {
      const open = match.index + match[0].length - 1;
      const space = argumentText(source, open, 0);
      const body = /=>\s{0,9}\(\s{0,9}\{/.exec(source.bare.slice(open, open + 200));
      if (space !== null && body !== null) object(source, open + body.index + body[0].length - 1, [space], emit, true);
    }
  },
};

/** `isNamespace`: its members are also read by their whole path: `config.get("orders.http.url")`. */
function object(source: Source, open: number, path: readonly string[], emit: Emit, isNamespace = false): void {
  for (const [key, at] of [...propertiesAt(source, open)].slice(0, 200)) {
    if (!/^[A-Za-z_$][\w$]{0,100}$/.test(key)) continue;
    if (source.bare[at] === "{") {
      if (path.length <= maxDepth) object(source, at, [...path, key], emit, isNamespace);
      continue;
    }
    const value = textAt(source, at);
    if (
      value === null ||
      (!/^[A-Z]/.test(path[0] ?? "") &&
        !/\$\{|[a-z]:\/\/|^[\w.-]{1,80}:\d{2,5}$/i.test(value) &&
        !/^[A-Z][A-Z0-9_]{2,}$/.test(key))
    )
      continue;
    constant(emit, at, [...path, key].slice(-2).join("."), value);
    if (path.length > 1 && isNamespace) constant(emit, at, [...path, key].join("."), value);
  }
}

/** `config` for `config.js` and `config/index.js`. */
function fileName(path: string): string {
  const parts = path.replace(/(?:\.(?:config|env|dev|prod))?\.[cm]?[jt]sx?$/, "").split("/");
  return (parts.at(-1) === "index" ? parts.at(-2) : parts.at(-1)) ?? "";
}
