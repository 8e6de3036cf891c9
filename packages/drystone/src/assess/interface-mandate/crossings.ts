/** All ways around interfaces, of any class, with the teams on both sides (metrics.md I3 to I5). */

import { isCache, type StoreUsage, type TableUsage, teamsApart } from "#derive/datastores/index.js";
import { directLinks } from "#derive/direct-links/index.js";
import type { Estate } from "#derive/estate/index.js";
import type { Evidence } from "#model/evidence.js";
import type { Ref } from "#model/refs.js";
import { listed } from "../_shared/index.js";
import { backDoors } from "./back-doors.js";

export interface Crossing {
  readonly from: Ref;
  readonly to: Ref;
  readonly class: "import" | "store" | "cache" | "volume" | "files" | "network" | "memory";
  /** True between teams, false inside of one, null when an owner is not known. */
  readonly apart: boolean | null;
  /** False where what is shared is not known for sure. */
  readonly certain: boolean;
  /** Tables of both, where that is the way; 0 for a schema in which each has its own. */
  readonly tables: number;
  /** True where nothing tells whose it is: from and to could be turned. */
  readonly isMutual: boolean;
  /** What it goes through, for a reader. */
  readonly through: string;
  readonly evidence: readonly Evidence[];
}

/** One per from, to and class; those between teams first. */
export function crossingsOf(estate: Estate, usages: readonly StoreUsage[]): readonly Crossing[] {
  const found: Omit<Crossing, "apart">[] = [
    ...directLinks(estate.facts).map((link) => ({
      ...link,
      class: "import" as const,
      certain: true,
      tables: 0,
      isMutual: false,
      through: link.evidence.length === 1 ? "one import" : `${link.evidence.length} imports`,
    })),
    ...usages.flatMap((usage) => throughStore(estate, usage)),
    ...backDoors(estate.facts).map((door) => ({ ...door, certain: true, tables: 0, isMutual: door.class === "volume" })),
  ];
  const distinct = new Map<string, Crossing>();
  for (const one of found) {
    const key = `${one.class} ${one.from} ${one.to}`;
    if (!distinct.has(key)) distinct.set(key, { ...one, apart: teamsApart(estate, [one.from, one.to]) });
  }
  const rank = ({ apart }: Crossing) => (apart === true ? 0 : apart === null ? 1 : 2);
  return [...distinct].sort(([a, x], [b, y]) => rank(x) - rank(y) || (a < b ? -1 : 1)).map(([, crossing]) => crossing);
}

/** From the foreign user to the owner of the table, where the owner is known. */
function throughStore(estate: Estate, { datastore, users, tables, pairs }: StoreUsage): Omit<Crossing, "apart">[] {
  const connections = new Map(users.map(({ component, evidence }) => [component, evidence.slice(0, 2)]));
  const tablesByRef = groupByRef(tables);
  return pairs
    .filter(({ level }) => level >= estate.parameters.A5.symptomLevel)
    .map(({ a, b, certain, database, tables: joint }) => {
      const both = joint.flatMap((ref) =>
        (tablesByRef.get(ref) ?? []).filter((one) => one.users.includes(a) && one.users.includes(b)),
      );
      const owners = new Set(both.map(({ owner }) => owner).filter((owner) => owner === a || owner === b));
      const [owner] = owners;
      const isMutual = owners.size !== 1;
      const [from, to] = owner === a && !isMutual ? [b, a] : [a, b];
      const [table] = both;
      return {
        from,
        to,
        class: isCache(datastore) ? ("cache" as const) : ("store" as const),
        certain,
        tables: both.length,
        isMutual,
        through:
          table === undefined
            ? `one schema of ${database === null ? "" : `the database ${database} of `}${datastore.name}`
            : both.length === 1
              ? `the table ${table.name} of ${datastore.name}`
              : `${both.length} tables of ${datastore.name}: ${listed(
                  both.map(({ name }) => name),
                  3,
                )}`,
        evidence: [
          ...[from, to].flatMap((user) => table?.evidence.get(user) ?? []),
          ...[from, to].flatMap((user) => connections.get(user) ?? []),
        ],
      };
    });
}

function groupByRef(tables: readonly TableUsage[]): ReadonlyMap<Ref, readonly TableUsage[]> {
  const known = new Map<Ref, TableUsage[]>();
  for (const table of tables) known.set(table.table, [...(known.get(table.table) ?? []), table]);
  return known;
}
