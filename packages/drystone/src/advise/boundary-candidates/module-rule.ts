/** The entry of `modules:` in drystone.yaml that makes a module of a candidate. It is complete: with it, `drystone check` finds nothing that stands there today. */
import type { Estate } from "#derive/estate/index.js";
import type { FileView } from "#derive/files/index.js";
import { importEdges } from "#derive/parts/index.js";
import { globTest } from "#util/globs.js";
import type { Candidate } from "./find-candidates.js";

/** Several lines of YAML; JSON strings are YAML too. @param names of modules that are taken. */
export function moduleRule(estate: Estate, view: FileView, { part, folders }: Candidate, names: Set<string>): string {
  const match = folders.map((folder) => folder.replace(/\/\*\*$/, ""));
  return [
    "modules:",
    `  - name: ${JSON.stringify(nameOf(part.name, names))}`,
    ...entry("match", match),
    ...entry("public", publicFiles(estate, view, match)),
    // Circles of files that are there today are shown and stop nobody.
    "    enforce: { cycle: warn }",
  ].join("\n");
}

/** Short lists in one line. */
function entry(key: string, paths: readonly string[]): string[] {
  const line = `    ${key}: [${paths.map((path) => JSON.stringify(path)).join(", ")}]`;
  return line.length <= 90 ? [line] : [`    ${key}:`, ...paths.map((path) => `      - ${JSON.stringify(path)}`)];
}

function nameOf(text: string, names: Set<string>): string {
  const plain =
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .slice(0, 80)
      .replace(/^-|-$/g, "") || "group";
  let name = plain;
  for (let more = 2; names.has(name); more++) name = `${plain}-${more}`;
  names.add(name);
  return name;
}

/** What is imported from outside of these paths today, tests among those who import. Relative to the folder around it, as `public` is; a path that is a file is public as a whole. */
function publicFiles(estate: Estate, view: FileView, match: readonly string[]): string[] {
  const isInside = globTest(match);
  const path = (file: number): string => view.files[file]?.path ?? "";
  const used = new Set<string>();
  for (const { from, to } of importEdges(estate, view)) if (isInside(path(to)) && !isInside(path(from))) used.add(path(to));
  return [...new Set([...used].flatMap((file) => relativeTo(match, file)))].sort();
}

function relativeTo(match: readonly string[], file: string): string[] {
  const [around] = match.filter((folder) => file.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length);
  return around === undefined ? [] : [file.slice(around.length + 1)];
}
