/** Which components depend on which, and which change together without it. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { percent } from "../../../drystone/src/report/_shared/index.js";
import { componentsByRef, type Measure, measuresOf, nameOf, type Ref, type Result } from "../model.js";
import type { ViewProps } from "../page.js";
import { Section, Title } from "../parts/heading.js";
import { Later } from "../parts/later.js";
import { Table } from "../parts/table.js";
import { Name } from "../parts/text.js";
import { Standings } from "../parts/waits.js";
import { DependencyMatrix } from "../pictures/index.js";
import { dependenciesOf, isBeyondChance } from "../pictures/shared/dependencies.js";
import { pairHref } from "../route.js";

interface Pair {
  readonly one: Ref;
  readonly other: Ref;
  /** Relations from `one` to `other` and back. */
  readonly uses: number;
  readonly usedBy: number;
  readonly coupling: Measure | null;
}

export function Dependencies({ result }: ViewProps): JSX.Element {
  return (
    <>
      <Title lead="Change coupling is the share of the changes of two components that touched both. Two that change together without using each other may hide a dependency.">
        Dependencies
      </Title>
      <Standings result={result} ids={["change-coupling"]} />
      <Later>
        {() => (
          <>
            <DependencyMatrix result={result} />
            <AllPairs result={result} />
          </>
        )}
      </Later>
    </>
  );
}

function AllPairs({ result }: { readonly result: Result }): JSX.Element {
  const pairs = useMemo(() => pairsOf(result), [result]);
  const hidden = pairs.filter((pair) => pair.coupling !== null && isBeyondChance(pair.coupling) && pair.uses + pair.usedBy === 0);
  return (
    <>
      {hidden.length > 0 && (
        <Section title={`Changed together more than chance explains, and neither uses the other: ${hidden.length}`}>
          <Pairs caption="Changed together, and neither uses the other" pairs={hidden} result={result} />
        </Section>
      )}
      <Section title={`Pairs of what is built here: ${pairs.length}`}>
        {pairs.length === 0 ? (
          <p class="quiet">No relation and no shared change between two components was found.</p>
        ) : (
          <Pairs caption="Pairs of what is built here" pairs={pairs} result={result} />
        )}
      </Section>
    </>
  );
}

function Pairs({
  caption,
  pairs,
  result,
}: {
  readonly caption: string;
  readonly pairs: readonly Pair[];
  readonly result: Result;
}): JSX.Element {
  return (
    <Table
      caption={caption}
      rows={pairs}
      keyOf={({ one, other }) => `${one} ${other}`}
      columns={[
        {
          title: "Pair",
          heads: true,
          order: ({ one }) => nameOf(result, one),
          cell: ({ one, other }) => (
            <a href={pairHref(one, other)}>
              <Name text={nameOf(result, one)} width={30} /> and <Name text={nameOf(result, other)} width={30} />
            </a>
          ),
        },
        {
          title: "Dependency",
          order: ({ uses, usedBy }) => uses + usedBy,
          cell: (pair) => <Direction pair={pair} result={result} />,
        },
        {
          title: "Shared changes",
          numeric: true,
          order: ({ coupling }) => detailNumber(coupling, "shared"),
          cell: ({ coupling }) => detailNumber(coupling, "shared") ?? "–",
        },
        {
          title: "Changes, mean of both",
          numeric: true,
          order: ({ coupling }) => coupling?.sample?.n ?? null,
          cell: ({ coupling }) => coupling?.sample?.n ?? "–",
        },
        {
          title: "Change coupling",
          numeric: true,
          order: ({ coupling }) => coupling?.value ?? null,
          cell: ({ coupling }) => (coupling?.value === null || coupling === null ? "–" : percent(coupling.value)),
        },
      ]}
    />
  );
}

function Direction({ pair, result }: { readonly pair: Pair; readonly result: Result }): JSX.Element {
  const { one, other, uses, usedBy } = pair;
  if (uses + usedBy === 0) return <span class="quiet">none</span>;
  if (uses > 0 && usedBy > 0) return <span>each uses the other</span>;
  return (
    <span>
      <Name text={nameOf(result, uses > 0 ? one : other)} width={24} /> uses{" "}
      <Name text={nameOf(result, uses > 0 ? other : one)} width={24} />
    </span>
  );
}

export function detailNumber(measure: Measure | null, key: string): number | null {
  const value = measure?.detail?.[key];
  return typeof value === "number" ? value : null;
}

function pairsOf(result: Result): readonly Pair[] {
  const components = componentsByRef(result);
  const pairs = new Map<string, Pair>();
  const add = (from: Ref, to: Ref, change: (pair: Pair, isForward: boolean) => Pair): void => {
    if (from === to || components.get(from)?.built !== true || components.get(to)?.built !== true) return;
    const [one, other] = from < to ? [from, to] : [to, from];
    const key = `${one}\n${other}`;
    pairs.set(key, change(pairs.get(key) ?? { one, other, uses: 0, usedBy: 0, coupling: null }, from === one));
  };
  // Messages over a topic and imports join two as well: the same as in the matrix.
  for (const { from, to } of dependenciesOf(result, (ref) => components.get(ref)?.built === true))
    add(from, to, (pair, isForward) => (isForward ? { ...pair, uses: pair.uses + 1 } : { ...pair, usedBy: pair.usedBy + 1 }));
  for (const measure of measuresOf(result, "coupling.degree"))
    add(measure.subjects[0] ?? "", measure.subjects[1] ?? "", (pair) => ({ ...pair, coupling: measure }));
  return [...pairs.values()].sort(
    (a, b) => (b.coupling?.value ?? -1) - (a.coupling?.value ?? -1) || b.uses + b.usedBy - a.uses - a.usedBy,
  );
}
