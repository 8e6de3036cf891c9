/** Reads the lists of accepted findings: `.drystone/accepted.yaml`, and `accepted.yaml` beside the `module.yml` of a module that keeps its own. */
import type { ImportKind, Problem, SourceFact } from "#model/facts.js";
import type { AcceptedFact } from "#model/policy.js";
import { parseRef } from "#model/refs.js";
import { endOfDay } from "#util/dates.js";
import { printable } from "#util/escape.js";
import type { FileTree } from "../files/index.js";
import { readYaml, record, scalarText } from "../yaml/index.js";
import { readEntryLine } from "./entry-line.js";

const rootAcceptedFile = ".drystone/accepted.yaml";
/** Far above any list that people keep; a longer one is cut and said to be. */
const maxBytes = 64 * 1024 * 1024;
const maxEntries = 200_000;
const maxText = 4096;
const shownProblems = 20;

export interface AcceptedFacts {
  readonly accepted: readonly AcceptedFact[];
  /** Text of each list that was read, by path, so that it can be written again with its comments. */
  readonly texts: ReadonlyMap<string, string>;
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

/**
 * ```yaml
 * accepted:
 *   - { rule: module-boundaries/private-import, module: orders, from: src/orders/a.ts, to: src/payments/b.ts, kind: value, owner: team-orders, reason: "…", until: 2027-01-31 }
 * ```
 * Never throws. An entry that cannot be understood whole does not count and becomes a problem with file and line: half an exception would hide more, or for longer, than somebody decided.
 */
export function readAccepted(tree: FileTree): AcceptedFacts {
  const files = acceptedFiles(tree.paths);
  const texts = tree.read(files, { maxBytes });
  const accepted: AcceptedFact[] = [];
  const sources: SourceFact[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const text = texts.get(file);
    if (text === undefined) {
      sources.push(source(tree, file, 0, "could not be read"));
      continue;
    }
    const found: Problem[] = [];
    const before = accepted.length;
    for (const entry of entriesOf(tree.repository, file, text, found)) accepted.push(entry);
    sources.push(source(tree, file, accepted.length - before, null));
    problems.push(...bounded(file, found));
  }
  problems.push(...bounded(rootAcceptedFile, duplicatesOf(accepted)));
  return { accepted, texts, sources, problems };
}

/** The list that holds the entries of a module with its files in `folder`: its own where it has a `module.yml`, else the one of the repository. */
export function acceptedFileOf(folder: string | null, paths: ReadonlySet<string>): string {
  if (folder === null || folder === "") return rootAcceptedFile;
  return moduleFiles.some((name) => paths.has(`${folder}/${name}`)) ? `${folder}/accepted.yaml` : rootAcceptedFile;
}

const moduleFiles = ["module.yml", "module.yaml"];

function acceptedFiles(paths: readonly string[]): string[] {
  const present = new Set(paths);
  return paths.filter((path) => {
    if (path === rootAcceptedFile) return true;
    if (!path.endsWith("/accepted.yaml")) return false;
    return moduleFiles.some((name) => present.has(path.slice(0, -"accepted.yaml".length) + name));
  });
}

function* entriesOf(repository: string, file: string, text: string, problems: Problem[]): Generator<AcceptedFact> {
  let count = 0;
  for (const { fields, line } of rawEntries(file, text, problems)) {
    if (++count > maxEntries) {
      problems.push({
        path: file,
        line,
        message: `more than ${maxEntries} entries`,
        hint: "the rest does not count; split the list",
      });
      return;
    }
    const entry = entryOf(repository, file, line, fields, problems);
    if (entry !== null) yield entry;
  }
}

interface RawEntry {
  readonly fields: ReadonlyMap<string, string>;
  readonly line: number;
}

/** Line by line where every entry stands on its own line, else by the YAML parser. */
function rawEntries(file: string, text: string, problems: Problem[]): readonly RawEntry[] {
  const fast: RawEntry[] = [];
  let inside = false;
  let indent: number | null = null;
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    if (!inside) {
      if (line.trimEnd() !== "accepted:") return parsedEntries(file, text, problems);
      inside = true;
      continue;
    }
    const fields = readEntryLine(line);
    const own = line.length - line.trimStart().length;
    if (fields === null || (indent !== null && own !== indent)) return parsedEntries(file, text, problems);
    indent = own;
    fast.push({ fields, line: index + 1 });
  }
  return fast;
}

