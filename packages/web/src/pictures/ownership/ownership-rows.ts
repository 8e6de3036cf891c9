/** Per component: who is declared to own it and which teams change it. Teams only, never persons. */
import { type Measure, type ModelComponent, measuresOf, nameOf, type Ref, type Result } from "../../model.js";
import { subjectsOf } from "../shared/subjects.js";
import { counted, percent } from "../shared/text.js";

export interface OwnershipRow {
  readonly component: ModelComponent;
  /** Declared owners; teams, or named persons as `user:` refs. */
  readonly declared: readonly Ref[];
  /** Share of the changes that each team made, 0..1, largest first. Empty where teams of the people are not known. */
  readonly shares: readonly TeamShare[];
  /** Changes that a team is known for. */
  readonly known: number;
  /** All changes over the window of pairs; null when not measured. */
  readonly changes: number | null;
  /** How many people changed it; null when not measured. */
  readonly people: number | null;
  readonly verdict: OwnershipVerdict;
}

export interface TeamShare {
  readonly team: Ref;
  readonly share: number;
}

export interface OwnershipVerdict {
  readonly word:
    | "one team"
    | "one team leads"
    | "other team"
    | "shared"
    | "several owners"
    | "no owner"
    | "too few changes"
    | "unknown";
  readonly text: string;
}

/** Teams below this share help out and are not counted. */
const leastShare = 0.1;
export const leading = 0.5;

export function ownershipRows(result: Result): OwnershipRow[] {
  const { components } = subjectsOf(result);
  const shares = bySubject(measuresOf(result, "ownership.team-share"));
  const changes = bySubject(measuresOf(result, "history.changes"));
  const people = bySubject(measuresOf(result, "spread.fragmentation"));
  return components.map((component) => {
    const own = shares.get(component.ref) ?? [];
    const count = people.get(component.ref)?.[0]?.detail?.["people"];
    const row = {
      component,
      declared: [...new Set(component.ownership.declared.map(({ ref }) => ref))],
      shares: own
        .map(({ subjects: [, team = ""], value }) => ({ team, share: value ?? 0 }))
        .sort((a, b) => b.share - a.share || (a.team < b.team ? -1 : 1)),
      known: own[0]?.sample?.n ?? 0,
      changes: changes.get(component.ref)?.[0]?.value ?? null,
      people: typeof count === "number" ? count : null,
    };
    return { ...row, verdict: verdictOf(result, row, own[0]?.sample?.min ?? 10) };
  });
}

/** Words of the verdict column, each explained under the picture. */
function verdictOf(result: Result, row: Omit<OwnershipRow, "verdict">, least: number): OwnershipVerdict {
  const { declared, shares, known } = row;
  const teams = shares.filter(({ share }) => share >= leastShare).length;
  const [top] = shares;
  const mostly = top !== undefined && known >= least && top.share >= leading ? `, mostly ${nameOf(result, top.team)}` : "";
  if (declared.length === 0) return { word: "no owner", text: `no owner${mostly}` };
  const owners = declared.filter((ref) => ref.startsWith("group:"));
  const answering = owners.length > 0 ? owners : declared;
  if (answering.length > 1) return { word: "several owners", text: `${answering.length} owners declared` };
  if (top === undefined) return { word: "unknown", text: "owned; who changes it is not known" };
  if (known < least) return { word: "too few changes", text: `${counted(known, "change")}: too few` };
  if (top.share >= leading && top.team !== answering[0])
    return { word: "other team", text: `${nameOf(result, top.team)} makes ${percent(top.share)}` };
  if (teams <= 1) return { word: "one team", text: "one team" };
  return top.share >= leading
    ? { word: "one team leads", text: `${teams} teams, one leads` }
    : { word: "shared", text: `shared by ${teams} teams` };
}

function bySubject(measures: readonly Measure[]): Map<Ref, Measure[]> {
  const found = new Map<Ref, Measure[]>();
  for (const measure of measures) {
    const [subject = ""] = measure.subjects;
    const known = found.get(subject);
    if (known) known.push(measure);
    else found.set(subject, [measure]);
  }
  return found;
}

/** Symbol beside the word: no meaning by colour alone. */
export function ownershipSymbol({ word }: OwnershipVerdict): string {
  const symbols: Readonly<Record<OwnershipVerdict["word"], string>> = {
    "one team": "●",
    "one team leads": "◕",
    "other team": "◆",
    shared: "◔",
    "several owners": "◑",
    "no owner": "○",
    "too few changes": "?",
    unknown: "?",
  };
  return symbols[word];
}
