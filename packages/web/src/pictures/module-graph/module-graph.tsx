/** Modules in layers with their imports; what a rule forbids is dashed, red and says so. */
import { useMemo, useState } from "preact/hooks";
import { nameOf, type Ref, type Result } from "../../model.js";
import { componentHref, findingHref } from "../../route.js";
import { arrowHead, layeredGraph, roundedPath } from "../shared/layered-graph.js";
import { NoPicture, Picture } from "../shared/picture.js";
import { bounded, counted, fitted, listed, textWidth } from "../shared/text.js";
import { type ModuleImport, modulesOf } from "./modules.js";

const pill = { height: 30, font: 12.5 };

export function ModuleGraph({ result }: { readonly result: Result }) {
  const data = useMemo(() => modulesOf(result), [result]);
  const [active, setActive] = useState<Ref | null>(null);
  const drawn = useMemo(
    () =>
      layeredGraph(
        data.modules.map(({ ref, name }) => ({ id: ref, width: widthOf(name), height: pill.height })),
        data.imports.map(({ from, to, imports }) => ({ from, to, weight: Math.max(1, Math.log2(imports + 1)) })),
        false,
      ),
    [data],
  );
  if (data.modules.length < 2)
    return <NoPicture title="Modules and their imports">No import from one module to another was read.</NoPicture>;
  const violated = data.imports.filter(({ violations }) => violations.length > 0);
  return (
    <Picture
      title="Modules and their imports"
      summary={`${counted(data.modules.length, "module")}, ${counted(data.imports.length, "pair")} with imports. ${
        data.checked
          ? violated.length === 0
            ? "No import breaks a rule."
            : `${counted(violated.length, "pair")} ${violated.length === 1 ? "breaks" : "break"} a rule.`
          : "No rules were checked."
      }${data.omitted > 0 ? ` ${counted(data.omitted, "module")} with fewer links ${data.omitted === 1 ? "is" : "are"} not drawn; the matrix holds all.` : ""}`}
      legend={
        <ul>
          <li>the upper imports the lower; the number counts imports</li>
          {violated.length > 0 ? <li>red and dashed, with a ×: breaks a rule</li> : null}
          {data.imports.some(({ accepted }) => accepted.length > 0) ? (
            <li>dotted, with “accepted”: known, decided to live with</li>
          ) : null}
        </ul>
      }
      table={() => ({
        head: ["imports", "is imported", "imports counted", "rule"],
        rows: data.imports.map(({ from, to, imports, violations, accepted }) => [
          <a key="from" href={componentHref(from)}>
            {bounded(nameOf(result, from))}
          </a>,
          bounded(nameOf(result, to)),
          imports,
          violations[0] !== undefined ? (
            <a key="finding" href={findingHref(violations[0].fingerprint)}>
              {counted(violations.length, "violation")}
            </a>
          ) : accepted.length > 0 ? (
            `${accepted.length} accepted`
          ) : (
            ""
          ),
        ]),
      })}
    >
      <div class="picture-scroll" tabindex={0} role="region" aria-label="Modules and their imports, drawing">
        <svg
          class={`modules${active === null ? "" : " tracing"}`}
          viewBox={`0 0 ${Math.ceil(drawn.width)} ${Math.ceil(drawn.height)}`}
          style={{ width: `${Math.ceil(drawn.width)}px`, minWidth: `${Math.round(drawn.width * 0.6)}px` }}
          role="group"
          aria-label="Modules in layers"
        >
          {data.imports.map((one, at) => (
            <Import
              key={`${one.from} ${one.to}`}
              one={one}
              points={drawn.lines[at] ?? []}
              on={active === one.from || active === one.to}
            />
          ))}
          {data.modules.map(({ ref, name }) => {
            const at = drawn.boxes.get(ref) ?? { x: 0, y: 0 };
            const width = widthOf(name);
            return (
              <a
                key={ref}
                class="module"
                href={componentHref(ref)}
                aria-label={`${bounded(name)}: ${linksInWords(result, data.imports, ref)}`}
                onMouseEnter={() => setActive(ref)}
                onMouseLeave={() => setActive(null)}
                onFocus={() => setActive(ref)}
                onBlur={() => setActive(null)}
              >
                <title>{`${bounded(name)}: ${linksInWords(result, data.imports, ref)}`}</title>
                <rect x={at.x - width / 2} y={at.y - pill.height / 2} width={width} height={pill.height} rx={6} />
                <text x={at.x} y={at.y + 4.5}>
                  {fitted(name, width - 16, pill.font)}
                </text>
              </a>
            );
          })}
        </svg>
      </div>
    </Picture>
  );
}

function widthOf(name: string): number {
  return Math.max(60, Math.min(190, textWidth(name, pill.font) + 24));
}

function Import({
  one,
  points,
  on,
}: {
  readonly one: ModuleImport;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly on: boolean;
}) {
  const { imports, violations, accepted } = one;
  const middle = points[Math.floor(points.length / 2)];
  const kind = violations.length > 0 ? " violation" : accepted.length > 0 ? " accepted" : "";
  const word = violations.length > 0 ? `× ${violations.length}` : accepted.length > 0 ? "accepted" : String(imports);
  const shape = (
    <>
      <path d={roundedPath(points)} />
      <path class="head" d={arrowHead(points, 8)} />
      {middle === undefined ? null : (
        <text x={middle.x + 4} y={middle.y + 3}>
          {word}
        </text>
      )}
    </>
  );
  const [first] = violations;
  return first === undefined ? (
    <g class={`import${kind}${on ? " on" : ""}`}>{shape}</g>
  ) : (
    <a class={`import${kind}${on ? " on" : ""}`} href={findingHref(first.fingerprint)} aria-label={bounded(first.message)}>
      <title>{bounded(first.message)}</title>
      {shape}
    </a>
  );
}

function linksInWords(result: Result, imports: readonly ModuleImport[], ref: Ref): string {
  const names = (refs: readonly Ref[]): string => listed(refs.map((one) => bounded(nameOf(result, one))));
  const uses = imports.filter(({ from }) => from === ref).map(({ to }) => to);
  const usedBy = imports.filter(({ to }) => to === ref).map(({ from }) => from);
  const parts = [uses.length === 0 ? "" : `imports ${names(uses)}`, usedBy.length === 0 ? "" : `is imported by ${names(usedBy)}`];
  return parts.filter((part) => part !== "").join("; ");
}
