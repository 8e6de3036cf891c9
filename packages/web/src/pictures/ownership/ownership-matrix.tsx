/** Component by team: bars of the share of changes, the declared owner outlined, a verdict in words. */
import { useMemo, useState } from "preact/hooks";
import { nameOf, type Ref, type Result, teamColour } from "../../model.js";
import { componentHref } from "../../route.js";
import { More, NoPicture, Picture } from "../shared/picture.js";
import { bounded, counted, figure, percent } from "../shared/text.js";
import { type OwnershipRow, ownershipRows, ownershipSymbol } from "./ownership-rows.js";

const mostTeams = 24;
/** Rows before a reader asks for all. */
const fewRows = 40;

/** What asks for somebody to act first. */
const words: readonly OwnershipRow["verdict"]["word"][] = [
  "other team",
  "shared",
  "several owners",
  "no owner",
  "one team leads",
  "one team",
  "too few changes",
  "unknown",
];

const meanings: Readonly<Record<OwnershipRow["verdict"]["word"], string>> = {
  "one team": "● one team: no other makes 10 % of the changes",
  "one team leads": "◕ one team leads: it makes 50 % or more",
  "other team": "◆ mostly another team than the owner",
  shared: "◔ shared: no team makes 50 %",
  "several owners": "◑ several owners declared",
  "no owner": "○ no owner declared",
  "too few changes": "? fewer changes than a verdict needs",
  unknown: "? nobody says who is in which team",
};

type SortKey = "owner" | "name" | "verdict" | "changes" | "people";

export function OwnershipMatrix({ result }: { readonly result: Result }) {
  const rows = useMemo(() => ownershipRows(result), [result]);
  const isLong = rows.length > fewRows;
  const [all, setAll] = useState(false);
  const [sort, setSort] = useState<{ readonly key: SortKey; readonly down: boolean }>({
    key: isLong ? "verdict" : "owner",
    down: false,
  });
  const sorted = useMemo(
    () => [...rows].sort((a, b) => (sort.down ? -1 : 1) * compare(result, a, b, sort.key)),
    [rows, sort, result],
  );
  const teams = useMemo(() => teamsOf(result, rows), [rows, result]);
  if (rows.length === 0) return <NoPicture title="Ownership">No component that is built here was found.</NoPicture>;
  const shown = teams.slice(0, mostTeams);
  const has = { changes: rows.some(({ changes }) => changes !== null), people: rows.some(({ people }) => people !== null) };
  const header = (key: SortKey, text: string, numeric = false) => (
    <th
      scope="col"
      class={numeric ? "numeric" : ""}
      aria-sort={sort.key !== key ? "none" : sort.down ? "descending" : "ascending"}
    >
      <button
        type="button"
        onClick={() => setSort({ key, down: sort.key === key ? !sort.down : key === "changes" || key === "people" })}
      >
        {text}
        <span aria-hidden="true">{sort.key !== key ? "" : sort.down ? " ↓" : " ↑"}</span>
      </button>
    </th>
  );
  return (
    <Picture
      title={shown.length > 0 ? "Ownership: which team changes what" : "Ownership: how many people change what"}
      summary={summaryOf(rows, shown.length > 0)}
      table={null}
      legend={
        <ul>
          {shown.length > 0 ? (
            <>
              <li>
                <span class="owner-bar sample" /> share of the changes
              </li>
              <li>
                <span class="owner-bar sample declared" /> declared owner
              </li>
            </>
          ) : null}
          {[...new Set(rows.map(({ verdict }) => verdict.word))].map((word) => (
            <li key={word}>{meanings[word]}</li>
          ))}
          {teams.length > shown.length ? <li>{counted(teams.length - shown.length, "smaller team")} not shown</li> : null}
        </ul>
      }
    >
      <div class="picture-scroll" tabindex={0} role="region" aria-label="Ownership by component and team">
        <table class="owners">
          <thead>
            <tr>
              {header("name", "component")}
              {header("verdict", "verdict")}
              {header("owner", "owner")}
              {shown.map((team) => (
                <th scope="col" key={team} style={{ borderBlockStartColor: teamColour(result, team) }} class="owner-team">
                  <bdi class="cut" title={bounded(nameOf(result, team))}>
                    {bounded(nameOf(result, team))}
                  </bdi>
                </th>
              ))}
              {has.changes ? header("changes", "changes", true) : null}
              {has.people ? header("people", "people", true) : null}
            </tr>
          </thead>
          <tbody>
            {(all ? sorted : sorted.slice(0, fewRows)).map((row) => (
              <Row key={row.component.ref} row={row} teams={shown} has={has} result={result} />
            ))}
          </tbody>
        </table>
      </div>
      {isLong && !all && <More shown={fewRows} total={rows.length} what="components" showAll={() => setAll(true)} />}
    </Picture>
  );
}

