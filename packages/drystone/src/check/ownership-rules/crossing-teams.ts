/** A change that touches what several teams own: shown, so that they know of each other; never blocked. */
import type { Evidence } from "#model/evidence.js";
import { maxEvidence } from "#model/evidence.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Finding } from "#model/result.js";
import { fingerprint } from "#util/fingerprint.js";

/** A changed file and who owns the module that it belongs to. */
export interface ChangedFile {
  readonly repository: string;
  readonly file: string;
  readonly owners: readonly Ref[];
}

const code = "ownership-rules/crosses-teams";

/** Null for a change within one team, or among files that nobody owns. */
export function crossingTeams(files: readonly ChangedFile[]): Finding | null {
  const byTeam = new Map<Ref, ChangedFile[]>();
  for (const one of files)
    for (const owner of one.owners) {
      const known = byTeam.get(owner);
      if (known) known.push(one);
      else byTeam.set(owner, [one]);
    }
  if (byTeam.size < 2) return null;
  const teams = [...byTeam].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const owned = files.filter(({ owners }) => owners.length > 0);
  const free = files.length - owned.length;
  const counts = teams.slice(0, shownTeams).map(([ref, own]) => `${shortName(ref)} (${counted(own.length)})`);
  const more = teams.length > shownTeams ? ` and ${teams.length - shownTeams} more` : "";
  const evidence = teams
    .flatMap(([ref, own]) => own.slice(0, 3).map((one) => ({ ...one, ref })))
    .map(({ repository, file, ref }): Evidence => ({ type: "file", repository, file, line: 1, text: shortName(ref) }));
  return {
    code,
    severity: "note",
    state: "new",
    subjects: teams.map(([ref]) => ref),
    message: `This change touches what ${teams.length} teams own: ${counts.join(", ")}${more}${free > 0 ? `; ${counted(free)} in no module with an owner` : ""}.`,
    fix: "let each of them know, or make one change per team",
    value: teams.length,
    unit: "teams",
    sample: { n: files.length, of: "changed files" },
    location: null,
    evidence: evidence.slice(0, maxEvidence),
    evidenceTotal: owned.length,
    fingerprint: fingerprint(code, ...teams.map(([ref]) => ref)),
  };
}

const shownTeams = 8;

function counted(files: number): string {
  return `${files} ${files === 1 ? "file" : "files"}`;
}
