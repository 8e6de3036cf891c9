/** Modules of Tach, from tach.toml. */
import { printable } from "#util/escape.js";
import type { FileTree } from "../files/index.js";
import { readToml } from "../manifests/index.js";
import { type ForeignRules, type ModuleDraft, moduleDraft, type Unread } from "./foreign-rules.js";
import { moduleGlobs } from "./python-modules.js";

const maxModules = 5000;

export const tachFile = "tach.toml";

/** `depends_on` becomes `uses`; interfaces name members and not files, and are listed. */
export function readTach(tree: FileTree, file: string): ForeignRules {
  const tables = readToml(tree.read([file]).get(file) ?? "");
  const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "";
  const top = new Map(tables.find(({ name }) => name === "")?.entries.map((entry) => [entry.key, entry]));
  const below = (root: string) => [folder, root.replace(/^\.\/?|\/{1,50}$/g, "")].filter((part) => part !== "").join("/");
  const roots = (top.get("source_roots")?.strings ?? ["."]).map(below);
  const unread: Unread[] = [];
  const modules: ModuleDraft[] = [];
  for (const { name, line, entries } of tables) {
    const values = new Map(entries.map((entry) => [entry.key, entry]));
    if (name === "interfaces")
      unread.push({
        file,
        line,
        what: `interface of ${printable(values.get("from")?.strings.join(", ") ?? "every module")}`,
        why: "it names members; say which files are public",
      });
    if (name !== "modules") continue;
    const paths = [...(values.get("path")?.strings ?? []), ...(values.get("paths")?.strings ?? [])];
    for (const path of paths.slice(0, Math.max(0, maxModules - modules.length))) {
      const globs = moduleGlobs(tree, path, roots).map((glob) => glob.replace(/\/\*\*$/, ""));
      if (globs.length === 0) {
        unread.push({ file, line, what: printable(path), why: "there is no such module below source_roots" });
        continue;
      }
      if (values.get("cannot_depend_on"))
        unread.push({
          file,
          line: values.get("cannot_depend_on")?.line ?? line,
          what: `cannot_depend_on of ${printable(path)}`,
          why: "write a deny rule",
        });
      const isUnchecked = values.get("unchecked")?.raw.startsWith("true") === true;
      modules.push(
        moduleDraft(path, globs, {
          public: ["**"],
          uses: isUnchecked ? null : (values.get("depends_on")?.strings ?? null),
          visibleTo: values.get("visibility")?.strings ?? null,
          layer: values.get("layer")?.strings[0] ?? null,
          utility: values.get("utility")?.raw.startsWith("true") === true,
        }),
      );
    }
  }
  const names = new Set(modules.map(({ name }) => name));
  const isSet = (word: string, value: string) => top.get(word)?.raw.startsWith(value) === true;
  return {
    tool: "Tach",
    files: [file],
    modules: modules.map((module) => ({
      ...module,
      uses: module.uses?.filter((name) => names.has(name)) ?? null,
      visibleTo: module.visibleTo?.filter((name) => name === "*" || names.has(name)) ?? null,
    })),
    layers: top.get("layers")?.strings ?? [],
    rules: [],
    settings: {
      types: isSet("ignore_type_checking_imports", "false") ? "same" : "ignore",
      tests: "same",
      enforce: {
        cycle: "off",
        unresolved: "warn",
        unassigned: "off",
        "unused-use": isSet("exact", "true") ? "new" : "off",
        "private-import": "off",
        "cross-team-private": "off",
        "foreign-table": "off",
      },
    },
    known: [],
    unread,
  };
}
