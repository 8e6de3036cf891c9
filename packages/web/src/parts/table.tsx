import type { ComponentChildren, JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { useShown } from "./later.js";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** What the column is sorted by; without it, it is not sorted. Null goes last. */
  readonly order?: (row: Row) => string | number | null;
  readonly numeric?: boolean;
  /** The first column names the row. */
  readonly heads?: boolean;
}

interface TableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Rows shown before "show more". */
  readonly first?: number;
  /** Many narrow columns of marks. */
  readonly compact?: boolean;
}

/** A sortable table. Long ones start short: two thousand rows at once help nobody. */
export function Table<Row>({ caption, columns, rows, keyOf, first = 40, compact = false }: TableProps<Row>): JSX.Element {
  const [sorting, setSorting] = useState<{ readonly column: number; readonly down: boolean } | null>(null);
  const [limit, showMore] = useShown(first);
  const sorted = useMemo(
    () => sortedBy(rows, sorting === null ? undefined : columns[sorting.column]?.order, sorting?.down ?? false),
    [rows, sorting],
  );
  const shown = sorted.slice(0, limit);
  const rest = sorted.length - shown.length;
  return (
    <>
      <div class="scroller" role="region" aria-label={caption} tabIndex={0}>
        <table class={compact ? "compact" : "stacked"}>
          <caption class="unseen">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <Heading
                  key={column.title}
                  column={column}
                  state={sorting?.column === index ? (sorting.down ? "descending" : "ascending") : "none"}
                  sort={() =>
                    setSorting((before) => ({
                      column: index,
                      down: before?.column === index ? !before.down : column.numeric === true,
                    }))
                  }
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map((column) =>
                  column.heads === true ? (
                    <th key={column.title} scope="row">
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td key={column.title} class={column.numeric === true ? "number" : undefined} data-name={column.title}>
                      {column.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && (
        <p class="more">
          {shown.length} of {sorted.length}.{" "}
          <button type="button" onClick={showMore}>
            Show {Math.min(rest, 200)} more
          </button>
        </p>
      )}
    </>
  );
}

function Heading<Row>({
  column,
  state,
  sort,
}: {
  readonly column: Column<Row>;
  readonly state: "none" | "ascending" | "descending";
  readonly sort: () => void;
}): JSX.Element {
  const className = column.numeric === true ? "number" : undefined;
  if (column.order === undefined) {
    return (
      <th scope="col" class={className}>
        {column.title}
      </th>
    );
  }
  return (
    <th scope="col" class={className} aria-sort={state}>
      <button type="button" onClick={sort}>
        {column.title}
        <span aria-hidden="true" class="arrow">
          {state === "ascending" ? "↑" : state === "descending" ? "↓" : ""}
        </span>
      </button>
    </th>
  );
}

function sortedBy<Row>(
  rows: readonly Row[],
  order: ((row: Row) => string | number | null) | undefined,
  down: boolean,
): readonly Row[] {
  if (order === undefined) return rows;
  const keyed = rows.map((row) => ({ row, key: order(row) }));
  keyed.sort((one, other) => {
    if (one.key === null || other.key === null) return Number(one.key === null) - Number(other.key === null);
    const sign =
      typeof one.key === "number" && typeof other.key === "number"
        ? one.key - other.key
        : compared(String(one.key), String(other.key));
    return down ? -sign : sign;
  });
  return keyed.map(({ row }) => row);
}

const collator = new Intl.Collator("en", { numeric: true });
const compared = (one: string, other: string): number => collator.compare(one.slice(0, 200), other.slice(0, 200));
