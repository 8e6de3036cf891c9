/** Numbers behind the verdict: levels per datastore and per pair of services, and how widely tables are used. */
import type { StoreUsage } from "#derive/datastores/index.js";
import type { Measure } from "#model/result.js";
import { rounded } from "../_shared/index.js";

/** Four hundred services on one server make eighty thousand pairs; those that share the most come first. */
const maxPairs = 2000;

export function datastoreMeasures(usages: readonly StoreUsage[]): Measure[] {
  return [
    ...usages.map((usage) =>
      measure("datastore.level", [usage.datastore.ref], usage.level, "level", {
        services: usage.users.length,
        tables: usage.tables.length,
      }),
    ),
    ...usages
      .flatMap(({ pairs }) => pairs)
      .toSorted((a, b) => b.level - a.level)
      .slice(0, maxPairs)
      .map(({ a, b, datastore, level, certain, word, tables }) =>
        measure("datastore.shared-level", [a, b, datastore], level, "level", {
          sharing: word,
          certain: certain ? "yes" : "no",
          tables: tables.length,
        }),
      ),
    ...entropy(usages),
  ];
}

/** Mean over tables of ln(users): 0 when every table has one (CARGO, transaction entropy). */
function entropy(usages: readonly StoreUsage[]): Measure[] {
  const tables = usages.flatMap((usage) => usage.tables);
  if (tables.length === 0) return [];
  const mean = tables.reduce((sum, { users }) => sum + Math.log(users.length), 0) / tables.length;
  return [
    {
      ...measure("datastore.access-entropy", ["system"], rounded(mean), "nats", {
        multiUser: tables.filter(({ users }) => users.length > 1).length,
        multiWriter: tables.filter(({ writers }) => writers.length > 1).length,
      }),
      sample: { n: tables.length, of: "tables" },
    },
  ];
}

function measure(
  id: string,
  subjects: readonly string[],
  value: number,
  unit: string,
  detail: Readonly<Record<string, number | string>>,
): Measure {
  return { id, subjects, value, unit, interval: null, sample: null, window: null, detail };
}
