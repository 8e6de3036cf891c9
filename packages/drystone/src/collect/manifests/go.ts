/** go.mod and what a Go file says about itself. */
import { type BuildManifest, type Dependency, folderOf } from "./manifest.js";

/** Reads a go.mod; the name is the module path. */
export function readGoMod(path: string, text: string): BuildManifest {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.startsWith("module "));
  return {
    path,
    folder: folderOf(path),
    ecosystem: "go",
    technology: "go",
    name: at < 0 ? null : (lines[at]?.slice(7).trim().replaceAll('"', "").split(/\s/)[0] ?? null),
    line: Math.max(1, at + 1),
    executable: null,
    aggregator: false,
    members: [],
    dependencies: lines.flatMap(requirement),
    published: false,
  };
}

export interface GoFile {
  /** Package clause; "" when there is none. */
  readonly package: string;
  readonly line: number;
  /** Import paths with their line. */
  readonly imports: readonly { readonly path: string; readonly line: number }[];
}

/** Package clause and imports of a Go file: they stand before any other code. */
export function readGoHead(text: string): GoFile {
  const imports: { path: string; line: number }[] = [];
  let name = "";
  let at = 1;
  let block = false;
  for (const [index, line] of text.slice(0, 20_000).split("\n").entries()) {
    const code = line.trim();
    if (name === "") {
      const clause = /^package\s{1,9}(\w{1,100})/.exec(code);
      if (clause) [name, at] = [clause[1] ?? "", index + 1];
      continue;
    }
    if (/^(?:func|type|var|const)\b/.test(code)) break;
    if (code.startsWith("import (")) block = true;
    else if (block && code.startsWith(")")) block = false;
    const found = block || code.startsWith("import ") ? /"([^"]{1,300})"/.exec(code)?.[1] : undefined;
    if (found) imports.push({ path: found, line: index + 1 });
  }
  return { package: name, line: at, imports };
}

function requirement(line: string, index: number): Dependency[] {
  const found =
    /^(?:require\s{1,9})?\s{0,9}([a-z0-9][\w.~-]{0,100}\/[^\s]{1,200})\s{1,9}(v\d[^\s]{0,100})(\s{0,9}\/\/ indirect)?/.exec(
      line.replace("\t", " "),
    );
  if (!found?.[1] || found[3]) return [];
  return [{ name: found[1], version: found[2] ?? null, line: index + 1, path: null, runtime: true }];
}
