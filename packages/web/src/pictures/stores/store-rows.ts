/** Which service reads and writes which store and table. */
import {
  isDeployable,
  type ModelComponent,
  type Ref,
  type RelationFact,
  type ResourceFact,
  type Result,
  resourcesByRef,
} from "../../model.js";
import type { Confidence } from "../shared/dependencies.js";

export interface StoreTable {
  /** Components that use any store, in the order of the model. */
  readonly users: readonly ModelComponent[];
  /** Stores with what lies in them, the most shared first. */
  readonly stores: readonly StoreRows[];
}

export interface StoreRows {
  readonly store: ResourceFact;
  /** Uses of the store as a whole. */
  readonly whole: StoreRow;
  /** Tables, collections, key spaces and topics; the most shared first. */
  readonly parts: readonly StoreRow[];
}

export interface StoreRow {
  readonly resource: ResourceFact;
  readonly uses: ReadonlyMap<Ref, StoreUse>;
  readonly writers: number;
}

export interface StoreUse {
  /** `r`, `w`, `rw`; `u` when only known that it is used; `p`, `c` for sending and receiving. */
  readonly letters: string;
  readonly confidence: Confidence;
}

const letters: Partial<Readonly<Record<RelationFact["kind"], string>>> = {
  reads: "r",
  writes: "w",
  publishes: "p",
  consumes: "c",
  dependsOn: "u",
};
const order = "rwpcu";
const strength: readonly Confidence[] = ["hint", "likely", "confirmed"];

export function storeTable(result: Result): StoreTable {
  const resources = resourcesByRef(result);
  const components = new Map(result.model.components.filter(isDeployable).map((component) => [component.ref, component]));
  const uses = new Map<Ref, Map<Ref, StoreUse>>();
  for (const { from, to, kind, confidence } of result.model.relations) {
    const letter = letters[kind];
    if (letter === undefined || !components.has(from) || !resources.has(to)) continue;
    const row = uses.get(to) ?? new Map<Ref, StoreUse>();
    const known = row.get(from);
    row.set(from, known === undefined ? { letters: letter, confidence } : joined(known, letter, confidence));
    uses.set(to, row);
  }
  const roots = new Map<Ref, ResourceFact>();
  for (const ref of uses.keys()) {
    const root = rootOf(resources, ref);
    if (root !== undefined) roots.set(root.ref, root);
  }
  const touching = new Set([...uses.values()].flatMap((row) => [...row.keys()]));
  return {
    users: [...components.values()].filter(({ ref }) => touching.has(ref)),
    stores: [...roots.values()].map((store) => rowsOf(store, resources, uses)).sort(byShared),
  };
}

function joined(known: StoreUse, letter: string, confidence: Confidence): StoreUse {
  const all = [...new Set(known.letters + letter)].sort((a, b) => order.indexOf(a) - order.indexOf(b)).join("");
  const certain = strength.indexOf(confidence) > strength.indexOf(known.confidence) ? confidence : known.confidence;
  return { letters: all.length > 1 ? all.replace("u", "") : all, confidence: certain };
}

/** The server that holds it; itself when it stands alone. Bounded: a cycle in broken data ends. */
function rootOf(resources: ReadonlyMap<Ref, ResourceFact>, ref: Ref): ResourceFact | undefined {
  let found = resources.get(ref);
  for (let step = 0; step < 8 && found?.partOf != null; step++) found = resources.get(found.partOf) ?? found;
  return found;
}

function rowsOf(
  store: ResourceFact,
  resources: ReadonlyMap<Ref, ResourceFact>,
  uses: ReadonlyMap<Ref, ReadonlyMap<Ref, StoreUse>>,
): StoreRows {
  const parts = [...uses.keys()].flatMap((ref) => {
    const resource = resources.get(ref);
    return resource === undefined || ref === store.ref || rootOf(resources, ref)?.ref !== store.ref
      ? []
      : [rowOf(resource, uses.get(ref))];
  });
  return {
    store,
    whole: rowOf(store, uses.get(store.ref)),
    parts: parts.sort(
      (a, b) => b.uses.size - a.uses.size || b.writers - a.writers || (a.resource.name < b.resource.name ? -1 : 1),
    ),
  };
}

function rowOf(resource: ResourceFact, uses: ReadonlyMap<Ref, StoreUse> = new Map()): StoreRow {
  return { resource, uses, writers: [...uses.values()].filter(({ letters }) => letters.includes("w")).length };
}

function byShared(a: StoreRows, b: StoreRows): number {
  const shared = ({ whole, parts }: StoreRows): number => Math.max(whole.uses.size, ...parts.map(({ uses }) => uses.size));
  return shared(b) - shared(a) || b.parts.length - a.parts.length || (a.store.name < b.store.name ? -1 : 1);
}
