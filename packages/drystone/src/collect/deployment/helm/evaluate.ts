/** Runs the tree of a template, within bounds. No code of the chart is run: only the functions of `functions.ts` exist. */
import { templateFunction } from "./functions.js";
import { markLines, markPrinted, withoutMarks } from "./marks.js";
import { type Branch, type Command, type Pipe, parseTemplate, type TemplateNode, type Term } from "./parse-template.js";
import { isList, isMap, isTrue, sortedKeys, textOf, type Value } from "./value.js";

export interface Definition {
  readonly nodes: readonly TemplateNode[];
  /** Index of the file in which it stands. */
  readonly file: number;
}

/** One rendering: shared by all templates of a chart, so that the bounds hold for the chart. */
export interface Rendering {
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The dot with which the template was started: `$`. */
  readonly root: Value;
  steps: number;
  characters: number;
  depth: number;
  /** What was asked for and is not known. */
  readonly unknown: Set<string>;
}

const maxSteps = 400_000;
const maxCharacters = 8_000_000;
const maxDepth = 60;
const maxArgument = 500_000;

export function rendering(definitions: ReadonlyMap<string, Definition>, root: Value): Rendering {
  return { definitions, root, steps: maxSteps, characters: maxCharacters, depth: 0, unknown: new Set() };
}

/** True when a bound ended the rendering early: the text is not complete then. */
export function isExhausted(run: Rendering): boolean {
  return run.steps <= 0 || run.characters <= 0;
}

/** Text of a template, with the marks of its lines. */
export function renderTemplate(definition: Definition, dot: Value, run: Rendering): string {
  if (run.depth >= maxDepth) {
    run.unknown.add("includes deeper than 60 levels");
    return "";
  }
  run.depth++;
  const out: string[] = [];
  const scope: Scope = { values: new Map([["", dot]]), outer: null };
  renderNodes(definition.nodes, { dot, scope, file: definition.file, run, out });
  run.depth--;
  return out.join("");
}

interface Scope {
  readonly values: Map<string, Value>;
  readonly outer: Scope | null;
}

interface Place {
  readonly dot: Value;
  readonly scope: Scope;
  readonly file: number;
  readonly run: Rendering;
  readonly out: string[];
}

type Leave = "break" | "continue" | null;

function renderNodes(nodes: readonly TemplateNode[], place: Place): Leave {
  for (const node of nodes) {
    if (--place.run.steps <= 0) return "break";
    switch (node.kind) {
      case "text":
        print(markLines(node.text, place.file, node.line), place);
        break;
      case "output": {
        const value = evaluate(node.pipe, place);
        if (node.pipe.names.length === 0) print(markPrinted(textOf(value), place.file, node.line), place);
        break;
      }
      case "template": {
        const dot = node.pipe === null ? null : evaluate(node.pipe, place);
        print(included(node.name, dot, place.run), place);
        break;
      }
      case "break":
      case "continue":
        return node.kind;
      default: {
        const leave = renderBranch(node, place);
        if (leave !== null) return leave;
      }
    }
  }
  return null;
}

function print(text: string, { run, out }: Place): void {
  run.characters -= text.length;
  if (run.characters > 0) out.push(text);
}

function renderBranch(node: Branch, place: Place): Leave {
  const scope: Scope = { values: new Map(), outer: place.scope };
  const inner: Place = { ...place, scope };
  if (node.kind === "range") return renderRange(node, inner);
  const value = evaluate(node.pipe, inner);
  if (!isTrue(value)) return renderNodes(node.otherwise, inner);
  return renderNodes(node.body, node.kind === "with" ? { ...inner, dot: value } : inner);
}

function renderRange(node: Branch, place: Place): Leave {
  const items = itemsOf(evaluate({ ...node.pipe, names: [] }, place));
  if (items.length === 0) return renderNodes(node.otherwise, place);
  for (const [key, value] of items) {
    if (--place.run.steps <= 0) break;
    const values = new Map<string, Value>();
    const [first, second] = node.pipe.names;
    if (first !== undefined) values.set(first, second === undefined ? value : key);
    if (second !== undefined) values.set(second, value);
    if (renderNodes(node.body, { ...place, dot: value, scope: { values, outer: place.scope } }) === "break") break;
  }
  return null;
}

