/** What differs from an earlier result: marks beside what is new, and the list of it. */
import type { JSX } from "preact";
import { clean, isShare, percent, plainNumber, topicOf, verdictMark } from "../../../drystone/src/report/_shared/index.js";
import type { PageData, ResultDiff } from "../model.js";
import { hrefOf } from "../route.js";
import { Section } from "./heading.js";
import { Sentence } from "./text.js";

/** The comparison as a part of the answer. */
export function Since({ data }: { readonly data: PageData }): JSX.Element | null {
  const { diff } = data;
  if (diff === null) return null;
  const fresh = diff.findings.filter(({ change }) => change === "new");
  const gone = diff.findings.filter(({ change }) => change === "gone");
  return (
    <Section title={`Since ${clean(diff.asOf[0], 20)}`}>
      {diff.incomparable.length > 0 && (
        <p class="warning">
          <strong>These numbers cannot be compared:</strong> <Sentence text={diff.incomparable.join("; ")} />.
        </p>
      )}
      <ul class="changes">
        {diff.verdicts.map((change) => (
          <li key={`${change.id} ${change.subject}`}>
            <Mark direction={directionOfVerdict(change)} />
            <span>
              {titleOf(change.id)}: {verdictMark(change.before ?? "unknown").word} → {verdictMark(change.after ?? "unknown").word}
            </span>
          </li>
        ))}
        {diff.numbers.map((change) => (
          <li key={`${change.id} ${change.subject} number`}>
            <Mark direction={directionOfNumber(change)} />
            <span>
              {titleOf(change.id)}: {shownNumber(change.before, change.unit)} → {shownNumber(change.after, change.unit)}
              {change.beyondNoise === null ? " (not comparable)" : ", beyond noise"}
            </span>
          </li>
        ))}
        {fresh.length > 0 && (
          <li>
            <Mark direction="new" />
            <a href={hrefOf("findings", "new")}>
              {fresh.length} new {fresh.length === 1 ? "finding" : "findings"}
            </a>
          </li>
        )}
        {diff.components.map((change) => (
          <li key={`${change.change} ${change.ref}`}>
            <Mark direction={change.change === "added" ? "new" : "gone"} />
            <span>
              {change.what} <Sentence text={change.name} limit={64} />
            </span>
          </li>
        ))}
      </ul>
      {gone.length > 0 && (
        <details>
          <summary>
            {gone.length} {gone.length === 1 ? "finding is" : "findings are"} gone
          </summary>
          <ul>
            {gone.slice(0, 100).map((change) => (
              <li key={change.fingerprint}>
                <Sentence text={change.message === "" ? change.code : change.message} limit={240} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {isQuiet(diff) && <p>Nothing changed beyond noise.</p>}
      {diff.withinNoise > 0 && (
        <p class="quiet">
          {diff.withinNoise} {diff.withinNoise === 1 ? "number" : "numbers"} moved within noise and{" "}
          {diff.withinNoise === 1 ? "is" : "are"} not listed.
          {diff.overlap !== null && diff.overlap > 0 ? ` The two windows overlap by ${percent(diff.overlap)}.` : ""}
        </p>
      )}
      {diff.inputs.length > 0 && (
        <details>
          <summary>What differs in the input ({diff.inputs.length})</summary>
          <ul>
            {diff.inputs.slice(0, 100).map((change) => (
              <li key={change.what}>
                <Sentence text={`${change.what}: ${change.from ?? "–"} → ${change.to ?? "–"}`} limit={300} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

/** Fingerprints of findings that the earlier result did not have. */
export function newFingerprints(data: PageData): ReadonlySet<string> {
  return new Set((data.diff?.findings ?? []).filter(({ change }) => change === "new").map(({ fingerprint }) => fingerprint));
}

type Direction = "new" | "gone" | "better" | "worse" | "changed";

const symbols: Readonly<Record<Direction, string>> = { new: "+", gone: "−", better: "↓", worse: "↑", changed: "~" };

export function Mark({ direction }: { readonly direction: Direction }): JSX.Element {
  return (
    <span class={`mark mark-${direction}`}>
      <span aria-hidden="true">{symbols[direction]}</span> {direction}
    </span>
  );
}

// Only the words that say how bad something is can be put in an order.
const ranks = new Map([
  ["absent", 0],
  ["unlikely", 0],
  ["aligned", 0],
  ["met", 0],
  ["mixed", 1],
  ["present", 2],
  ["likely", 2],
  ["misaligned", 2],
  ["not-met", 2],
]);

function directionOfVerdict({ before, after }: ResultDiff["verdicts"][number]): Direction {
  const [from, to] = [ranks.get(before ?? ""), ranks.get(after ?? "")];
  if (from === undefined || to === undefined || from === to) return "changed";
  return to > from ? "worse" : "better";
}

// More is worse for these; for the others a change is a change.
const moreIsWorse = new Set([
  "change-coupling",
  "lockstep-deployment",
  "chattiness",
  "developer-spread",
  "shared-datastore",
  "shared-code",
  "library-drift",
  "coordination",
]);
const moreIsBetter = new Set(["ownership", "interface-mandate", "operational-baseline"]);

function directionOfNumber({ id, before, after, beyondNoise }: ResultDiff["numbers"][number]): Direction {
  if (beyondNoise !== true) return "changed";
  if (moreIsWorse.has(id)) return after > before ? "worse" : "better";
  if (moreIsBetter.has(id)) return after > before ? "better" : "worse";
  return "changed";
}

function shownNumber(value: number, unit: string | null): string {
  return isShare(unit) ? percent(value) : plainNumber(value);
}

function titleOf(id: string): string {
  return id === "distributed-monolith" ? "Distributed monolith" : topicOf(id).title;
}

function isQuiet({ verdicts, numbers, findings, components }: ResultDiff): boolean {
  return verdicts.length + numbers.length + findings.length + components.length === 0;
}
