/** What the files say about who uses whom, and what in them leads nowhere. */
import type { Evidence } from "#model/evidence.js";
import { isDeployable, type RelationFact, type UnresolvedFact } from "#model/facts.js";
import type { Result } from "#model/result.js";
import { counted, listed } from "#util/words.js";
import type { NameOf } from "./names.js";
import { tame } from "./width.js";

export interface RelationsView {
  /** How many of which kind, how sure, and how many contracts describe them. */
  readonly sentences: readonly string[];
  /** Null where everything leads somewhere. */
  readonly unresolved: string | null;
  readonly examples: readonly { readonly text: string; readonly evidence: Evidence | null }[];
}

const shownExamples = 3;

/** Null where neither relations nor open ends were found and fewer than two services could have any. */
export function relationsView({ model }: Result, names: NameOf): RelationsView | null {
  const { relations, unresolved, contracts, operations } = model;
  if (relations.length + unresolved.length === 0 && model.components.filter(isDeployable).length < 2) return null;
  // A type of a library is no interface of a component.
  const network = new Set(contracts.flatMap(({ ref, kind }) => (kind === "typescript" || kind === "jsonschema" ? [] : [ref])));
  const described = operations.filter(({ contract }) => contract !== null && network.has(contract)).length;
  return {
    sentences: [
      relations.length === 0
        ? "No relation between components was found in source, settings and manifests: what depends on calls or data is unknown, not clean."
        : `${counted(relations.length, "relation")}: ${listed(tally(relations.map(kindOf), kinds))}; ${certainty(relations)}`,
      ...seenInTraces(relations),
      network.size === 0
        ? "No machine-readable contract of a component was found."
        : `${counted(network.size, "contract")} of components, with ${counted(described, "operation")}.`,
    ],
    unresolved:
      unresolved.length === 0
        ? null
        : `${counted(unresolved.length, "place")} in the files ${unresolved.length === 1 ? "leads" : "lead"} to nothing known here: ${listed(
            tally(
              unresolved.map(({ kind }) => kind),
              openEnds,
            ),
          )}. Relations may be missing.`,
    examples: telling(unresolved).map(({ component, text, reason, evidence }) => ({
      text: `${names(component, 30)} → ${tame(text, 60)}: ${tame(reason, 100)}`,
      evidence: evidence[0] ?? null,
    })),
  };
}

/** What traces add, where there are any. */
function seenInTraces(relations: readonly RelationFact[]): string[] {
  const running = relations.filter(({ seen }) => seen.includes("runtime"));
  if (running.length === 0) return [];
  const both = running.filter(({ seen }) => seen.length > 1).length;
  return [
    `${counted(running.length, "relation")} seen in traces: ${both} of them in the files too, ${running.length - both} only in traces; ${relations.length - running.length} only in the files.`,
  ];
}

type Kind = "calls" | "data" | "messages" | "code" | "platform";

const kinds: Readonly<Record<Kind, readonly [string, string]>> = {
  calls: ["call", "calls"],
  data: ["use of data", "uses of data"],
  messages: ["use of messages", "uses of messages"],
  code: ["dependency", "dependencies"],
  platform: ["use of the platform", "uses of the platform"],
};

const openEnds: Readonly<Record<UnresolvedFact["kind"], readonly [string, string]>> = {
  call: ["call", "calls"],
  store: ["store", "stores"],
  channel: ["channel", "channels"],
  table: ["table", "tables"],
  import: ["import", "imports"],
  setting: ["setting", "settings"],
};

function kindOf({ kind, category }: RelationFact): Kind {
  if (category === "infrastructure" || kind === "discovers" || kind === "exportsTelemetry") return "platform";
  if (kind === "reads" || kind === "writes") return "data";
  if (kind === "publishes" || kind === "consumes") return "messages";
  return kind === "imports" || kind === "dependsOn" ? "code" : "calls";
}

/** `3 calls`, `1 store`; in the order of `words`. */
function tally<K extends string>(found: readonly K[], words: Readonly<Record<K, readonly [string, string]>>): string[] {
  const counts = new Map<string, number>();
  for (const kind of found) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return Object.entries<readonly [string, string]>(words).flatMap(([kind, [one, many]]) => {
    const n = counts.get(kind) ?? 0;
    return n === 0 ? [] : [counted(n, one, many)];
  });
}

function certainty(relations: readonly RelationFact[]): string {
  const of = (word: RelationFact["confidence"]) => relations.filter(({ confidence }) => confidence === word).length;
  const parts = (["confirmed", "likely"] as const).flatMap((word) => (of(word) === 0 ? [] : [`${of(word)} ${word}`]));
  const hints = of("hint");
  const said = hints === 0 ? parts : [...parts, `${counted(hints, "hint")} that ${hints === 1 ? "decides" : "decide"} nothing`];
  return `${listed(said)}.`;
}

/** Calls before stores before the rest, one of each component first. */
function telling(unresolved: readonly UnresolvedFact[]): UnresolvedFact[] {
  const order = Object.keys(openEnds);
  // Code that several components share leads nowhere for each of them; one line of it is enough.
  const places = new Set<string>();
  const sorted = unresolved
    .filter((each) => isNewPlace(each, places))
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const first = new Map(sorted.toReversed().map((each) => [each.component, each]));
  const others = sorted.filter((each) => first.get(each.component) !== each);
  return [...sorted.filter((each) => first.get(each.component) === each), ...others].slice(0, shownExamples);
}

function isNewPlace({ evidence: [first] }: UnresolvedFact, places: Set<string>): boolean {
  if (first === undefined || !("file" in first)) return true;
  const place = `${first.repository}\n${first.file}\n${first.line}`;
  if (places.has(place)) return false;
  places.add(place);
  return true;
}