function itemsOf(value: Value): [Value, Value][] {
  if (isMap(value)) return sortedKeys(value).map((key) => [key, value.get(key) ?? null]);
  if (isList(value)) return value.map((item, index) => [index, item]);
  return typeof value === "number" ? Array.from({ length: Math.max(0, Math.min(value, 1000)) }, (_, at) => [at, at]) : [];
}

function evaluate(pipe: Pipe, place: Place): Value {
  let value: Value = null;
  for (const [index, command] of pipe.commands.entries()) value = run(command, index === 0 ? [] : [value], place);
  for (const name of pipe.names) assign(name, value, pipe.declares, place.scope);
  return value;
}

function assign(name: string, value: Value, declares: boolean, scope: Scope): void {
  (declares ? scope : (scopeOf(name, scope) ?? scope)).values.set(name, value);
}

/** @param piped the value that the command before it left, as last argument. */
function run(command: Command, piped: readonly Value[], place: Place): Value {
  const [first, ...rest] = command;
  if (!first || --place.run.steps <= 0) return null;
  const args = () => [...rest.map((term) => valueOf(term, place)), ...piped];
  if (first.kind === "call") return call(first.name, args(), place);
  const value = resolve(first, place);
  if (typeof value === "function") return value(args().map(clean));
  return value ?? null;
}

function call(name: string, args: readonly Value[], place: Place): Value {
  const { run } = place;
  if (name === "include") return included(textOf(args[0]), args[1] ?? null, run);
  if (name === "tpl") return expanded(textOf(args[0]), args[1] ?? null, place);
  const known = templateFunction(name);
  if (!known) {
    if (run.unknown.size < 50) run.unknown.add(`function ${name.slice(0, 60)}`);
    return "";
  }
  const value = known(keepsMarks.has(name) ? args : args.map(clean));
  if (typeof value !== "string") {
    if (isList(value)) run.steps -= Math.floor(value.length / 100);
    return value;
  }
  run.characters -= value.length;
  return run.characters > 0 ? value.slice(0, maxArgument) : "";
}

const keepsMarks: ReadonlySet<string> = new Set(["indent", "nindent", "trim", "default", "coalesce", "print"]);

function clean(value: Value): Value {
  return typeof value === "string" ? withoutMarks(value) : value;
}

function included(name: string, dot: Value, run: Rendering): string {
  const definition = run.definitions.get(name);
  if (definition) return renderTemplate(definition, dot, run);
  // A whole file is only included to take its checksum.
  const isFile = /\/templates\/.{0,200}\.ya?ml$/.test(name);
  if (!isFile && run.unknown.size < 50) run.unknown.add(`template ${name.slice(0, 60)}`);
  return "";
}

/** A text of the values that is itself a template. */
function expanded(text: string, dot: Value, place: Place): string {
  const { run, file } = place;
  const plain = withoutMarks(text);
  if (!plain.includes("{{")) return text;
  run.steps -= 20 + Math.ceil(plain.length / 10);
  if (isExhausted(run)) return "";
  const { nodes } = parseTemplate(plain);
  return withoutMarks(renderTemplate({ nodes, file }, dot, run));
}

function valueOf(term: Term, place: Place): Value {
  if (term.kind === "call") return call(term.name, [], place);
  const value = resolve(term, place);
  return typeof value === "function" ? value([]) : (value ?? null);
}

/** The value of a term, methods not yet called. */
function resolve(term: Exclude<Term, { kind: "call" }>, place: Place): Value | undefined {
  switch (term.kind) {
    case "constant":
      return term.value;
    case "dot":
      return walk(place.dot, term.path);
    case "variable":
      return walk(variable(term.name, place.scope), term.path);
    default:
      return walk(evaluate(term.pipe, place), term.path);
  }
}

function walk(start: Value | undefined, path: readonly string[]): Value | undefined {
  let value = start;
  for (const step of path) {
    const held: Value | undefined = typeof value === "function" ? value([]) : value;
    value = isMap(held) ? held.get(step) : undefined;
  }
  return value;
}

function variable(name: string, scope: Scope): Value | undefined {
  return scopeOf(name, scope)?.values.get(name);
}

/** The closest scope that has the variable. */
function scopeOf(name: string, scope: Scope): Scope | null {
  for (let at: Scope | null = scope; at !== null; at = at.outer) if (at.values.has(name)) return at;
  return null;
}
