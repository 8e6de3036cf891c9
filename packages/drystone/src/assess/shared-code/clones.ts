/** Copies of code between services: how much of it there is, and which. */
import type { Estate } from "#derive/estate/index.js";
import { maxEvidence } from "#model/evidence.js";
import type { ClonePair } from "#model/facts.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Finding, Measure } from "#model/result.js";
import { counted, finding, listed, percent, rounded, thousands } from "../_shared/index.js";
import { type CloneClass, cloneClasses, mergedLines } from "./clone-classes.js";
import { distinguished, maxFindings, type Part, source } from "./part.js";

export interface Clones extends Part {
  readonly share: number | null;
  readonly lines: number;
}

/** A copy of so many lines is worth a decision. */
const longCopy = 100;
/** With fewer services read than this share, the rest could hold anything. */
const leastRead = 0.7;

export function clonesPart(estate: Estate): Clones {
  const { A6 } = estate.parameters;
  const services = new Set(estate.services.map((index) => estate.components[index]?.ref ?? ""));
  const read = estate.facts.clones.lines.filter(({ component, lines }) => services.has(component) && lines > 0);
  const lines = read.reduce((sum, each) => sum + each.lines, 0);
  const text = `present: lines copied letter by letter between services are ${percent(A6.cloneShare)} or more (mixed: with other names or literals counted too)`;
  if (read.length < 2) {
    const reasons = [read.length === 0 ? "No source of services was read." : "The source of one service only was read."];
    return {
      met: null,
      quiet: null,
      condition: { text, met: null, source },
      reasons,
      findings: [],
      measures: [],
      share: null,
      lines,
    };
  }
  const pairs = estate.facts.clones.pairs.filter(({ places }) => places.every(({ component }) => services.has(component)));
  const copied = copiedLines(pairs);
  const alike = Math.min(lines, total(copied));
  const exact = Math.min(lines, total(copiedLines(pairs.filter((pair) => pair.exact))));
  const share = alike / lines;
  const isWhole = read.length >= leastRead * services.size;
  const isMuch = share >= A6.cloneShare;
  const isEnough = lines >= A6.lines;
  // Short pieces of one framework look alike with other names: only what is copied letter by letter decides alone.
  const met = exact >= A6.cloneShare * lines && isEnough ? true : (isMuch && !isEnough) || !isWhole ? null : false;
  const classes = cloneClasses(pairs);
  return {
    met,
    quiet: isMuch && !isEnough ? null : share < A6.absentShare * A6.cloneShare ? (isWhole ? true : null) : false,
    condition: { text, met, source },
    reasons: [
      ...(isMuch && !isEnough
        ? [`${counted(lines, "line")} of services are too few to judge: ${thousands(A6.lines)} are needed.`]
        : []),
      shareText(alike, exact, lines, classes.length),
      ...(isWhole ? [] : [`The source of ${services.size - read.length} of ${services.size} services was not read.`]),
      ...(classes.length > maxFindings ? [`The ${maxFindings} longest copied pieces are listed.`] : []),
    ],
    findings: distinguished(classes.slice(0, maxFindings).map((each) => [cloneFinding(each), each.places[0]?.file ?? ""])),
    measures: read.map(({ component, lines: own }) => shareMeasure(component, Math.min(own, copied.get(component) ?? 0), own)),
    share: rounded(share),
    lines,
  };
}

function copiedLines(pairs: readonly ClonePair[]): Map<Ref, number> {
  return mergedLines(pairs.flatMap(({ places }) => places));
}

function total(lines: ReadonlyMap<Ref, number>): number {
  return [...lines.values()].reduce((sum, each) => sum + each, 0);
}

function shareText(alike: number, exact: number, lines: number, pieces: number): string {
  if (alike === 0) return `None of ${counted(lines, "line")} of services stands in another service too.`;
  const letters =
    exact === 0
      ? "none of them letter by letter"
      : exact >= alike
        ? "letter by letter"
        : `${thousands(exact)} of them letter by letter, the others with other names or literals`;
  return `${thousands(alike)} of ${counted(lines, "line")} of services stand in another service too, ${letters} (${counted(pieces, "copied piece")}).`;
}

function cloneFinding({ places, components, lines, extraLines, pairs, exact }: CloneClass): Finding {
  const [first] = places;
  const where =
    places.length > components.length
      ? `${places.length} places of ${components.length} services`
      : `${components.length} services`;
  const names = listed(components.map(shortName), 3);
  return finding({
    code: "shared-code/clone",
    severity: extraLines >= longCopy ? "warning" : "note",
    subjects: components,
    message: exact
      ? `The same ${counted(lines, "line")} stand in ${where}: ${names}.`
      : `${counted(lines, "line")} stand in ${where}, some with other names or literals: ${names}.`,
    fix: "If what was copied is a business rule, one service should own it and the others ask. If it is technical, a library without business types may hold it. If the copies may differ, leave them.",
    value: extraLines,
    unit: "lines that stand more than once",
    sample: { n: pairs, of: "pairs of places" },
    location: first === undefined ? null : { repository: first.repository, file: first.file, line: first.from },
    evidence: places.slice(0, maxEvidence).map(({ repository, file, from, to }) => ({
      type: "file",
      repository,
      file,
      line: from,
      text: `lines ${from} to ${to}`,
    })),
    evidenceTotal: places.length,
  });
}

function shareMeasure(component: Ref, copied: number, lines: number): Measure {
  return {
    id: "clones.share",
    subjects: [component],
    value: rounded(copied / lines),
    unit: "share of lines",
    interval: null,
    sample: { n: lines, of: "lines" },
    window: null,
    detail: { lines: copied },
  };
}