function parsedEntries(file: string, text: string, problems: Problem[]): readonly RawEntry[] {
  const { documents, problems: broken } = readYaml(file, text);
  problems.push(...broken);
  const [document] = documents;
  if (document === undefined) return [];
  const { accepted: list, ...others } = record(document.value);
  for (const key of Object.keys(others))
    problems.push({
      path: file,
      line: document.lineOf([key]),
      message: `${file}: unknown key ${JSON.stringify(printable(key))}`,
      hint: "there is one key: accepted, with a list of entries",
    });
  if (list === null || list === undefined) {
    if (Object.keys(others).length > 0 || Array.isArray(document.value)) problems.push(notAList(file, 1));
    return [];
  }
  if (!Array.isArray(list)) {
    problems.push(notAList(file, document.lineOf(["accepted"])));
    return [];
  }
  return list.map((item: unknown, index) => ({
    fields: new Map(Object.entries(record(item)).map(([name, value]) => [name, scalarText(value)])),
    line: document.lineOf(["accepted", index]),
  }));
}

function notAList(file: string, line: number): Problem {
  return {
    path: file,
    line,
    message: `${file}: no list of entries`,
    hint: "write the key accepted and a list below it, or let drystone accept write the file",
  };
}

const fieldNames = ["rule", "module", "from", "to", "kind", "owner", "reason", "until"];
const kinds: readonly ImportKind[] = ["value", "type", "dynamic", "reexport"];

function entryOf(
  repository: string,
  file: string,
  line: number,
  fields: ReadonlyMap<string, string>,
  problems: Problem[],
): AcceptedFact | null {
  const mistake = mistakeOf(fields);
  if (mistake !== null) {
    problems.push({
      path: file,
      line,
      message: `${file}:${line}: ${mistake.message}; the entry does not count`,
      hint: mistake.hint,
    });
    return null;
  }
  const text = (name: string) => fields.get(name)?.trim() || null;
  const module = text("module");
  return {
    rule: fields.get("rule") ?? "",
    module: module === null ? "" : parseRef(module, "component"),
    from: fields.get("from") ?? "",
    to: fields.get("to") ?? "",
    kind: kinds.find((kind) => kind === fields.get("kind")) ?? null,
    repository,
    owner: text("owner"),
    reason: text("reason"),
    until: text("until"),
    file,
    line,
  };
}

interface Mistake {
  readonly message: string;
  readonly hint: string;
}

function mistakeOf(fields: ReadonlyMap<string, string>): Mistake | null {
  for (const [name, value] of fields) {
    if (!fieldNames.includes(name))
      return {
        message: `unknown field ${JSON.stringify(printable(name.slice(0, 60)))}`,
        hint: `known: ${fieldNames.join(", ")}`,
      };
    if (value.length > maxText) return { message: `${name} has ${value.length} characters`, hint: `use at most ${maxText}` };
  }
  for (const name of ["rule", "from", "to"])
    if (!fields.get(name))
      return { message: `no ${name}`, hint: "an entry needs rule, from and to as drystone check --format json prints them" };
  const rule = fields.get("rule") ?? "";
  if (!/^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/.test(rule))
    return { message: `${quoted(rule)} is no rule`, hint: "write the code of the finding: module-boundaries/private-import" };
  const kind = fields.get("kind") ?? "";
  if (kind !== "" && !kinds.some((known) => known === kind))
    return { message: `${quoted(kind)} is no kind of import`, hint: `use ${kinds.join(", ")}, or leave it out` };
  const until = fields.get("until") ?? "";
  if (until !== "" && endOfDay(until) === null)
    return { message: `until ${quoted(until)} is no date`, hint: "write a day that exists: 2027-01-31" };
  return null;
}

function quoted(text: string): string {
  return JSON.stringify(printable(text.slice(0, 100)));
}

function duplicatesOf(accepted: readonly AcceptedFact[]): Problem[] {
  const seen = new Map<string, AcceptedFact>();
  const problems: Problem[] = [];
  for (const entry of accepted) {
    const { file, line } = entry;
    const key = [entry.rule, entry.module, entry.from, entry.to, entry.kind].join("\0");
    const first = seen.get(key);
    if (first === undefined) seen.set(key, entry);
    else {
      const message = `${file}:${line}: the same entry stands in ${first.file}:${first.line}`;
      problems.push({ path: file, line, message, hint: "keep one of them" });
    }
  }
  return problems;
}

function bounded(file: string, problems: readonly Problem[]): Problem[] {
  const more = problems.length - shownProblems;
  if (more <= 0) return [...problems];
  return [
    ...problems.slice(0, shownProblems),
    {
      path: file,
      line: null,
      message: `${file}: ${more} more entries with mistakes`,
      hint: "correct the first ones and run again",
    },
  ];
}

function source(tree: FileTree, path: string, facts: number, problem: string | null): SourceFact {
  return { kind: "config", repository: tree.repository, path, read: problem === null, facts, problem, window: null };
}
