/** Ten questions before a contract is opened to outsiders, each met, not met or unknown with the lines behind it. Never one number. */
import type { ContractSource } from "#model/contract-source.js";
import { type Evidence, maxEvidence } from "#model/evidence.js";
import { type ExternalizableItem, externalizableItems } from "#model/externalizable.js";
import { judged } from "#model/judged.js";
import { shortName } from "#model/refs.js";
import type { Assessment, Finding } from "#model/result.js";
import { fingerprint } from "#util/fingerprint.js";
import { type ApiView, viewOf } from "./api-view.js";
import { documented, leaks, paginated, rateLimited, robust } from "./content-rows.js";
import { audience, authenticated, evolution, versioned } from "./promise-rows.js";
import type { Row } from "./row.js";

export interface Surroundings {
  /** Ref of the team that owns the provider; null when none is declared. */
  readonly owner: string | null;
  /** Ways around the contract that the files show; null when nobody looked. */
  readonly backDoors: readonly Finding[] | null;
}

/** The ten rows, in the order of the checklist. */
function externalizable(source: ContractSource, around: Surroundings): Row[] {
  const view = viewOf(source);
  if (view === null) return [...unreadable(source, around), backDoor(around)];
  const rows = [documented, versioned, authenticated, rateLimited, leaks, evolution, robust];
  return [...rows.map((row) => row(view)), audience(view, around.owner), paginated(view), backDoor(around)];
}

/** Of formats other than OpenAPI only version and owner are looked at. */
function unreadable(source: ContractSource, around: Surroundings): Row[] {
  return externalizableItems.flatMap(({ id }): Row | readonly Row[] => {
    if (id === "back-door") return [];
    const plain = { id, places: [], fix: "look at it by hand" };
    if (id === "versioned") {
      const isVersioned = source.version !== null && /^v?\d/.test(source.version);
      return {
        ...plain,
        met: isVersioned ? true : null,
        why: isVersioned ? `version ${source.version}` : "no version was found in it",
      };
    }
    if (id === "audience" && around.owner === null)
      return {
        ...plain,
        met: false,
        why: "its provider has no declared owner",
        fix: "declare the owner in drystone.yaml or CODEOWNERS",
      };
    return { ...plain, met: null, why: `not read from ${source.kind} contracts` };
  });
}

function questionOf(item: ExternalizableItem): string {
  return externalizableItems.find(({ id }) => id === item)?.question ?? item;
}

function backDoor({ backDoors }: Surroundings): Row {
  const plain = { id: "back-door", places: [] } as const;
  if (backDoors !== null && backDoors.length > 0)
    return { ...plain, met: false, why: backDoors[0]?.message ?? "", fix: "let others come through the contract only" };
  return {
    ...plain,
    met: null,
    why: "none was seen in the files; without traces that is unknown, not clean",
    fix: "record what is called in production (traces)",
  };
}

/** One assessment per contract: its rows as conditions, what is not met as findings. */
export function externalizableAssessment(source: ContractSource, ref: string, around: Surroundings): Assessment {
  const rows = externalizable(source, around);
  const view: ApiView | null = viewOf(source);
  const refused = rows.filter(({ met }) => met === false);
  const open = rows.filter(({ met }) => met === null);
  return judged({
    id: "interface-mandate",
    subject: ref,
    question: `Could ${shortName(ref)} be opened to outsiders as it is?`,
    verdict: refused.length > 0 ? "not-met" : open.length > 0 ? "unknown" : "met",
    conditions: rows.map(({ id, why, met }, index) => ({
      text: `${index + 1} ${questionOf(id)}: ${why}`,
      met,
      source: "docs/contracts.md",
    })),
    grade: "B",
    reasons: [
      `${rows.length - refused.length - open.length} of ${rows.length} are met, ${refused.length} not, ${open.length} unknown.`,
    ],
    findings: refused.map((row) => findingOf(row, source, ref, view)),
  });
}

function findingOf(row: Row, source: ContractSource, ref: string, view: ApiView | null): Finding {
  const code = `interface-mandate/externalizable-${row.id}`;
  const lines = row.places.map((pointer) => view?.lineOf(pointer) ?? 1);
  const evidence: Evidence[] = (lines.length === 0 ? [1] : lines).map((line) => ({
    type: "file",
    repository: source.repository,
    file: source.file,
    line,
  }));
  return {
    code,
    severity: "warning",
    state: "new",
    subjects: [ref],
    message: `${shortName(ref)}: ${questionOf(row.id)}: ${row.why}.`,
    fix: `${row.fix.charAt(0).toUpperCase()}${row.fix.slice(1)}.`,
    value: row.places.length || null,
    unit: row.places.length > 0 ? "places" : null,
    sample: null,
    location: { repository: source.repository, file: source.file, line: lines[0] ?? 1 },
    evidence: evidence.slice(0, maxEvidence),
    evidenceTotal: evidence.length,
    fingerprint: fingerprint(code, source.repository, source.file),
  };
}
