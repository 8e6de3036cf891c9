/** oxc-parser on untrusted text. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import type { Comment, EcmaScriptModule, parseSync as ParseSync } from "oxc-parser";
import { mayBeTooDeep } from "./nesting.js";

/** How oxc-parser is to read a text. */
export type Dialect = "ts" | "tsx" | "jsx" | "dts";

export interface Parsed {
  readonly module: Pick<EcmaScriptModule, "staticImports" | "staticExports" | "dynamicImports">;
  readonly comments: readonly Comment[];
  /** Nodes of ESTree, with TypeScript's additions, that may import. Building the tree costs more than parsing: only when asked for. */
  readonly importing: () => readonly ImportingNode[];
}

export interface ImportingNode extends Span {
  readonly type: string;
  readonly callee?: { readonly name?: string };
  readonly arguments?: readonly Span[];
  readonly source?: Span | null;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Null when the text cannot be parsed. */
export function parse(text: string, dialect: Dialect): Parsed | null {
  return mayBeTooDeep(text, dialect === "tsx" || dialect === "jsx") ? parseApart(text, dialect) : parseHere(text, dialect);
}

/** The whole tree of a small file, ESTree with TypeScript's additions; null when it cannot be parsed, or is nested too deeply for that. */
export function parseTree(text: string, dialect: Dialect): unknown {
  if (mayBeTooDeep(text, dialect === "tsx" || dialect === "jsx")) return null;
  const { parseSync } = load("oxc-parser") as { readonly parseSync: typeof ParseSync };
  const asModule = parseSync("file", text, { lang: dialect, sourceType: "module" });
  const read = asModule.errors.length > 0 ? parseSync("file", text, { lang: dialect, sourceType: "script" }) : asModule;
  return read.errors.length > 0 ? null : read.program;
}

const load = createRequire(import.meta.url);

function parseHere(text: string, dialect: Dialect): Parsed | null {
  // Loaded when a file needs it: most commands and many repositories never do.
  const { parseSync } = load("oxc-parser") as { readonly parseSync: typeof ParseSync };
  const asModule = parseSync("file", text, { lang: dialect, sourceType: "module" });
  const asScript = asModule.errors.length > 0 ? parseSync("file", text, { lang: dialect, sourceType: "script" }) : asModule;
  // A file with a mistake can still be read unless the parser gave up.
  const read = asScript.errors.length === 0 ? asScript : [asModule, asScript].find(({ program }) => program.body.length > 0);
  return read ? { module: read.module, comments: read.comments, importing: () => importingNodes(read.program) } : null;
}

/** Uses nothing but its argument and plain JavaScript: it is also sent to the other process as text, so no build may add helpers to it (`keepNames`). */
function importingNodes(program: unknown): ImportingNode[] {
  const found: ImportingNode[] = [];
  const open: unknown[] = [program];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    const node = value as ImportingNode;
    if (/^(?:Import|ExportNamed|ExportAll|TSImport|Call)/.test(node.type)) {
      const { type, start, end, callee, arguments: passed, source } = node;
      const spans = { source: source ? { start: source.start, end: source.end } : null };
      const first = (passed ?? []).slice(0, 1).map((argument) => ({ start: argument.start, end: argument.end }));
      if (!callee || callee.name === "require") found.push({ type, start, end, ...spans, arguments: first });
    }
    for (const part of Object.values(value)) if (typeof part === "object") open.push(part);
  }
  return found;
}

let processesLeft = 200;

/** In a process of its own, which may end without harm. About 0.1 s each, so only for few files. */
function parseApart(text: string, dialect: Dialect): Parsed | null {
  if (processesLeft-- <= 0) return null;
  const run = spawnSync(process.execPath, ["-e", script, load.resolve("oxc-parser"), dialect], {
    input: text,
    encoding: "utf8",
    env: {},
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["pipe", "pipe", "ignore"],
    timeout: 20_000,
  });
  if (run.status !== 0 || run.stdout === "") return null;
  const read = JSON.parse(run.stdout) as Omit<Parsed, "importing"> & { readonly nodes: readonly ImportingNode[] };
  return { ...read, importing: () => read.nodes };
}

const script = `
const [, parser, lang] = process.argv;
const text = require("node:fs").readFileSync(0, "utf8");
const parse = (sourceType) => require(parser).parseSync("file", text, { lang, sourceType });
let read = parse("module");
if (read.errors.length > 0) read = [read, parse("script")].sort((a, b) => a.errors.length - b.errors.length).find(({ program }) => program.body.length > 0);
if (read) {
  const { staticImports, staticExports, dynamicImports } = read.module;
  const nodes = (${importingNodes.toString()})(read.program);
  process.stdout.write(JSON.stringify({ module: { staticImports, staticExports, dynamicImports }, comments: read.comments.map(({ start, end }) => ({ start, end })), nodes }));
}
`;
