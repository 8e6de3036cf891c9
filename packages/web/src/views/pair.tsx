/** Two components side by side: what they share in code, data, interfaces and history. */
import type { JSX } from "preact";
import { clean, namesOf, percent, shellQuoted } from "../../../drystone/src/report/_shared/index.js";
import { componentsByRef, findingsOf, measuresOf, nameOf, type Ref, type Result, relationsOf } from "../model.js";
import type { ViewProps } from "../page.js";
import { Command } from "../parts/command.js";
import { FindingList } from "../parts/finding-list.js";
import { Fact, Facts, Section, Title } from "../parts/heading.js";
import { Later } from "../parts/later.js";
import { SubjectLink, SubjectLinks } from "../parts/links.js";
import { Relations } from "../parts/relations.js";
import { Code, Name, Sentence } from "../parts/text.js";
import { PairTimeline } from "../pictures/index.js";
import { componentHref, refOf } from "../route.js";
import { levelWord } from "./data-stores.js";
import { detailNumber } from "./dependencies.js";
import { Team } from "./estate.js";
import { NotFound } from "./not-found.js";

export function PairPage({ data, result, parts }: ViewProps): JSX.Element {
  const [one, other] = [refOf(parts[0] ?? ""), refOf(parts[1] ?? "")];
  const [a, b] = [componentsByRef(result).get(one), componentsByRef(result).get(other)];
  if (a === undefined || b === undefined) return <NotFound what="pair of components" name={parts.join(" and ")} />;
  const forth = relationsOf(result, one).uses.filter(({ to }) => to === other);
  const back = relationsOf(result, other).uses.filter(({ to }) => to === one);
  const coupling =
    measuresOf(result, "coupling.degree").find(({ subjects }) => subjects.includes(one) && subjects.includes(other)) ?? null;
  const stores = measuresOf(result, "datastore.shared-level").filter(
    ({ subjects }) => subjects.includes(one) && subjects.includes(other),
  );
  const findings = findingsOf(result).filter(({ finding }) => finding.subjects.includes(one) && finding.subjects.includes(other));
  const [nameA, nameB] = [shellQuoted(a.name), shellQuoted(b.name)];
  const shared = detailNumber(coupling, "shared");
  return (
    <>
      <p class="above quiet">two components side by side</p>
      <Title>
        <Name text={a.name} width={50} /> and <Name text={b.name} width={50} />
      </Title>
      <p>
        <a href={componentHref(one)}>
          <Name text={a.name} />
        </a>
        {" · "}
        <a href={componentHref(other)}>
          <Name text={b.name} />
        </a>
      </p>
      {nameA !== null && nameB !== null && (
        <p>
          <Command text={`drystone explain ${nameA} ${nameB}`} what="the command that prints everything about the two" />
        </p>
      )}
      <Facts>
        <Fact name="Teams">
          <Team component={a} result={result} /> and <Team component={b} result={result} />
        </Fact>
        <Fact name="Change coupling">
          {coupling?.value === null || coupling === null ? (
            <span class="quiet">no shared change in the window</span>
          ) : (
            <>
              {percent(coupling.value)}
              {shared !== null &&
                ` (${shared} shared changes; ${a.name === b.name ? "" : clean(a.name, 30)} ${detailNumber(coupling, isFirst(coupling.subjects, one) ? "revisionsA" : "revisionsB") ?? "?"}, ${clean(b.name, 30)} ${detailNumber(coupling, isFirst(coupling.subjects, one) ? "revisionsB" : "revisionsA") ?? "?"})`}
              {detailNumber(coupling, "expected") !== null && (
                <span class="quiet">
                  ; wide changes and busy services alone would explain {detailNumber(coupling, "expected")?.toFixed(1)}
                </span>
              )}
              {coupling.window !== null && <span class="quiet">, {clean(coupling.window, 30).replace("/", " to ")}</span>}
            </>
          )}
        </Fact>
        <Fact name="Dependency">{dependencyText(forth.length, back.length, clean(a.name, 40), clean(b.name, 40))}</Fact>
        <Fact name="Contract">{contractText(result, one, other)}</Fact>
        <Fact name="Shared data">
          {stores.length === 0 ? (
            "none was found"
          ) : (
            <ul>
              {stores.map((measure) => (
                <li key={measure.subjects.join()}>
                  <SubjectLink subject={measure.subjects[2] ?? ""} result={result} />: {levelWord(measure.value)}
                  {detailNumber(measure, "tables") !== null && detailNumber(measure, "tables") !== 0
                    ? `, ${detailNumber(measure, "tables")} tables`
                    : ""}
                  {measure.detail?.["certain"] === "no" && <span class="quiet"> (not certain)</span>}
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name="Shared tables and topics">
          <Common result={result} one={one} other={other} />
        </Fact>
        <Fact name="Libraries of your own">
          <Libraries result={result} one={one} other={other} />
        </Fact>
      </Facts>
      <Later>{() => <PairTimeline result={result} a={one} b={other} />}</Later>
      <Section title={`Findings about both: ${findings.length}`}>
        <FindingList found={findings} names={namesOf(result, data.people)} first={12} withFix />
      </Section>
      {forth.length > 0 && (
        <Section title={`${clean(nameOf(result, one), 40)} uses ${clean(nameOf(result, other), 40)}`}>
          <Relations caption="One way" relations={forth} end="to" of={null} result={result} />
        </Section>
      )}
      {back.length > 0 && (
        <Section title={`${clean(nameOf(result, other), 40)} uses ${clean(nameOf(result, one), 40)}`}>
          <Relations caption="The other way" relations={back} end="to" of={null} result={result} />
        </Section>
      )}
    </>
  );
}

function dependencyText(forth: number, back: number, one: string, other: string): string {
  if (forth + back === 0) return "none was found";
  if (forth > 0 && back > 0) return "each uses the other";
  return forth > 0 ? `${one} uses ${other}` : `${other} uses ${one}`;
}

function isFirst(subjects: readonly Ref[], ref: Ref): boolean {
  return subjects[0] === ref;
}

function contractText(result: Result, one: Ref, other: Ref): JSX.Element {
  const contracts = result.model.contracts.filter(({ provider }) => provider === one || provider === other);
  if (contracts.length === 0) return <span>neither has a machine-readable contract</span>;
  return (
    <>
      {contracts.slice(0, 6).map((contract) => (
        <span key={contract.ref} class="declared">
          <Name text={nameOf(result, contract.provider ?? "")} width={30} />: {contract.kind}{" "}
          <Code text={contract.file} limit={80} />{" "}
        </span>
      ))}
    </>
  );
}

function Common({ result, one, other }: { readonly result: Result; readonly one: Ref; readonly other: Ref }): JSX.Element {
  const touched = (ref: Ref): ReadonlySet<Ref> =>
    new Set(relationsOf(result, ref).uses.flatMap(({ to }) => (to.startsWith("resource:") ? to : [])));
  const others = touched(other);
  const common = [...touched(one)].filter((ref) => others.has(ref));
  return common.length === 0 ? <span>none was found</span> : <SubjectLinks subjects={common} result={result} limit={20} />;
}

function Libraries({ result, one, other }: { readonly result: Result; readonly one: Ref; readonly other: Ref }): JSX.Element {
  const both = result.model.libraries.filter(
    ({ internal, uses }) => internal && [one, other].every((ref) => uses.some(({ component }) => component === ref)),
  );
  if (both.length === 0) return <span>none was found</span>;
  return (
    <ul>
      {both.slice(0, 20).map((library) => {
        const [first, second] = [one, other].map((ref) => library.uses.find(({ component }) => component === ref)?.version ?? "");
        return (
          <li key={library.name}>
            <Name text={library.name} />{" "}
            <Sentence
              text={
                first === second
                  ? first === ""
                    ? "version unknown"
                    : (first ?? "")
                  : `${first === "" ? "unknown" : first} and ${second === "" ? "unknown" : second}`
              }
              limit={80}
            />
            <span class="quiet"> {library.nature}</span>
          </li>
        );
      })}
    </ul>
  );
}
