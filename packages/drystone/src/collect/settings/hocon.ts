/** The part of HOCON that settings use: nested blocks, joined texts, `${?OVERRIDE}`. */
import type { RawEntry } from "./raw-entry.js";

const maxLines = 20_000;
const maxDepth = 40;

/** A later value of a key wins; `${?X}` keeps the value before it as its default. */
export function readHocon(text: string): RawEntry[] {
  const found = new Map<string, RawEntry>();
  const blocks: string[] = [];
  for (const [index, written] of text.split("\n", maxLines).entries()) {
    let rest = withoutComment(written).trim();
    while (rest.startsWith("}")) {
      blocks.pop();
      rest = rest.slice(1).replace(/^\s*,?\s*/, "");
    }
    const opened = /^"?([\w.$:/-]{1,200})"?\s{0,20}[:=]?\s{0,20}\{(.*)$/.exec(rest);
    if (opened?.[1] !== undefined && !opened[1].endsWith("$")) {
      if (blocks.length < maxDepth) blocks.push(opened[1]);
      rest = (opened[2] ?? "").trim();
      const closes = /^([^{}]{0,1000})\}\s*,?$/.exec(rest);
      if (closes !== null) {
        for (const part of (closes[1] ?? "").split(",")) set(part.trim(), index + 1);
        blocks.pop();
        continue;
      }
    }
    set(rest.replace(/,$/, ""), index + 1);
    for (const char of trailingBraces(rest)) if (char === "}") blocks.pop();
  }
  return [...found.values()];

  function set(line: string, at: number): void {
    const entry = /^"?([\w.:/-]{1,200})"?\s{0,20}(?:=|:(?!\/\/))\s{0,20}(.{1,4000})$/.exec(line);
    if (entry?.[1] === undefined) return;
    const key = [...blocks, entry[1]].join(".");
    const value = joined(
      (entry[2] ?? "").replace(/\s{0,50}\}{1,50}\s{0,50}$/, (end) =>
        (entry[2] ?? "").includes("${") && !/\}\s*\}/.test(entry[2] ?? "") ? end : "",
      ),
    );
    const override = /^\$\{\?([\w.-]{1,160})\}$/.exec(value);
    const before = found.get(key);
    const resolved =
      override === null
        ? value.replace(/\$\{\?/g, "${")
        : before === undefined || before.value === ""
          ? `\${${override[1]}}`
          : `\${${override[1]}:${before.value}}`;
    found.set(key, { key, value: resolved, line: before?.line ?? at, profile: null });
  }
}

/** `"http://"${host}":80"` as one text. */
function joined(written: string): string {
  return written
    .trim()
    .replace(/"((?:[^"\\]|\\.){0,2000})"/g, "$1")
    .trim();
}

function withoutComment(line: string): string {
  const bare = line.replace(/"(?:[^"\\]|\\.){0,2000}"/g, (part) => "_".repeat(part.length));
  const at = /(?:^|\s)(?:#|\/\/)/.exec(bare);
  return at === null ? line : line.slice(0, at.index);
}

/** Closing braces behind a value that do not belong to a placeholder. */
function trailingBraces(line: string): string {
  return /^[^{]*$/.test(line) ? (/\}+\s*,?$/.exec(line)?.[0] ?? "") : "";
}