interface RowProps {
  readonly row: OwnershipRow;
  readonly teams: readonly Ref[];
  /** Columns that hold anything. */
  readonly has: { readonly changes: boolean; readonly people: boolean };
  readonly result: Result;
}

function Row({ row, teams, has, result }: RowProps) {
  const { component, declared, shares, changes, people, verdict } = row;
  return (
    <tr>
      <th scope="row">
        <a class="cut" href={componentHref(component.ref)} title={bounded(component.name)}>
          <bdi>{bounded(component.name)}</bdi>
        </a>
      </th>
      <td class={`owner-verdict ${verdict.word.replaceAll(" ", "-")}`}>
        <span aria-hidden="true">{ownershipSymbol(verdict)} </span>
        <bdi class="cut" dir="ltr" title={bounded(verdict.text)}>
          {bounded(verdict.text)}
        </bdi>
      </td>
      <td data-name="owner">
        <bdi class="cut" title={declared.map((ref) => bounded(nameOf(result, ref))).join(", ")}>
          {declared.length === 0 ? (
            <span class="quiet">none</span>
          ) : (
            declared.map((ref) => bounded(nameOf(result, ref))).join(", ")
          )}
        </bdi>
      </td>
      {teams.map((team) => {
        const share = shares.find((one) => one.team === team)?.share ?? 0;
        const isOwner = declared.includes(team);
        return (
          <td key={team} class="owner-cell" data-name={bounded(nameOf(result, team))}>
            {share === 0 && !isOwner ? null : (
              <span
                class={`owner-bar${isOwner ? " declared" : ""}`}
                style={{ width: `${Math.max(2, Math.round(share * 44))}px`, background: teamColour(result, team) }}
              />
            )}
            {share >= 0.05 ? (
              <span class="owner-share">{percent(share)}</span>
            ) : isOwner ? (
              <span class="owner-share">0 %</span>
            ) : null}
          </td>
        );
      })}
      {has.changes ? (
        <td class="numeric" data-name="changes">
          {changes === null ? "" : figure(changes)}
        </td>
      ) : null}
      {has.people ? (
        <td class="numeric" data-name="people">
          {people === null ? "" : people}
        </td>
      ) : null}
    </tr>
  );
}

/** Teams by how many components they own or change, then by name. */
function teamsOf(result: Result, rows: readonly OwnershipRow[]): Ref[] {
  const weights = new Map<Ref, number>();
  const add = (team: Ref, weight: number): void => void weights.set(team, (weights.get(team) ?? 0) + weight);
  if (rows.every(({ shares }) => shares.length === 0)) return [];
  for (const { declared, shares } of rows) {
    for (const team of declared) if (team.startsWith("group:")) add(team, 1);
    for (const { team, share } of shares) add(team, share);
  }
  const kept = [...weights].sort(([, a], [, b]) => b - a).map(([team]) => team);
  const byName = (a: Ref, b: Ref): number => (nameOf(result, a) < nameOf(result, b) ? -1 : 1);
  return [...kept.slice(0, mostTeams).sort(byName), ...kept.slice(mostTeams)];
}

function compare(result: Result, a: OwnershipRow, b: OwnershipRow, key: SortKey): number {
  const name = text(a.component.name, b.component.name);
  if (key === "changes") return (a.changes ?? -1) - (b.changes ?? -1) || name;
  if (key === "people") return (a.people ?? -1) - (b.people ?? -1) || name;
  if (key === "verdict") return words.indexOf(a.verdict.word) - words.indexOf(b.verdict.word) || name;
  if (key === "name") return name;
  const owner = ({ declared: [first] }: OwnershipRow): string => (first === undefined ? "￿" : nameOf(result, first));
  return text(owner(a), owner(b)) || name;
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function summaryOf(rows: readonly OwnershipRow[], withTeams: boolean): string {
  const having = (...words: OwnershipRow["verdict"]["word"][]): number =>
    rows.filter(({ verdict }) => words.includes(verdict.word)).length;
  const none = having("no owner");
  const first =
    none === rows.length
      ? `No owner is declared for any of ${counted(rows.length, "component")}.`
      : `${rows.length - none} of ${counted(rows.length, "component")} have a declared owner.`;
  if (!withTeams) return `${first} Which team makes the changes is not known: nobody says who is in which team.`;
  const other = having("other team");
  const shared = having("shared", "several owners");
  return `${first} ${counted(other, "is", "are")} changed mostly by another team, ${shared} shared by several.`;
}
