/** Services by stores and tables: who reads, who writes, what is shared. */
import { useMemo, useState } from "preact/hooks";
import type { ModelComponent, Ref, Result } from "../../model.js";
import { componentHref } from "../../route.js";
import { More, NoPicture, Picture } from "../shared/picture.js";
import { bounded, counted } from "../shared/text.js";
import { type StoreRow, type StoreRows, type StoreTable, type StoreUse, storeTable } from "./store-rows.js";

/** Rows per store that are shown before a reader asks for all. */
const fewRows = 8;

export function StoreMatrix({ result }: { readonly result: Result }) {
  const whole = useMemo(() => storeTable(result), [result]);
  const [all, setAll] = useState(false);
  const { users, stores } = useMemo(() => drawable(whole, all ? mostCells : fewCells), [whole, all]);
  const [open, setOpen] = useState<ReadonlySet<Ref>>(new Set());
  if (stores.length === 0)
    return <NoPicture title="Stores and tables">No use of a datastore, cache, broker or table by a service was found.</NoPicture>;
  const rows = stores.flatMap(({ whole, parts }) => [whole, ...parts]);
  const tables = whole.stores.flatMap(({ parts }) => parts);
  const sharedStores = whole.stores.filter(
    ({ whole, parts }) => new Set([...whole.uses.keys(), ...parts.flatMap(({ uses }) => [...uses.keys()])]).size > 1,
  ).length;
  return (
    <Picture
      title="Who uses what"
      summary={`${counted(whole.stores.length, "store")}, ${sharedStores} of them used by several services; ${counted(tables.length, "table or topic", "tables and topics")}, ${tables.filter(({ uses }) => uses.size > 1).length} used by several, ${tables.filter(({ writers }) => writers > 1).length} written by several.`}
      table={null}
      legend={
        <ul>
          <li>
            <b>r</b> reads
          </li>
          <li>
            <b>w</b> writes
          </li>
          {hasLetter(rows, "p") ? (
            <li>
              <b>p</b> sends to
            </li>
          ) : null}
          {hasLetter(rows, "c") ? (
            <li>
              <b>c</b> receives from
            </li>
          ) : null}
          {hasLetter(rows, "u") ? (
            <li>
              <b>u</b> uses, how is not known
            </li>
          ) : null}
          <li>framed: shared by several services</li>
          <li>with a ?: likely or a hint, not confirmed</li>
        </ul>
      }
    >
      <div class="picture-scroll" tabindex={0} role="region" aria-label="Stores and tables by service">
        <table class="stores">
          <thead>
            <tr>
              <th scope="col">store or table</th>
              <th scope="col" class="numeric">
                services
              </th>
              <th scope="col" class="numeric">
                writers
              </th>
              {users.map(({ ref, name }) => (
                <th scope="col" key={ref} class="turned">
                  <a href={componentHref(ref)} title={bounded(name)}>
                    <bdi>{bounded(name)}</bdi>
                  </a>
                </th>
              ))}
            </tr>
          </thead>
          {stores.map((store) => (
            <StoreBody
              key={store.store.ref}
              rows={store}
              users={users}
              all={open.has(store.store.ref)}
              onAll={() => setOpen(new Set([...open, store.store.ref]))}
            />
          ))}
        </table>
      </div>
      {stores.length < whole.stores.length && !all && (
        <More
          shown={stores.length}
          total={whole.stores.length}
          what="stores, the most shared ones,"
          showAll={() => setAll(true)}
        />
      )}
    </Picture>
  );
}

/** Cells at first, and cells that a page can carry; a larger matrix shows what is shared and who shares it, the tables below it show the rest. */
const fewCells = 1200;
const mostCells = 6000;

function isShared({ uses }: StoreRow): boolean {
  return uses.size > 1;
}

function drawable(table: StoreTable, most: number): StoreTable {
  const rows = table.stores.reduce((sum, { parts }) => sum + 1 + parts.length, 0);
  if (rows * table.users.length <= most) return table;
  const stores = table.stores.flatMap((each) => {
    const parts = each.parts.filter(isShared);
    return parts.length > 0 || isShared(each.whole) ? [{ ...each, parts }] : [];
  });
  const kept: StoreRows[] = [];
  const sharing = new Set<Ref>();
  let cells = 0;
  for (const store of stores) {
    for (const row of [store.whole, ...store.parts]) for (const user of row.uses.keys()) sharing.add(user);
    cells += 1 + store.parts.length;
    if (cells * sharing.size > most && kept.length > 0) break;
    kept.push(store);
  }
  const drawn = new Set(kept.flatMap(({ whole, parts }) => [whole, ...parts].flatMap(({ uses }) => [...uses.keys()])));
  return { stores: kept, users: table.users.filter(({ ref }) => drawn.has(ref)) };
}

function StoreBody({
  rows: { store, whole, parts },
  users,
  all,
  onAll,
}: {
  readonly rows: StoreRows;
  readonly users: readonly ModelComponent[];
  readonly all: boolean;
  readonly onAll: () => void;
}) {
  const shared = parts.filter(({ uses }) => uses.size > 1);
  const shown = all ? parts : parts.slice(0, Math.max(fewRows, shared.length));
  return (
    <tbody>
      <Row
        row={whole}
        users={users}
        heading
        note={[store.technology, store.kind].filter((word) => word !== null && word !== store.name).join(", ")}
      />
      {shown.map((row) => (
        <Row key={row.resource.ref} row={row} users={users} heading={false} note={null} />
      ))}
      {shown.length === parts.length ? null : (
        <tr>
          <td colSpan={3 + users.length}>
            <button type="button" class="plain" onClick={onAll}>
              Show {counted(parts.length - shown.length, "more table", "more tables")} of <bdi>{bounded(store.name)}</bdi>, each
              used by one service
            </button>
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Row({
  row: { resource, uses, writers },
  users,
  heading,
  note,
}: {
  readonly row: StoreRow;
  readonly users: readonly ModelComponent[];
  readonly heading: boolean;
  readonly note: string | null;
}) {
  return (
    <tr class={heading ? "store" : "table"}>
      <th scope="row">
        <bdi class="cut" title={bounded(resource.name)}>
          {bounded(resource.name)}
        </bdi>
        {note === null || note === "" ? null : <span class="quiet"> {note}</span>}
      </th>
      <td class="numeric">{uses.size === 0 ? "" : uses.size}</td>
      <td class={`numeric${writers > 1 ? " several" : ""}`}>{uses.size === 0 ? "" : writers}</td>
      {users.map(({ ref }) => (
        <Use key={ref} use={uses.get(ref)} shared={uses.size > 1} />
      ))}
    </tr>
  );
}

function Use({ use, shared }: { readonly use: StoreUse | undefined; readonly shared: boolean }) {
  if (use === undefined) return <td class="use" />;
  return (
    <td class="use">
      <span class={`${shared ? "shared" : ""}${use.letters.includes("w") ? " writes" : ""}`} title={use.confidence}>
        {use.letters}
        {use.confidence === "confirmed" ? "" : "?"}
      </span>
    </td>
  );
}

function hasLetter(rows: readonly StoreRow[], letter: string): boolean {
  return rows.some(({ uses }) => [...uses.values()].some(({ letters }) => letters.includes(letter)));
}
