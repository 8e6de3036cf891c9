/** Modules in layers with their imports; what a rule forbids is dashed, red and says so. */
import { useMemo, useState } from "preact/hooks";
import { isWhole, nameOf, type Ref, type Result } from "../../model.js";
import { componentHref, findingHref } from "../../route.js";
import type { MapGroup, MapLink } from "../estate-map/graph.js";
import { layOut } from "../estate-map/layout.js";
import { type DrawnLink, drawnLinks } from "../estate-map/lines.js";
import { NoPicture, Picture } from "../shared/picture.js";
import { bounded, counted, fitted, listed } from "../shared/text.js";
import { useWidth } from "../shared/use-width.js";
import { type ModuleGraphData, type ModuleImport, modulesOf } from "./modules.js";

export function ModuleGraph({ result }: { readonly result: Result }) {
  const data = useMemo(() => modulesOf(result), [result]);
  const [active, setActive] = useState<Ref | null>(null);
  const [holder, width] = useWidth<HTMLDivElement>(1100);
  const layout = useMemo(
    () => layOut([groupOf(data)], linksOf(data), () => true, width),
    [data, width < 620 ? width : Math.round(width / 100)],
  );
  const lines = useMemo(() => drawnLinks(linksOf(data), layout), [data, layout]);
  if (data.modules.length < 2)
    return (
      <NoPicture title="Modules and their imports">
        {isWhole(result)
          ? "No dependency between modules was read."
          : "No finding is about an import from one module to another. All imports are drawn in the page of drystone assess."}
      </NoPicture>
    );
  const violated = data.imports.filter(({ violations }) => violations.length > 0);
  return (
    <Picture
      title="Modules and their imports"
      summary={`${
        data.counted
          ? `${counted(data.modules.length, "module")}, ${counted(data.imports.length, "pair")} with imports.`
          : `Only what a rule is about: ${counted(data.imports.length, "pair")} of ${counted(data.modules.length, "module")}.`
      } ${
        data.checked
          ? violated.length === 0
            ? "No import breaks a rule."
            : `${counted(violated.length, "pair")} ${violated.length === 1 ? "breaks" : "break"} a rule.`
          : "No rules were checked."
      }${data.omitted > 0 ? ` ${counted(data.omitted, "module")} with fewer links ${data.omitted === 1 ? "is" : "are"} not drawn; the matrix holds all.` : ""}`}
      legend={
        <ul>
          <li>{"arrows go to what is imported; point at a module to see how many"}</li>
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
      <div class="picture-scroll" ref={holder} tabindex={0} role="region" aria-label="Modules and their imports, drawing">
        <svg
          class={`modules${active === null ? "" : " tracing"}`}
          viewBox={`0 0 ${Math.ceil(layout.width)} ${Math.ceil(layout.height)}`}
          style={{ width: `${Math.ceil(layout.width)}px`, minWidth: `${Math.round(layout.width * (width < 620 ? 1 : 0.62))}px` }}
          role="group"
          aria-label="Modules in layers"
        >
          {lines.map((line) => {
            const one = data.imports.find(({ from, to }) => line.key === `imports ${from} ${to}`);
            return one === undefined ? null : (
              <ImportLine key={line.key} one={one} line={line} on={active !== null && line.ends.has(active)} />
            );
          })}
          {data.modules.map(({ ref, name }) => {
            const at = layout.places.get(ref) ?? { x: 0, y: 0, width: 0, height: 0 };
            const label = `${bounded(name)}: ${linksInWords(result, data.imports, ref)}`;
            const point = (on: boolean) => () => setActive(on ? ref : null);
            return (
              <a
                key={ref}
                class="module"
                href={componentHref(ref)}
                aria-label={label}
                onMouseEnter={point(true)}
                onMouseLeave={point(false)}
                onFocus={point(true)}
                onBlur={point(false)}
              >
                <title>{label}</title>
                <rect x={at.x - at.width / 2} y={at.y - at.height / 2} width={at.width} height={at.height} rx={6} />
                <text x={at.x} y={at.y + 4}>
                  {fitted(name, at.width - 14, 12)}
                </text>
              </a>
            );
          })}
        </svg>
      </div>
    </Picture>
  );
}

/** The modules as the one group of a map, without a title of its own. */
function groupOf({ modules }: ModuleGraphData): MapGroup {
  return {
    id: "modules",
    name: "",
    team: null,
    unowned: false,
    nodes: modules.map(({ ref, name }) => ({ ref, name, kind: "component", own: [] })),
  };
}

function linksOf({ imports }: ModuleGraphData): MapLink[] {
  return imports.map(({ from, to, imports: count }) => ({
    from,
    to,
    kind: "imports",
    confidence: "confirmed",
    seen: "static",
    count,
    text: "",
  }));
}

function ImportLine({ one, line, on }: { readonly one: ModuleImport; readonly line: DrawnLink; readonly on: boolean }) {
  const { imports, violations, accepted } = one;
  const kind = violations.length > 0 ? " violation" : accepted.length > 0 ? " accepted" : "";
  const word = violations.length > 0 ? `× ${violations.length}` : accepted.length > 0 ? "accepted" : String(imports);
  const shape = (
    <>
      <path d={line.path} />
      {line.head === null ? null : <path class="head" d={line.head} />}
      {line.middle === null || (kind === "" && !on) ? null : (
        <text x={line.middle.x + 4} y={line.middle.y + 3}>
          {word}
        </text>
      )}
    </>
  );
  const [first] = violations;
  return first === undefined ? (
    <g class={`import${kind}${on ? " on" : ""}`} aria-hidden="true">
      {shape}
    </g>
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
