/** Imports of JavaScript and TypeScript files. */
import { type FileImports, type FoundImport, fileImports } from "../file-imports.js";
import { detached, lineTeller } from "../text.js";
import { scriptBlocks } from "./blocks.js";
import { readHeader } from "./header.js";
import type { Dialect } from "./parse.js";
import { readParsed } from "./parsed.js";
import type { Found } from "./statements.js";

export function scanJavaScript(text: string, path: string): FileImports {
  if (/\.(?:vue|svelte|astro)$/.test(path)) return scanBlocks(text, path);
  const { found, problem } = read(text, dialectOf(path));
  return fileImports("javascript", withLines(found, text, 0), { problem });
}

function scanBlocks(text: string, path: string): FileImports {
  const problems: string[] = [];
  const imports = scriptBlocks(text, path.endsWith(".astro")).flatMap((block) => {
    const { found, problem } = read(block.text, block.dialect);
    if (problem !== null) problems.push(problem);
    const outside: Found[] = block.source === null ? [] : [{ specifier: block.source, kind: "value", offset: 0 }];
    return withLines([...outside, ...found], text, block.offset);
  });
  return fileImports("javascript", imports, { problem: problems[0] ?? null });
}

function read(text: string, dialect: Dialect): { readonly found: readonly Found[]; readonly problem: string | null } {
  const header = readHeader(text);
  if (header.complete) return { found: header.found, problem: null };
  const parsed = readParsed(text, dialect);
  if (parsed === null) return { found: header.found, problem: "cannot be parsed; only the imports at its head were read" };
  const references = header.found.filter(({ offset, kind }) => kind === "type" && text.startsWith("//", offset));
  return { found: [...references, ...parsed], problem: null };
}

function dialectOf(path: string): Dialect {
  if (/\.d\.[cm]?ts$/.test(path)) return "dts";
  if (/\.[cm]?ts$/.test(path)) return "ts";
  return path.endsWith(".tsx") ? "tsx" : "jsx";
}

function withLines(found: readonly Found[], text: string, base: number): FoundImport[] {
  const lineOf = lineTeller(text);
  return found.map(({ specifier, kind, offset }) => ({
    specifier: detached(specifier),
    name: null,
    kind,
    line: lineOf(base + offset),
  }));
}
