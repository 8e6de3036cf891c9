/** Collects cues for one link until all are known, then says how sure it is. */

import type { Evidence } from "#model/evidence.js";
import type { ComponentKind, RelationFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

/**
 * Kinds of cue that are independent of each other: two of them confirm a link.
 * `call`: code makes a request or connection there; `code`: code names it; `settings`: a settings file does; `manifest`: a deployment file does; `proxy`: a proxy configuration does;
 * `convention`: a framework connects by itself; `dependency`: the build names a client library; `order`: start order only;
 * `lone`: code of a library has the address, which adds nothing to what else is known.
 */
export type CueClass = "call" | "code" | "settings" | "manifest" | "proxy" | "convention" | "dependency" | "order" | "lone";

export interface EdgeDraft {
  readonly from: Ref;
  readonly to: Ref;
  readonly kind: RelationFact["kind"];
  readonly protocol: RelationFact["protocol"];
  readonly detail: string | null;
  readonly classes: readonly CueClass[];
  readonly evidence: readonly Evidence[];
}

export interface Edges {
  add(draft: EdgeDraft): void;
  has(from: Ref, to: Ref): boolean;
  /** Sorted by id. */
  relations(kinds: ReadonlyMap<Ref, ComponentKind>): RelationFact[];
}

const maxEvidence = 12;

export function collectEdges(): Edges {
  const drafts = new Map<
    string,
    {
      draft: EdgeDraft;
      classes: Set<CueClass>;
      evidence: Map<string, Evidence>;
      details: Set<string>;
      protocols: Set<RelationFact["protocol"]>;
    }
  >();
  const linked = new Set<string>();
  return {
    add(draft) {
      if (draft.from === draft.to) return;
      const key = `${draft.kind}:${draft.from}>${draft.to}`;
      const known = drafts.get(key) ?? {
        draft,
        classes: new Set<CueClass>(),
        evidence: new Map(),
        details: new Set<string>(),
        protocols: new Set(),
      };
      drafts.set(key, known);
      for (const one of draft.classes) known.classes.add(one);
      for (const one of draft.evidence)
        if (known.evidence.size < maxEvidence) known.evidence.set(JSON.stringify({ ...one, text: "" }), one);
      if (draft.detail !== null && known.details.size < 8) known.details.add(draft.detail);
      known.protocols.add(draft.protocol);
      linked.add(`${draft.from}>${draft.to}`);
    },
    has: (from, to) => linked.has(`${from}>${to}`),
    relations: (kinds) =>
      [...drafts]
        .map(
          ([id, { draft, classes, evidence, details, protocols }]): RelationFact => ({
            id,
            from: draft.from,
            to: draft.to,
            kind: draft.kind,
            protocol: protocols.has("grpc") ? "grpc" : draft.protocol,
            category:
              isInfrastructure(kinds.get(draft.from)) || isInfrastructure(kinds.get(draft.to)) ? "infrastructure" : "business",
            confidence: confidenceOf(classes),
            seen: ["static"],
            detail: details.size === 0 ? null : [...details].sort().join(", "),
            operation: null,
            evidence: [...evidence.values()],
          }),
        )
        .toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
  };
}

const strong: readonly CueClass[] = ["call", "code", "settings", "manifest", "proxy", "convention"];

function confidenceOf(classes: ReadonlySet<CueClass>): RelationFact["confidence"] {
  const count = strong.filter((one) => classes.has(one)).length;
  if (classes.has("proxy") || count >= 2 || (count === 1 && (classes.has("dependency") || classes.has("order"))))
    return "confirmed";
  if (count === 1) return "likely";
  return classes.has("dependency") && classes.has("order") ? "likely" : "hint";
}

function isInfrastructure(kind: ComponentKind | undefined): boolean {
  return kind !== undefined && infrastructure.has(kind);
}

const infrastructure = new Set<ComponentKind>([
  "config",
  "discovery",
  "tracing",
  "metrics",
  "monitoring",
  "logging",
  "admin",
  "coordination",
  "telemetry",
  "flags",
  "loadgen",
]);
