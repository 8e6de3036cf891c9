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
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [limit, showMore] = useShown(first);
  const sorted = useMemo(
    () => sortedBy(rows, sorting === null ? undefined : columns[sorting.column]?.order, sorting?.down ?? false),
    [rows, sorting],
  );
  const shown = sorted.slice(0, limit);
  const rest = sorted.length - shown.length;
  return (
    <>
      {!compact && rows.length > 1 && <Sorter columns={columns} sorting={sorting} sort={setSorting} />}
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
                  sort={() => setSorting(sorting?.column === index ? turned(sorting) : sortingBy(columns, index))}
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

interface Sorting {
  readonly column: number;
  readonly down: boolean;
}

/** Numbers are looked at for the largest, names from A. */
function sortingBy<Row>(columns: readonly Column<Row>[], column: number): Sorting {
  return { column, down: columns[column]?.numeric === true };
}

function turned({ column, down }: Sorting): Sorting {
  return { column, down: !down };
}

/** Does what the heads of the columns do where they are not shown: on a narrow screen. */
function Sorter<Row>({
  columns,
  sorting,
  sort,
}: {
  readonly columns: readonly Column<Row>[];
  readonly sorting: Sorting | null;
  readonly sort: (sorting: Sorting | null) => void;
}): JSX.Element | null {
  if (!columns.some(({ order }) => order !== undefined)) return null;
  const choose = (value: string): void => sort(value === "" ? null : sortingBy(columns, Number(value)));
  return (
    <p class="sorter">
      <label>
        Sort by{" "}
        <select value={sorting?.column ?? ""} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">as they come</option>
          {columns.map(({ title, order }, index) =>
            order === undefined ? null : (
              <option key={title} value={index}>
                {title}
              </option>
            ),
          )}
        </select>
      </label>
      {sorting !== null && (
        <button type="button" onClick={() => sort(turned(sorting))}>
          {sorting.down ? "descending ↓" : "ascending ↑"}
        </button>
      )}
    </p>
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
