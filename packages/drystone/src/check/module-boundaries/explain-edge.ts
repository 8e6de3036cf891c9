/** May one module use another, and how? */
import type { ImportGraph } from "#model/facts.js";
import type { ModuleFact, Policy } from "#model/modules.js";
import { faceTest } from "#util/globs.js";
import { type Breach, localRules } from "./local-rules.js";
import { type ModuleIndex, moduleIndex } from "./module-index.js";
import { coversModule } from "./selecting.js";

export interface EdgeExplanation {
  readonly from: string;
  readonly to: string;
  /** Why no import of the one by the other is allowed, not even of a public file; empty when some are. */
  readonly obstacles: readonly Pick<Breach, "rule" | "because" | "fix">[];
  /** Files that may be imported, as globs; null: all. */
  readonly open: readonly string[] | null;
  /** What is said that allows it: where `uses` names it, or that nothing limits it. */
  readonly basis: string;
  /** Imports as they are. */
  readonly imports: readonly EdgeImport[];
}

export interface EdgeImport {
  readonly file: string;
  readonly line: number;
  readonly to: string;
  readonly breaches: readonly Pick<Breach, "rule" | "because" | "fix">[];
}

/** Null when one of the names is no module. */
export function explainEdge(policy: Policy, graphs: readonly ImportGraph[], from: string, to: string): EdgeExplanation | null {
  const index = moduleIndex(policy.modules);
  const [user, used] = [moduleCalled(index, from), moduleCalled(index, to)];
  if (!user || !used || user === used) return null;
  const rules = localRules(policy, index);
  const imports = graphs.flatMap((graph) =>
    importsOf(graph, index, user, used).map((one) => ({ ...one, breaches: rules.ofFile(asImport(one, user, used)) })),
  );
  const faces = used.faces.filter((face) => face.to === null || coversModule(face.to, user, index));
  const declared = (user.uses ?? []).filter(({ selector }) => coversModule([selector], used, index));
  const named = new Set(declared.map(({ face }) => face));
  const usable = user.uses === null || named.has(null) ? faces : faces.filter(({ name }) => named.has(name));
  const candidate = (usable[0] ?? faces[0])?.files.find((glob) => !glob.startsWith("!")) ?? used.paths[0] ?? "";
  const example = filesOf(graphs, used, index).find(faceTest([candidate])) ?? candidate.replace(/\/\*\*$/, "/public");
  return {
    from: user.name,
    to: used.name,
    obstacles: rules.ofFile({ from: { file: "", module: user }, to: { file: example, module: used }, kind: "value" }),
    open: used.faceSource === "open" ? null : usable.flatMap(({ files }) => files),
    basis: basisOf(
      user,
      used,
      declared.map(({ text, place }) => `${text} (${place.file}:${place.line})`),
    ),
    imports,
  };
}

function moduleCalled(index: ModuleIndex, name: string): ModuleFact | undefined {
  return index.byName.get(name) ?? index.byRef.get(name);
}

function asImport(
  one: Omit<EdgeImport, "breaches"> & { readonly kind: ImportGraph["kinds"][number] },
  from: ModuleFact,
  to: ModuleFact,
) {
  return { from: { file: one.file, module: from }, to: { file: one.to, module: to }, kind: one.kind };
}

function importsOf(graph: ImportGraph, index: ModuleIndex, from: ModuleFact, to: ModuleFact) {
  const modules = graph.files.map((file) => index.of(graph.repository, file));
  return graph.from.flatMap((source, edge) => {
    const target = graph.to[edge] ?? 0;
    if (modules[source] !== from || modules[target] !== to) return [];
    return [
      {
        file: graph.files[source] ?? "",
        line: graph.lines[edge] ?? 1,
        to: graph.files[target] ?? "",
        kind: graph.kinds[edge] ?? "value",
      },
    ];
  });
}

function filesOf(graphs: readonly ImportGraph[], module: ModuleFact, index: ModuleIndex): string[] {
  return graphs.flatMap(({ repository, files }) => files.filter((file) => index.of(repository, file) === module));
}

function basisOf(from: ModuleFact, to: ModuleFact, uses: readonly string[]): string {
  if (uses.length > 0) return `${from.name} declares that it uses ${uses.join(", ")}`;
  if (from.uses !== null && !to.utility) return `${from.name} declares what it uses, and ${to.name} is not among it`;
  if (to.utility) return `${to.name} is a utility: whoever wants may use it`;
  return `${from.name} does not limit what it uses`;
}
