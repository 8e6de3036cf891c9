/** The entry of `modules:` in drystone.yaml that makes a module of a candidate. It is complete: with it, `drystone check` finds nothing that stands there today. */
import type { Estate } from "#derive/estate/index.js";
import type { FileView } from "#derive/files/index.js";
import { importEdges } from "#derive/parts/index.js";
import { globTest } from "#util/globs.js";
import { type Candidate, pathInSystem } from "./find-candidates.js";

/** Several lines of YAML; JSON strings are YAML too. @param names of modules that are taken. */
export function moduleRule(estate: Estate, view: FileView, candidate: Candidate, names: Set<string>): string {
  const { part, folders } = candidate;
  const repositories = [...new Set([...part.files].map((file) => view.files[file]?.repository ?? 0))];
  const ids = estate.facts.repositories.map(({ id }) => id);
  const several = ids.length > 1;
  return [
    "modules:",
    ...repositories.flatMap((repository) => {
      const prefix = several ? `${ids[repository] ?? ""}/` : "";
      const match = folders.filter((folder) => folder.startsWith(prefix)).map((folder) => folder.replace(/\/\*\*$/, ""));
      return match.length === 0
        ? []
        : entryOf(estate, view, repositories.length > 1 ? `${part.name} ${prefix}` : part.name, match, names);
    }),
    ...(estate.facts.policy?.declared === true ? [] : restOf(several ? repositories.flatMap((at) => ids[at] ?? []) : null)),
  ].join("\n");
}

function entryOf(estate: Estate, view: FileView, name: string, match: readonly string[], names: Set<string>): string[] {
  return [
    `  - name: ${JSON.stringify(nameOf(name, names))}`,
    ...list("match", match),
    ...list("public", publicFiles(estate, view, match)),
    // Circles of files and shared tables that are there today are shown and stop nobody.
    "    enforce: { cycle: warn, foreign-table: warn }",
  ];
}

/** An import is judged between two modules: what belongs to none may import anything. */
function restOf(repositories: readonly string[] | null): string[] {
  const places = repositories?.map((id) => ({ name: `rest of ${id}`, match: id })) ?? [{ name: "rest", match: "**" }];
  return [
    "  # The rest of the code, once for all such entries: without it nobody is held to what is public.",
    ...places.map(
      ({ name, match }) =>
        `  - { name: ${JSON.stringify(name)}, match: ${JSON.stringify(match)}, enforce: { cycle: off, foreign-table: warn } }`,
    ),
  ];
}

/** Short lists in one line. */
function list(key: string, paths: readonly string[]): string[] {
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

/** What is imported from outside of these paths today, tests among those who import. Relative to the folder around it, as `public` is; a path of `match` that is a file stands whole. */
function publicFiles(estate: Estate, view: FileView, match: readonly string[]): string[] {
  const isInside = globTest(match);
  const path = pathInSystem(estate, view);
  const used = new Set<string>();
  for (const { from, to } of importEdges(estate, view)) if (isInside(path(to)) && !isInside(path(from))) used.add(path(to));
  return [...new Set([...used].map((file) => relativeTo(match, file)))].sort();
}

function relativeTo(match: readonly string[], file: string): string {
  const [around] = match.filter((folder) => file.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length);
  return around === undefined ? file : file.slice(around.length + 1);
}
