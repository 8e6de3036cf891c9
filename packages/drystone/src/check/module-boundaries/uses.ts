/** The imports of a system, each with the modules at both ends. */
import type { ImportGraph } from "#model/facts.js";
import type { ImportKind } from "#model/import-kind.js";
import type { ModuleFact } from "#model/modules.js";
import type { ModuleIndex } from "./module-index.js";

/** The files of one graph and what is known of them, by their number in it. */
export interface FileTable {
  readonly graph: ImportGraph;
  readonly modules: readonly (ModuleFact | null)[];
  /** 1 for tests. */
  readonly isTest: Uint8Array;
  /** Package registry of the language of a file. */
  readonly ecosystem: (file: number) => string;
}

/** One import in one place. */
export interface Use {
  readonly repository: string;
  readonly file: string;
  readonly line: number;
  readonly to: string;
  readonly kind: ImportKind;
}

export function fileTable(graph: ImportGraph, index: ModuleIndex): FileTable {
  return {
    graph,
    modules: graph.files.map((file) => index.of(graph.repository, file)),
    isTest: Uint8Array.from(graph.files, (file) => (index.isTest(graph.repository, file) ? 1 : 0)),
    ecosystem: (file) => ecosystemOf(graph.files[file] ?? ""),
  };
}

/** The edge as a place in the code. */
export function useAt({ repository, files, from, to, lines, kinds }: ImportGraph, edge: number): Use {
  return {
    repository,
    file: files[from[edge] ?? 0] ?? "",
    line: lines[edge] ?? 1,
    to: files[to[edge] ?? 0] ?? "",
    kind: kinds[edge] ?? "value",
  };
}

const byEnding: ReadonlyMap<string, string> = new Map(
  Object.entries({
    py: "pypi",
    pyi: "pypi",
    java: "maven",
    kt: "maven",
    kts: "maven",
    go: "go",
    cs: "nuget",
    php: "packagist",
    rb: "rubygems",
    rake: "rubygems",
    ru: "rubygems",
    rs: "cargo",
  }),
);

function ecosystemOf(file: string): string {
  return byEnding.get(file.slice(file.lastIndexOf(".") + 1)) ?? "npm";
}
