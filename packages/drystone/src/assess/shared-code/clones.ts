/** Copies of code between services: how much of it there is, and which. */
import type { Estate } from "#derive/estate/index.js";
import { maxEvidence } from "#model/evidence.js";
import type { ClonePlace } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { Finding, Measure } from "#model/result.js";
import { finding, percent, rounded } from "../_shared/index.js";
import { type CloneClass, cloneClasses, mergedLines } from "./clone-classes.js";
import { counted, distinguished, maxFindings, type Part, source } from "./part.js";

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
  const text = `present: copies between services are ${percent(A6.cloneShare)} of their lines or more`;
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
  const copied = mergedLines(pairs.flatMap(({ places }) => places));
  const all = Math.min(
    lines,
    [...copied.values()].reduce((sum, each) => sum + each, 0),
  );
  const share = all / lines;
  const isWhole = read.length >= leastRead * services.size;
  const isMuch = share >= A6.cloneShare;
  const met = isMuch && lines >= A6.lines ? true : isMuch || !isWhole ? null : false;
  const classes = cloneClasses(pairs);
  return {
    met,
    quiet: share < A6.absentShare * A6.cloneShare ? (isWhole ? true : null) : false,
    condition: { text, met, source },
    reasons: [
      `${percent(share)} of the lines of ${counted(read.length, "service")} (${all} of ${lines}) stand in another service too${classes.length === 0 ? "" : `, in ${counted(classes.length, "copied piece")}`}.`,
      ...(isMuch && met === null ? [`${lines} lines are too few to judge: ${A6.lines} are needed.`] : []),
      ...(isWhole ? [] : [`The source of ${services.size - read.length} of ${services.size} services was not read.`]),
      ...(classes.length > maxFindings ? [`The ${maxFindings} longest copied pieces are listed.`] : []),
    ],
    findings: distinguished(classes.slice(0, maxFindings).map((each) => [cloneFinding(each), each.places[0]?.file ?? ""])),
    measures: read.map(({ component, lines: own }) => shareMeasure(component, Math.min(own, copied.get(component) ?? 0), own)),
    share: rounded(share),
    lines,
  };
}

function cloneFinding({ places, components, lines, extraLines, pairs, exact }: CloneClass): Finding {
  const [first] = places;
  return finding({
    code: "shared-code/clone",
    severity: extraLines >= longCopy ? "warning" : "note",
    subjects: components,
    message: `The same ${counted(lines, "line")} stand in ${places.length > components.length ? `${places.length} places of ` : ""}${counted(components.length, "service")}${exact ? "" : ", some with other names or literals"}: ${placeText(first)}.`,
    fix: "If it is a business rule, one service should own it and the others ask. If it is technical, a library without business types may hold it. If the copies may differ, leave them.",
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

function placeText(place: ClonePlace | undefined): string {
  return place === undefined ? "" : `${place.file}:${place.from}`;
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
