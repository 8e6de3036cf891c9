/** Is there a defined contract? Of what leads into it, the share that goes through an operation of a contract or a public entry (metrics.md C4). */

import { type Crossing, publicEntries } from "#derive/parts/index.js";
import type { Assessment } from "#model/result.js";
import { wilson } from "#util/statistics/index.js";
import {
  type Advising,
  answerOf,
  counted,
  type Gate,
  gate,
  interval,
  judged,
  listed,
  percent,
  place,
  rounded,
} from "../_shared/index.js";

const id = "has-contract";
const question = "Is there a defined contract?";
const source = "parameters C";

/** More than this share of what leads in is not known to go through a contract or past it. */
const mostOpen = 0.2;

export function askHasContract(advising: Advising): Assessment {
  const { estate, part, crossings } = advising;
  const { C, ci } = estate.parameters;
  const inbound = crossings.crossings.filter(({ direction, kind }) => direction === "in" && kind !== "table");
  const entries = publicEntries(estate, advising.view, part);
  const judgedOnes = inbound.map((crossing) => ({ crossing, covered: isCovered(advising, crossing, entries) }));
  const known = judgedOnes.filter(({ covered }) => covered !== null);
  const past = known.filter(({ covered }) => covered === false).map(({ crossing }) => crossing);
  const coverage = wilson(known.length - past.length, known.length, ci.level);
  return judged({
    id,
    subject: part.subject,
    question,
    level: ci.level,
    ...answerOf([
      coverageGate(advising, inbound.length, known.length, past),
      backDoors(advising),
      compatibility(advising, inbound),
    ]),
    value: coverage === null ? null : rounded(coverage.value),
    unit: coverage === null ? null : "share of what leads in",
    interval: interval(coverage),
    sample: { n: known.length, of: "inbound uses" },
    grade: "B",
    findings:
      past.length === 0
        ? []
        : [
            place(
              {
                code: `${id}/no-contract`,
                subjects: [part.subject],
                message: `Used past any contract: ${listed(
                  past.map(({ through }) => through),
                  4,
                )}.`,
                fix: "Give it a public entry or an operation, and lead its users there.",
                value: past.length,
                unit: "inbound uses",
                sample: { n: known.length, of: "inbound uses" },
              },
              past.flatMap(({ evidence }) => evidence.slice(0, 2)),
              past.length,
            ),
          ],
  });

  function coverageGate(
    { crossings: { knownFiles, programFiles } }: Advising,
    all: number,
    n: number,
    outside: readonly Crossing[],
  ): Gate {
    const text = "everything that leads into it goes through an operation of a contract or its public entry";
    if (all === 0) {
      const read = knownFiles >= programFiles / 2 && programFiles > 0;
      return gate(
        text,
        read ? true : null,
        read
          ? "Nothing outside of it depends on it."
          : "What depends on it is not known: too few of its imports or calls could be read.",
        {
          source,
          missing: { input: "who uses it", how: "drystone advise split NAME --path PATH --traces FILE" },
        },
      );
    }
    if (all - n > mostOpen * all)
      return gate(text, null, `${all - n} of ${counted(all, "inbound use")} cannot be led to an operation.`, {
        source,
        missing: { input: "which operations are called", how: "drystone advise split NAME --path PATH --traces FILE" },
      });
    const share = n === 0 ? 0 : (n - outside.length) / n;
    return gate(
      text,
      share >= C.contractHi,
      `${n - outside.length} of ${counted(n, "inbound use")} ${n === 1 ? "goes" : "go"} through a contract or public entry (${percent(share)}).`,
      {
        source,
        isNo: share < C.contractLo,
      },
    );
  }
}

/** Null: it may have a contract that could not be matched. */
function isCovered(
  { estate: { facts }, view }: Advising,
  { kind, relation, through, evidence }: Crossing,
  entries: ReadonlySet<number>,
): boolean | null {
  if (kind === "import") {
    const repository = evidence[0]?.type === "file" ? evidence[0].repository : "";
    return (
      facts.contracts.some(({ file, repository: of }) => file === through && of === repository) ||
      entries.has(view.find(repository, through))
    );
  }
  const provider = relation?.kind === "calls" ? relation.to : relation?.from;
  const offered = facts.contracts.filter((contract) => contract.provider === provider && contract.kind !== "typescript");
  const operations = new Set(facts.operations.flatMap(({ ref, contract }) => (contract === null ? [] : [ref])));
  if (relation?.operation != null && operations.has(relation.operation)) return true;
  if (relation?.protocol === "grpc") return offered.length > 0 || offered.some(({ kind: of }) => of === "grpc") ? true : null;
  return offered.length > 0 ? null : false;
}

function backDoors({ assessments, part, crossings }: Advising): Gate {
  const text = "nothing reaches around it: no shared table, no back door";
  const tables = crossings.tables.filter(({ byPart, byRest }) => byPart && byRest);
  if (tables.length > 0)
    return gate(
      text,
      false,
      `${listed(
        tables.map(({ name }) => name),
        3,
      )} ${tables.length === 1 ? "is" : "are"} used on both sides.`,
      { source },
    );
  const mandate = assessments.find(({ id: of }) => of === "interface-mandate");
  const [door] = (mandate?.findings ?? []).filter(
    ({ severity, subjects, code }) =>
      severity !== "note" && !code.endsWith("/coverage") && subjects.some((ref) => part.refs.has(ref)),
  );
  return door === undefined ? gate(text, true, "", { source }) : gate(text, false, door.message, { source });
}

/** Compilers hold both sides of an import against each other. Plain JavaScript, Python, Ruby and PHP tell at run time. */
const compiled = /\.(?:tsx?|mts|cts|java|kts?|scala|go|cs|fs|vb|rs|swift|dart)$/i;

function compatibility({ assessments, estate, part }: Advising, inbound: readonly Crossing[]): Gate {
  const text = "a breaking change of the contract would be noticed before it ships";
  const checked = assessments.find(({ id: of }) => of === "contract-compatibility");
  if (checked?.verdict === "met") return gate(text, true, "", { source });
  if (checked?.verdict === "not-met")
    return gate(text, false, checked.reasons[0] ?? "Contracts break their consumers.", { source });
  if (inbound.length === 0) return gate(text, true, "", { source });
  const own = new Set(
    estate.facts.contracts.flatMap(({ provider, repository }) =>
      provider !== null && part.refs.has(provider) ? [repository] : [],
    ),
  );
  const check = estate.facts.baseline.find(
    ({ kind, evidence }) => kind === "contract-check" && evidence.type === "file" && own.has(evidence.repository),
  );
  if (check?.evidence.type === "file")
    return gate(text, true, `${check.subject} compares its contract in ${check.evidence.file}.`, { source });
  if (inbound.every(({ kind, through }) => kind === "import" && compiled.test(through)))
    return gate(text, true, "All that leads into it are imports, and the compiler holds both sides together.", { source });
  return gate(text, null, "Whether a breaking change would be noticed is not known: no pipeline compares its contract.", {
    source,
    missing: {
      input: "a pipeline that compares contracts",
      how: "add to it:  drystone contracts diff main:CONTRACT CONTRACT",
    },
  });
}
