/** What speaks against the shape of a team. Teams and counts only. */
import type { Estate } from "#derive/estate/index.js";
import { ownershipResolution } from "#derive/ownership/index.js";
import { maxEvidence } from "#model/evidence.js";
import type { Finding } from "#model/result.js";
import { commitsOf, finding, interval, percent, rounded } from "../_shared/index.js";
import { layerNames } from "./layers.js";
import type { TeamShape } from "./shapes.js";

const id = "team-shape";
/** Of fewer files anybody may well have made the most. */
const leastFiles = 10;

export function findingsOf(estate: Estate, shapes: readonly TeamShape[]): Finding[] {
  return [...organisation(estate, shapes), ...shapes.flatMap((shape) => ofTeam(estate, shape))];
}

function organisation(estate: Estate, shapes: readonly TeamShape[]): Finding[] {
  const { orgMax } = estate.parameters.D;
  const people = shapes.reduce((sum, { size }) => sum + (size ?? 0), 0);
  if (people <= orgMax || shapes.some(({ team }) => team.parent !== null)) return [];
  return [
    finding({
      code: `${id}/organisation-size`,
      severity: "note",
      subjects: ["system"],
      message: `${people} members in ${shapes.length} teams, and no unit between a team and the whole.`,
      fix: "Group teams that work on the same thing: parent: UNIT below each team in drystone.yaml.",
      value: people,
      unit: "members",
      sample: { n: shapes.length, of: "teams" },
      evidence: shapes.flatMap(({ team }) => team.evidence.slice(0, 1)).slice(0, maxEvidence),
    }),
  ];
}

function ofTeam(estate: Estate, shape: TeamShape): Finding[] {
  return [
    ...genericName(shape),
    ...size(estate, shape),
    ...stability(estate, shape),
    ...keyPerson(estate, shape),
    ...span(estate, shape),
    ...layered(estate, shape),
  ];
}

type FindingDraft = Parameters<typeof finding>[0];
type Draft = Pick<FindingDraft, "severity" | "message" | "fix" | "value" | "unit" | "sample"> & Partial<FindingDraft>;

/** About one team, with the place of its declaration unless better evidence is given. */
function about({ team }: TeamShape, rule: string, draft: Draft): Finding {
  const [place] = team.evidence;
  const location = place?.type === "declaration" ? { repository: place.repository, file: place.file, line: place.line } : null;
  return finding({
    code: `${id}/${rule}`,
    subjects: [team.ref],
    evidence: team.evidence.slice(0, maxEvidence),
    location,
    ...draft,
  });
}

function genericName(shape: TeamShape): Finding[] {
  if (shape.named) return [];
  return [
    about(shape, "generic-name", {
      severity: shape.size === null ? "note" : "warning",
      message: `"${shape.team.name}" says what its people do or may do, not what for: nobody outside can tell what belongs to it.`,
      fix: "Name the team after the business or product it answers for, or declare its mission: in drystone.yaml.",
      value: null,
      unit: null,
      sample: null,
    }),
  ];
}

function size(estate: Estate, shape: TeamShape): Finding[] {
  const { teamMin, teamWarn, teamMax, activeDays } = estate.parameters.D;
  const { size: members, active, team } = shape;
  if (members === null) return [];
  const sample = { n: active, of: `members active in ${activeDays} days` };
  const text = `${team.name} has ${members} members, ${active} of them with a change in the last ${activeDays} days`;
  if (members > teamWarn) {
    const channels = (members * (members - 1)) / 2;
    return [
      about(shape, "too-large", {
        severity: members > teamMax ? "warning" : "note",
        message: `${text}: ${channels} pairs who could have to talk. Teams of ${teamMin} to ${teamWarn} are the convention.`,
        fix: "Look for two groups that own different components, and let each be a team.",
        value: members,
        unit: "members",
        sample,
      }),
    ];
  }
  if (members >= teamMin) return [];
  return [
    about(shape, "too-small", {
      severity: "note",
      message: `${text}: a holiday leaves its components with nobody or one person.`,
      fix: "Join it with a neighbour, or give its components to one.",
      value: members,
      unit: "members",
      sample,
    }),
  ];
}

function stability({ parameters: { C } }: Estate, shape: TeamShape): Finding[] {
  const { retention, stable, team } = shape;
  if (retention === null || (stable !== false && stable !== "between")) return [];
  const stayed = Math.round(retention.retention * retention.earlier);
  const how =
    retention.from === "dates"
      ? `of ${retention.earlier} members six months ago, ${stayed} are still there`
      : `of ${retention.earlier} members at work in the half year before, ${stayed} were at work in the last one`;
  return [
    about(shape, "unstable", {
      severity: stable === false ? "warning" : "note",
      message: `${team.name} keeps changing: ${how}.`,
      fix: `Give work to the team instead of people to the work; ${percent(C.stableHi)} over six months counts as stable.`,
      value: rounded(retention.retention),
      unit: "share of earlier members",
      sample: { n: retention.earlier, of: "earlier members" },
    }),
  ];
}

function keyPerson({ parameters: { C } }: Estate, shape: TeamShape): Finding[] {
  const { truckFactor, files, team } = shape;
  if (truckFactor === null || truckFactor === 0 || truckFactor >= C.truckFactor || files < leastFiles) return [];
  return [
    about(shape, "truck-factor", {
      severity: "note",
      message: `Truck factor ${truckFactor}: without ${truckFactor === 1 ? "one person" : `${truckFactor} people`}, less than half of the ${files} files that ${team.name} owns have an author left.`,
      fix: "Let a second person make the next changes there; pair work that is marked with Co-authored-by lines counts.",
      value: truckFactor,
      unit: "people",
      sample: { n: files, of: "files" },
    }),
  ];
}

/** One line for everything is no span: it says who reviews, not what a team has to keep in mind. */
function span({ parameters: { D }, ownership }: Estate, shape: TeamShape): Finding[] {
  if (shape.span <= D.spanMax || !ownershipResolution(ownership).informative) return [];
  return [
    about(shape, "span", {
      severity: "warning",
      message: `${shape.team.name} owns ${shape.span} components: more than a team is likely to keep in mind (${D.spanMax} by default; there is no measured limit).`,
      fix: "Give some to another team, or join components that always change together.",
      value: shape.span,
      unit: "components",
      sample: null,
    }),
  ];
}

function layered(estate: Estate, shape: TeamShape): Finding[] {
  const { layers, team } = shape;
  if (layers === null || layers.shape !== "layered") return [];
  const own = layerNames.filter((layer) => (layers.contains.get(layer) ?? 0) >= 0.1 * layers.chains);
  return [
    about(shape, "layered", {
      severity: "warning",
      message: `${layers.needing.length} of ${layers.telling} changes of ${team.name} also needed a layer that another team changed; its own changes are ${own.join(", ") || "in no layer"}.`,
      fix: "Let one team hold all layers of what it answers for, so that a change starts and ends in it.",
      value: rounded(layers.estimate?.value ?? 0),
      unit: "share of changes",
      interval: interval(layers.estimate),
      sample: { n: layers.telling, of: "changes", min: estate.parameters.nMin.service },
      ...commitsOf(estate, layers.needing),
    }),
  ];
}
