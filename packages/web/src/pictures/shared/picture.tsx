/** The frame of every picture: title, what it says in words, the drawing, its legend, and the same facts as a table. */
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import "../pictures.css";

export interface PictureTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}

interface PictureProps {
  readonly title: string;
  /** One or two sentences that a reader who sees nothing can work with. */
  readonly summary: ComponentChildren;
  readonly legend?: ComponentChildren;
  readonly controls?: ComponentChildren;
  /** Built only when a reader opens it; null for a picture that is a table. */
  readonly table: (() => PictureTable) | null;
  readonly children: ComponentChildren;
}

export function Picture({ title, summary, legend, controls, table, children }: PictureProps) {
  const id = useId();
  return (
    <figure class="picture" aria-labelledby={id}>
      <figcaption>
        <span class="picture-title" id={id}>
          {title}
        </span>
        <span class="picture-summary">{summary}</span>
      </figcaption>
      {controls === undefined ? null : <div class="picture-controls">{controls}</div>}
      {children}
      {legend === undefined ? null : <div class="picture-legend">{legend}</div>}
      {table === null ? null : <TableBelow table={table} title={title} />}
    </figure>
  );
}

/** Below a picture that starts short. On paper it says what is not there. */
export function More({
  shown,
  total,
  what,
  showAll,
}: {
  readonly shown: number;
  readonly total: number;
  readonly what: string;
  readonly showAll: () => void;
}) {
  return (
    <p class="more">
      {shown} of {total} {what} are drawn.{" "}
      <button type="button" class="plain" onClick={showAll}>
        Show more
      </button>
    </p>
  );
}

/** What stands in place of a picture that has nothing to draw. */
export function NoPicture({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <figure class="picture picture-none">
      <figcaption>
        <span class="picture-title">{title}</span>
        <span class="picture-summary">{children}</span>
      </figcaption>
    </figure>
  );
}

/** Rows of a table that a page can carry; the JSON result has all. */
const mostRows = 500;

function TableBelow({ table, title }: { readonly table: () => PictureTable; readonly title: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="picture-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The same as a table</summary>
      {open ? <PlainTable {...table()} label={title} /> : null}
    </details>
  );
}

function PlainTable({ head, rows, label }: PictureTable & { readonly label: string }) {
  return (
    <div class="picture-scroll" tabindex={0} role="region" aria-label={`${label}, as a table`}>
      <table>
        <thead>
          <tr>
            {head.map((text) => (
              <th scope="col" key={text}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column} dir="auto">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows ? <p>{rows.length - mostRows} more rows are in the JSON result.</p> : null}
    </div>
  );
}
