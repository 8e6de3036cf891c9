/** What the forms of an estate map mean; only what is drawn. */
import type { EstateGraph } from "./graph.js";

export function EstateLegend({ graph, hasHubs }: { readonly graph: EstateGraph; readonly hasHubs: boolean }) {
  const { links, groups } = graph;
  const kinds = new Set(links.map(({ kind }) => kind));
  const confidences = new Set(links.filter(({ kind }) => kind !== "coupling").map(({ confidence }) => confidence));
  const seen = new Set(links.map((link) => link.seen));
  const nodes = new Set(groups.flatMap((group) => group.nodes.map(({ kind }) => kind)));
  return (
    <ul>
      {(["calls", "messages", "imports", "stores", "outside", "infrastructure"] as const).map((kind) =>
        kinds.has(kind) ? (
          <Sample
            key={kind}
            text={lineWords[kind]}
            kind={kind}
            middle={kind === "messages" ? "dot" : kind === "imports" ? "square" : null}
          />
        ) : null,
      )}
      {kinds.has("coupling") ? <Sample text="change together, no dependency known" kind="coupling" /> : null}
      {confidences.has("confirmed") ? <Sample text="solid: confirmed" kind="calls" /> : null}
      {confidences.has("likely") ? <Sample text="dashed: likely" kind="calls" confidence="likely" /> : null}
      {confidences.has("hint") ? <Sample text="dotted: a hint" kind="calls" confidence="hint" /> : null}
      {seen.has("runtime") ? <Head text="seen at run time" seen="runtime" /> : null}
      {seen.has("static") ? <Head text="seen in source" seen="static" /> : null}
      {seen.has("declared") ? <Head text="only declared" seen="declared" /> : null}
      {nodes.has("store") ? <li>cylinder: shared store</li> : null}
      {groups.some((group) => group.nodes.some(({ own }) => own.length > 0)) ? <li>small cylinder: a store of its own</li> : null}
      {hasHubs ? <li>+12: so many lines of it are not drawn</li> : null}
      {nodes.has("outside") ? <li>cut corners: not built here</li> : null}
    </ul>
  );
}

const lineWords = {
  calls: "calls",
  messages: "messages",
  imports: "imports",
  stores: "uses a store",
  outside: "calls outside",
  infrastructure: "infrastructure",
} as const;

function Sample({
  text,
  kind,
  confidence = "confirmed",
  middle = null,
}: {
  text: string;
  kind: string;
  confidence?: string;
  middle?: "dot" | "square" | null;
}) {
  return (
    <li>
      <svg class="estate" width="34" height="10" viewBox="0 0 34 10" aria-hidden="true">
        <g class={`line ${kind} ${confidence}`}>
          <path d="M1 5H33" style={{ strokeWidth: kind === "coupling" ? 5 : 1.5 }} />
          {kind === "coupling" ? <path class="inner" d="M1 5H33" /> : null}
          {middle === "dot" ? <circle class="middle" cx={17} cy={5} r={3} /> : null}
          {middle === "square" ? <rect class="middle" x={14} y={2} width={6} height={6} /> : null}
        </g>
      </svg>
      {text}
    </li>
  );
}

function Head({ text, seen }: { readonly text: string; readonly seen: string }) {
  return (
    <li>
      <svg class="estate" width="26" height="10" viewBox="0 0 26 10" aria-hidden="true">
        <g class="line calls confirmed">
          <path d="M1 5H24" style={{ strokeWidth: 1.3 }} />
          <path class={`head ${seen}`} d={seen === "declared" ? "M22 0.5V9.5" : "M25 5L17 1.4V8.6Z"} />
        </g>
      </svg>
      {text}
    </li>
  );
}
