/** The imports of a JavaScript or TypeScript file by a full parser, for the few that import below their head. */
import type { Comment } from "oxc-parser";
import { mayImportAt } from "./header.js";
import { type Dialect, type ImportingNode, parse, type Span } from "./parse.js";
import { type Found, type Read, readExport, readImport } from "./statements.js";

/** Null when the file cannot be parsed. */
export function readParsed(text: string, dialect: Dialect): Found[] | null {
  const parsed = parse(text, dialect);
  if (parsed === null) return null;
  const { staticImports, staticExports, dynamicImports } = parsed.module;
  const found = [
    ...staticImports.flatMap(({ start }) => foundBy(readImport(text, start))),
    // `import { a } from "b"; export { a }` is told as an export that starts at the import.
    ...staticExports.flatMap(({ start }) => (text.startsWith("export", start) ? foundBy(readExport(text, start)) : [])),
    ...dynamicImports.flatMap(({ start, moduleRequest }) => foundIn(text, moduleRequest, "dynamic", start)),
  ];
  const known = new Set([...staticImports, ...staticExports, ...dynamicImports].map(({ start }) => start));
  // Building the whole tree costs more than parsing: only where a word is left that the lists do not explain.
  if (hasMore(text, known, parsed.comments)) {
    for (const node of parsed.importing()) if (!known.has(node.start)) found.push(...foundInNode(text, node));
  }
  return found.sort((a, b) => a.offset - b.offset);
}

function foundBy(read: Read): readonly Found[] {
  return read === null || read === "unclear" ? [] : read.found;
}

/** What an argument imports: a text in quotes, or a template without holes. */
function foundIn(text: string, argument: Span, kind: Found["kind"], offset: number): Found[] {
  const specifier = /^(["'`])([^"'`\\]{1,5000})\1$/.exec(text.slice(argument.start, argument.end))?.[2];
  return specifier === undefined || specifier.includes("${") ? [] : [{ specifier, kind, offset }];
}

/** Is there a `require`, an import in a type or a declaration inside of a block, outside of comments? */
function hasMore(text: string, known: ReadonlySet<number>, comments: readonly Comment[]): boolean {
  let next = 0;
  for (const match of text.matchAll(/\b(?:import|export|require)\b/g)) {
    while (next < comments.length && (comments[next]?.end ?? 0) <= match.index) next++;
    const isComment = (comments[next]?.start ?? text.length) <= match.index;
    if (!isComment && !known.has(match.index) && mayImportAt(text, match.index, match[0])) return true;
  }
  return false;
}

/** What the lists leave out: calls of `require`, `import x = require()`, `import("x")` in types, declarations in blocks. */
function foundInNode(text: string, { type, start, arguments: passed, source }: ImportingNode): readonly Found[] {
  if (type === "ImportDeclaration" || type === "TSImportEqualsDeclaration") return foundBy(readImport(text, start));
  if (type === "ExportNamedDeclaration" || type === "ExportAllDeclaration") return foundBy(readExport(text, start));
  if (type === "TSImportType") return source ? foundIn(text, source, "type", start) : [];
  return type === "CallExpression" && passed?.[0] ? foundIn(text, passed[0], "value", start) : [];
}
