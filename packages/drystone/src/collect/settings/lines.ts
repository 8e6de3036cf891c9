/** Formats of one setting per line: properties, env files, INI and TOML. */
import type { RawEntry } from "./raw-entry.js";

const maxLines = 20_000;

/** Java properties: `key = value`, `key: value`, continued by `\`, `#---` between documents. */
export function readProperties(text: string): RawEntry[] {
  const found: RawEntry[] = [];
  const lines = text.split("\n", maxLines);
  let document: RawEntry[] = [];
  const finish = (): void => {
    const profile =
      document.find(({ key }) => key === "spring.config.activate.on-profile" || key === "spring.profiles")?.value ?? null;
    found.push(...document.map((entry) => ({ ...entry, profile })));
    document = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    let written = (lines[at] ?? "").trim();
    if (written === "#---" || written === "!---") finish();
    if (written === "" || written.startsWith("#") || written.startsWith("!")) continue;
    while (/(?:^|[^\\])(?:\\\\){0,50}\\$/.test(written.slice(-110)) && at + 1 < lines.length && written.length < 10_000)
      written = written.slice(0, -1) + (lines[++at] ?? "").trim();
    const cut = separator(written);
    const key = written.slice(0, cut.from).replaceAll("\\", "");
    if (key !== "" && key.length <= 300) document.push({ key, value: unescaped(written.slice(cut.to)), line, profile: null });
  }
  finish();
  return found;
}

/** Where the key ends and the value begins. */
function separator(line: string): { from: number; to: number } {
  let at = 0;
  while (at < line.length && !/[=:\s]/.test(line[at] ?? "")) at += line[at] === "\\" ? 2 : 1;
  const from = Math.min(at, line.length);
  const behind = /^\s{0,100}[=:]?\s{0,100}/.exec(line.slice(from))?.[0].length ?? 0;
  return { from, to: from + behind };
}

function unescaped(value: string): string {
  return value.includes("\\")
    ? value.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) =>
        code.length === 5 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : /[nrtf]/.test(code) ? " " : code,
      )
    : value;
}

/** `KEY=value`, `export KEY="value"`. */
export function readEnvironment(text: string): RawEntry[] {
  return text.split("\n", maxLines).flatMap((written, index): RawEntry[] => {
    const found = /^\s{0,20}(?:export\s{1,5})?([A-Za-z_][\w.:-]{0,200})\s{0,5}=\s{0,5}(.{0,4000})$/.exec(written.trimEnd());
    if (found?.[1] === undefined) return [];
    return [{ key: found[1], value: plain(found[2] ?? ""), line: index + 1, profile: null }];
  });
}

/** INI and TOML: `[section]`, `key = value`. Lists and texts over many lines are left out, lists of one line become `key[0]`. */
export function readSections(text: string): RawEntry[] {
  const found: RawEntry[] = [];
  let section = "";
  for (const [index, written] of text.split("\n", maxLines).entries()) {
    const line = written.trim();
    if (line === "" || /^[#;]/.test(line)) continue;
    const header = /^\[\[?\s{0,5}([^\]]{1,200}?)\s{0,5}\]\]?/.exec(line)?.[1];
    if (header !== undefined) {
      section = `${header.replace(/["']/g, "")}.`;
      continue;
    }
    const entry = /^["']?([\w.:/-]{1,200})["']?\s{0,20}[=:]\s{0,20}(.{0,4000})$/.exec(line);
    if (entry?.[1] === undefined) continue;
    const key = section + entry[1];
    const value = entry[2] ?? "";
    const items = value.startsWith("[")
      ? [...value.matchAll(/"([^"]{0,500})"|'([^']{0,500})'/g)].map((item) => item[1] ?? item[2] ?? "")
      : null;
    if (items === null) found.push({ key, value: plain(value), line: index + 1, profile: null });
    else
      for (const [at, item] of items.entries()) found.push({ key: `${key}[${at}]`, value: item, line: index + 1, profile: null });
  }
  return found;
}

/** Without quotes and a comment behind. */
function plain(written: string): string {
  const quoted = /^(?:"((?:[^"\\]|\\.){0,4000})"|'([^']{0,4000})')/.exec(written);
  return quoted === null ? written.replace(/(?:^|\s)[#;].*$/, "").trim() : (quoted[1] ?? quoted[2] ?? "");
}
