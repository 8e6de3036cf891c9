/** Is a set of tables connected to nothing else? Tables are joined by the files that use them together (metrics.md B6). */
import type { TableUse } from "#derive/parts/index.js";
import { conductance } from "#derive/parts/index.js";
import type { Assessment } from "#model/result.js";
import { type Advising, counted, judged, listed, percent, place, rounded } from "../_shared/index.js";

const id = "isolated-tables";
const question = "Is a set of its tables connected to nothing else?";
const source = "parameters B";

/** Weights of Service Cutter's semantic proximity: both written, else. */
const weights = { bothWritten: 10, other: 3 };

export function signalIsolatedTables({ estate, part, crossings }: Advising): Assessment {
  const { B } = estate.parameters;
  const base = { id, subject: part.subject, question, level: estate.parameters.ci.level };
  const { tables } = crossings;
  const placed = tables.filter(({ places }) => places.size > 0);
  const own = tables.filter(({ byPart }) => byPart);
  if (tables.length === 0 || placed.length < B.tablesKnown * tables.length)
    return judged({
      ...base,
      verdict: "unknown",
      reasons: [
        tables.length === 0
          ? "No tables were found in the source: no query, mapping or migration that could be read."
          : `Only ${placed.length} of ${counted(tables.length, "table")} are seen in program text: what joins them is not known.`,
      ],
      missing: [
        { input: "which table is used where", how: "drystone assess PATH --traces FILE   (database spans name the tables)" },
      ],
    });
  const common = ubiquitous(tables);
  const counts = own.filter(({ table }) => !common.has(table));
  const alone = counts.filter(({ byRest }) => !byRest);
  const cut = conductance(
    (table: string) => alone.some((one) => one.table === table),
    edgesOf(tables.filter(({ table }) => !common.has(table))),
  );
  const phi = alone.length === 0 ? null : (cut.conductance ?? 0);
  const isSet = alone.length >= B.tables;
  const verdict = isSet && (phi ?? 1) <= B.tablePhi ? "signal" : isSet && (phi ?? 1) <= 2 * B.tablePhi ? "weak" : "none";
  const shared = own.filter(({ byRest }) => byRest);
  return judged({
    ...base,
    verdict,
    value: phi === null ? null : rounded(phi),
    unit: "share of table links that cross",
    sample: { n: own.length, of: "tables" },
    grade: "C",
    conditions: [
      { text: `at least ${B.tables} tables that nothing else uses (${alone.length})`, met: isSet, source },
      {
        text: `at most ${percent(B.tablePhi)} of the links between tables cross`,
        met: phi === null ? null : phi <= B.tablePhi,
        source,
      },
    ],
    reasons: [
      own.length === 0
        ? "It uses no table that was found."
        : `${alone.length} of its ${counted(own.length, "table")} ${alone.length === 1 ? "is" : "are"} used by nothing else${
            shared.length === 0
              ? ""
              : `; it shares ${listed(
                  shared.map(({ name }) => name),
                  3,
                )}`
          }.`,
      ...(common.size > 0
        ? [
            `Tables that most files use are left out: ${listed(
              tables.filter(({ table }) => common.has(table)).map(({ name }) => name),
              3,
            )}.`,
          ]
        : []),
      "Tables are linked by the files that use both, foreign keys of object mappers among them; joins that only the database sees are not, so this is indirect evidence.",
    ],
    findings: (shared.length > 0 ? shared : alone).slice(0, 1).map((table) =>
      place(
        {
          code: `${id}/${shared.length > 0 ? "shared" : "alone"}`,
          subjects: [part.subject, table.table],
          message:
            shared.length > 0
              ? `${table.name} is used inside and outside of ${part.name}.`
              : `${table.name} is used by ${part.name} and by nothing else.`,
          fix:
            shared.length > 0
              ? "Decide which side owns it; the other side asks through an interface."
              : "It can move with its owner.",
          value: (shared.length > 0 ? shared : alone).length,
          unit: "tables",
          sample: { n: own.length, of: "tables" },
        },
        table.evidence,
      ),
    ),
  });
}

/** Tables in more than half of the files that use any: users, tenants, audit. Left out, else everything is one set. */
function ubiquitous(tables: readonly TableUse[]): Set<string> {
  const all = new Set(tables.flatMap(({ places }) => [...places]));
  return new Set(all.size < 4 ? [] : tables.filter(({ places }) => places.size * 2 > all.size).map(({ table }) => table));
}

function* edgesOf(tables: readonly TableUse[]): Generator<readonly [string, string, number]> {
  for (const [index, one] of tables.entries()) {
    for (const other of tables.slice(index + 1)) {
      if (![...one.places].some((place) => other.places.has(place))) continue;
      yield [one.table, other.table, isWritten(one) && isWritten(other) ? weights.bothWritten : weights.other];
    }
  }
}

function isWritten({ writtenByPart, writtenByRest }: TableUse): boolean {
  return writtenByPart || writtenByRest;
}
