/** One component, store or outside system, with its name inside. */

import { fitted } from "../shared/text.js";
import type { MapNode } from "./graph.js";
import { fontSize, type Place } from "./layout.js";

interface PillProps {
  readonly node: MapNode;
  readonly place: Place;
  readonly href: string | null;
  readonly label: string;
  /** Lines that are left out, because it has too many. */
  readonly hidden: number;
  readonly faded: boolean;
  readonly onActive: (on: boolean) => void;
}

export function NodePill({ node, place, href, label, hidden, faded, onActive }: PillProps) {
  const room = node.own.length === 0 ? 0 : 16;
  const drawing = (
    <>
      <title>{label}</title>
      <Shape kind={node.kind} place={place} />
      <text x={place.x - room / 2} y={place.y + 4}>
        {fitted(node.name, place.width - 14 - room, fontSize)}
      </text>
      {room === 0 ? null : <OwnStore x={place.x + place.width / 2 - 16} y={place.y - 6} several={node.own.length > 1} />}
      {hidden === 0 ? null : (
        <text class="hidden-lines" x={place.x + place.width / 2 - 4} y={place.y - place.height / 2 + 3}>
          +{hidden}
        </text>
      )}
    </>
  );
  const events = {
    onMouseEnter: () => onActive(true),
    onMouseLeave: () => onActive(false),
    onFocus: () => onActive(true),
    onBlur: () => onActive(false),
  };
  const name = `pill ${node.kind}${faded ? " faded" : ""}`;
  return href === null ? (
    <g class={name} tabindex={0} role="img" aria-label={label} {...events}>
      {drawing}
    </g>
  ) : (
    <a class={name} href={href} aria-label={label} {...events}>
      {drawing}
    </a>
  );
}

/** A store is a cylinder, an outside system has cut corners: no meaning by colour alone. */
function Shape({ kind, place }: { readonly kind: MapNode["kind"]; readonly place: Place }) {
  const [left, top, right, bottom] = [
    place.x - place.width / 2,
    place.y - place.height / 2,
    place.x + place.width / 2,
    place.y + place.height / 2,
  ];
  if (kind === "component") return <rect x={left} y={top} width={place.width} height={place.height} rx={6} />;
  if (kind === "outside") {
    const cut = 7;
    return (
      <path
        d={`M${left + cut} ${top}H${right - cut}L${right} ${top + cut}V${bottom - cut}L${right - cut} ${bottom}H${left + cut}L${left} ${bottom - cut}V${top + cut}Z`}
      />
    );
  }
  const bow = 3.5;
  const middle = place.width / 2;
  return (
    <>
      <path
        d={`M${left} ${top + bow}a${middle} ${bow} 0 0 1 ${place.width} 0V${bottom - bow}a${middle} ${bow} 0 0 1 ${-place.width} 0Z`}
      />
      <path class="lid" d={`M${left} ${top + bow}a${middle} ${bow} 0 0 0 ${place.width} 0`} />
    </>
  );
}

/** A small cylinder: a store that nobody else uses; two lids for several of them. */
function OwnStore({ x, y, several }: { readonly x: number; readonly y: number; readonly several: boolean }) {
  return (
    <g class="own">
      <path d={`M${x} ${y + 2}a4.5 2 0 0 1 9 0V${y + 10}a4.5 2 0 0 1 -9 0Z`} />
      <path class="lid" d={`M${x} ${y + 2}a4.5 2 0 0 0 9 0`} />
      {several ? <path class="lid" d={`M${x} ${y + 6}a4.5 2 0 0 0 9 0`} /> : null}
    </g>
  );
}
