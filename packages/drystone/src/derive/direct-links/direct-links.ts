/** Files of one service that import files of another one (metrics.md I3). */
import { deployedAs } from "#derive/calls/index.js";
import { componentIndex } from "#derive/lineage/index.js";
import type { Evidence } from "#model/evidence.js";
import { type Facts, type ImportGraph, isDeployable } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

export interface DirectLink {
  readonly from: Ref;
  readonly to: Ref;
  readonly evidence: readonly Evidence[];
  /** How many of them stand in tests. */
  readonly tests: number;
}

type LinkFacts = Pick<Facts, "components" | "imports" | "libraries" | "relations">;

const linksOf = new WeakMap<LinkFacts["imports"], readonly DirectLink[]>();

/** One per direction, sorted, with the imports of tests. Libraries are left out, which nobody deploys alone. */
export function allDirectLinks(facts: LinkFacts): readonly DirectLink[] {
  const known = linksOf.get(facts.imports);
  if (known) return known;
  const links = linksThat(facts, () => true);
  linksOf.set(facts.imports, links);
  return links;
}

/** The same without tests and what is made for others (contracts, generated clients). */
export function directLinks(facts: LinkFacts): readonly DirectLink[] {
  return linksThat(facts, (file, imported) => !isTest(file) && !isForOthers(imported));
}

function linksThat(facts: LinkFacts, isMeant: (file: string, imported: string) => boolean): readonly DirectLink[] {
  const whole = deployedAs(facts);
  const services = new Set(facts.components.filter(isDeployable).map(({ ref }) => ref));
  const isDeclared = declaredDependencies(facts, whole);
  const links = new Map<string, { from: Ref; to: Ref; evidence: Evidence[]; tests: number }>();
  for (const graph of facts.imports) {
    const serviceOf = servicesOfFiles(facts, graph, whole);
    for (const [at, source] of graph.from.entries()) {
      const target = graph.to[at] ?? -1;
      const [from, to] = [serviceOf[source], serviceOf[target]];
      const [file = "", imported = ""] = [graph.files[source], graph.files[target]];
      if (!from || !to || from === to || !services.has(from) || !services.has(to)) continue;
      if (!isMeant(file, imported)) continue;
      if (isFoundByName(file) && !isDeclared(from, to)) continue;
      const link = links.get(`${from} ${to}`) ?? { from, to, evidence: [], tests: 0 };
      link.evidence.push({
        type: "file",
        repository: graph.repository,
        file,
        line: graph.lines[at] ?? 1,
        text: `imports ${imported}`,
      });
      if (isTest(file)) link.tests++;
      links.set(`${from} ${to}`, link);
    }
  }
  return [...links].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
}

function servicesOfFiles(facts: Pick<Facts, "components">, graph: ImportGraph, whole: (ref: Ref) => Ref): (Ref | null)[] {
  const componentOf = componentIndex(facts.components, ({ repository }) => repository === graph.repository);
  return graph.files.map((file) => {
    const ref = facts.components[componentOf(file)]?.ref;
    return ref === undefined ? null : whole(ref);
  });
}

/** Languages that find a class by its full name: the same name stands in copies and in generated code too, so the build has to name the other service. */
function isFoundByName(file: string): boolean {
  return /\.(?:java|kt|kts|scala|groovy)$/.test(file);
}

function declaredDependencies(
  { libraries, relations }: Pick<Facts, "libraries" | "relations">,
  whole: (ref: Ref) => Ref,
): (from: Ref, to: Ref) => boolean {
  const declared = new Set([
    ...relations.flatMap(({ from, to, kind, protocol }) =>
      kind === "dependsOn" && protocol === "code" ? [`${whole(from)} ${whole(to)}`] : [],
    ),
    ...libraries.flatMap(({ component, uses }) =>
      component === null ? [] : uses.map((use) => `${whole(use.component)} ${whole(component)}`),
    ),
  ]);
  return (from, to) => declared.has(`${from} ${to}`);
}

function isTest(file: string): boolean {
  return (
    /(?:^|\/)(?:tests?|__tests__|spec|specs|e2e|testing|mocks?|fixtures?|test-?utils?|(?:component|integration|acceptance|functional|unit)-?tests?)\/|[._-](?:test|spec)s?\.[a-z]{1,4}$/i.test(
      file,
    ) || /(?:Tests?|TestCase|IT|Spec)\.(?:java|kt|scala|groovy|cs)$/.test(file)
  );
}

function isForOthers(file: string): boolean {
  return /(?:^|\/)(?:contracts?|protos?|pb|genproto|generated|gen|clients?|sdk)\/|\.pb\.|_pb2(?:_grpc)?\.py$|\.g\.cs$/i.test(
    file,
  );
}
