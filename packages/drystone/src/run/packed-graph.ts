/** An import graph as it is kept between runs: columns of numbers as bytes, because reading tens of thousands of objects takes longer than judging them. */
import type { ImportGraph, ImportKind } from "#model/facts.js";

/** Columns are numbers of 32 bits in base64; files are numbers in the sorted list of all paths. */
export interface PackedGraph
  extends Omit<ImportGraph, "files" | "from" | "to" | "lines" | "kinds" | "packages" | "unresolved" | "allowances"> {
  readonly files: string;
  readonly from: string;
  readonly to: string;
  readonly lines: string;
  /** One letter per import. */
  readonly kinds: string;
  readonly packages: {
    readonly from: string;
    readonly lines: string;
    /** Which of `uses`. */
    readonly use: string;
    readonly uses: readonly Omit<ImportGraph["packages"][number], "from" | "line">[];
  };
  readonly unresolved: ImportGraph["unresolved"];
  readonly allowances: NonNullable<ImportGraph["allowances"]> | null;
}

const kindOf: Readonly<Record<string, ImportKind>> = { v: "value", t: "type", d: "dynamic", r: "reexport" };

/** @param at number of each path. Null for a graph with files that have none. */
export function packedGraph(graph: ImportGraph, at: ReadonlyMap<string, number>): PackedGraph | null {
  if (graph.files.some((file) => !at.has(file))) return null;
  const uses = new Map<string, number>();
  const use = graph.packages.map(({ from: _, line: __, ...rest }) => {
    const text = JSON.stringify(rest);
    const known = uses.get(text) ?? uses.size;
    uses.set(text, known);
    return known;
  });
  return {
    ...graph,
    files: packedNumbers(graph.files.map((file) => at.get(file) ?? 0)),
    from: packedNumbers(graph.from),
    to: packedNumbers(graph.to),
    lines: packedNumbers(graph.lines),
    kinds: graph.kinds.map((kind) => kind[0]).join(""),
    packages: {
      from: packedNumbers(graph.packages.map(({ from }) => from)),
      lines: packedNumbers(graph.packages.map(({ line }) => line)),
      use: packedNumbers(use),
      uses: [...uses.keys()].map((text) => JSON.parse(text) as PackedGraph["packages"]["uses"][number]),
    },
    allowances: graph.allowances ?? null,
  };
}

export function unpackedGraph({ packages, allowances, ...packed }: PackedGraph, paths: readonly string[]): ImportGraph {
  const lines = unpackedNumbers(packages.lines);
  const use = unpackedNumbers(packages.use);
  return {
    ...packed,
    files: unpackedNumbers(packed.files).map((number) => paths[number] ?? ""),
    from: unpackedNumbers(packed.from),
    to: unpackedNumbers(packed.to),
    lines: unpackedNumbers(packed.lines),
    kinds: Array.from(packed.kinds, (letter) => kindOf[letter] ?? "value"),
    packages: unpackedNumbers(packages.from).map((from, index) => ({
      from,
      line: lines[index] ?? 1,
      ...(packages.uses[use[index] ?? 0] ?? { name: "" }),
    })),
    ...(allowances === null ? {} : { allowances }),
  };
}

/** @param numbers of at most 31 bits. */
export function packedNumbers(numbers: readonly number[]): string {
  return Buffer.from(Int32Array.from(numbers).buffer).toString("base64");
}

export function unpackedNumbers(text: string): number[] {
  return Array.from(new Int32Array(new Uint8Array(Buffer.from(text, "base64")).buffer));
}
