/**
 * Are teams named, stable and small, and do they hold all layers of their own changes?
 * Value: share of the teams with enough changes that are named, small and stable, 0..1 (metrics.md D4, D5). Every team is counted, none is
 * sampled, so there is no interval; the share of change chains that needs another team's layer has one.
 */

import { authoredFiles, truckFactor } from "#derive/authorship/index.js";
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import { missingMembers, peopleAnswer } from "#derive/team-changes/index.js";
import { shortName } from "#model/refs.js";
import type { Condition, Measure, Missing, VerdictWord } from "#model/result.js";
import { type Assess, assessment, counted, interval, missingOf, percent, rounded, windowText } from "../_shared/index.js";
import { findingsOf } from "./findings.js";
import { layerNames } from "./layers.js";
import { type Answer, type TeamShape, teamShapes } from "./shapes.js";

const id = "team-shape";
const question = "Are teams named, stable and small, and can they finish their changes alone?";

export const assessTeamShape: Assess = (estate) => {
  const answer = peopleAnswer(estate);
  if (answer.state === "off")
    return { assessment: assessment(id, question, { verdict: "not-applicable", reasons: answer.reasons }), measures: [] };
  const usable = answer.state === "usable";
  const files = usable ? authoredFiles(estate) : [];
  const crowd: Crowd = { ...activePeople(estate, usable), files: files.length, truckFactor: truckFactor(files) };
  const shapes = teamShapes(estate, files, usable);
  const staffed = shapes.filter(({ size }) => size !== null);
  const judged = staffed.filter(({ changes }) => changes >= estate.parameters.nMin.service);
  const verdict = usable ? verdictOf(judged) : "unknown";
  const passing = judged.filter(isWellShaped).length;
  return {
    assessment: assessment(
      id,
      question,
      {
        verdict,
        value: verdict === "unknown" || judged.length === 0 ? null : rounded(passing / judged.length),
        unit: "share of teams",
        sample: { n: judged.length, of: "teams", min: 1 },
        conditions: conditions(estate, judged),
        grade: staffed.length === 0 ? null : gradeOf(judged),
        reasons: [...(usable ? [] : answer.reasons), ...reasons(estate, shapes, judged, crowd)],
        missing: missing(estate, answer.state, verdict, staffed, judged),
        findings: findingsOf(estate, shapes),
      },
      estate.parameters.ci.level,
    ),
    measures: [...crowdMeasures(estate, crowd), ...shapes.flatMap((shape) => measuresOf(estate, shape))],
  };
};

interface Crowd {
  /** People with a change set in the window, and with ten or more. */
  readonly people: number;
  readonly developers: number;
  readonly inSeveralTeams: number;
  readonly files: number;
  readonly truckFactor: number | null;
}

function activePeople(estate: Estate, usable: boolean): Pick<Crowd, "people" | "developers" | "inSeveralTeams"> {
  const sets = new Map<number, number>();
  const { sets: own, elsewhere } = estate.recent;
  for (const set of usable ? [...own, ...elsewhere] : [])
    for (const { person } of set.authors) sets.set(person, (sets.get(person) ?? 0) + 1);
  return {
    people: sets.size,
    developers: [...sets.values()].filter((count) => count >= estate.parameters.nMin.devCommits).length,
    inSeveralTeams: [...sets.keys()].filter((person) => estate.teams.teamOf(person, estate.window.to).length > 1).length,
  };
}

/** Half of the teams or more fail: misaligned. All pass: aligned. What is not known never counts as passing. */
function verdictOf(judged: readonly TeamShape[]): VerdictWord {
  if (judged.length === 0) return "unknown";
  const failing = judged.filter(isFailing).length;
  if (failing * 2 >= judged.length) return "misaligned";
  if (judged.every(isWellShaped)) return judged.some(({ layers }) => layers?.shape === "layered") ? "mixed" : "aligned";
  return failing === 0 && judged.every((shape) => isWellShaped(shape) || hasGap(shape)) ? "unknown" : "mixed";
}

function isWellShaped({ named, small, stable }: TeamShape): boolean {
  return named && small === true && stable === true;
}

function isFailing({ named, small, stable }: TeamShape): boolean {
  return !named || small === false || stable === false;
}

/** Nothing known speaks against the team, and something is not known. */
function hasGap({ named, small, stable }: TeamShape): boolean {
  return named && [small, stable].every((answer) => answer === true || answer === null);
}

function conditions(estate: Estate, judged: readonly TeamShape[]): Condition[] {
  const { D, C, nMin } = estate.parameters;
  const layered = judged.map(({ layers }) => (layers === null || layers.shape === null ? null : layers.shape !== "layered"));
  return [
    { text: `a team with ${nMin.service} change sets or more`, met: judged.length > 0, source: "parameters nMin" },
    {
      text: "aligned: every team has a name that says what for, or a mission",
      met: all(judged.map(({ named }) => named)),
      source: "parameters C",
    },
    {
      text: `aligned: every team has ${D.teamMin} to ${D.teamMax} members`,
      met: all(judged.map(({ small }) => small)),
      source: "parameters D",
    },
    {
      text: `aligned: every team kept ${percent(C.stableHi)} of its members over six months`,
      met: all(judged.map(({ stable }) => stable)),
      source: "parameters D",
    },
    {
      text: `aligned: no team needs another team's layer in ${percent(D.layeredHi)} of its changes or more`,
      met: all(layered),
      source: "parameters D",
    },
    {
      text: "misaligned: half of the teams or more fail one of name, size and stability",
      met: judged.length === 0 ? null : judged.filter(isFailing).length * 2 >= judged.length,
      source: "parameters D",
    },
  ];
}

function all(answers: readonly Answer[]): boolean | null {
  if (answers.some((answer) => answer === false || answer === "between")) return false;
  return answers.length === 0 || answers.includes(null) ? null : true;
}

/** Declared, and confirmed where most members of most teams were at work in the last six months (metrics.md D5). */
function gradeOf(judged: readonly TeamShape[]): "B" | "D" {
  const confirmed = judged.filter(({ size, activeHalfYear }) => size !== null && size > 0 && activeHalfYear >= 0.6 * size).length;
  return judged.length > 0 && confirmed * 2 > judged.length ? "B" : "D";
}

function reasons(estate: Estate, shapes: readonly TeamShape[], judged: readonly TeamShape[], crowd: Crowd): string[] {
  const { F } = estate.parameters;
  const staffed = shapes.filter(({ size }) => size !== null).length;
  const first =
    judged.length > 0
      ? summary(judged)
      : staffed > 0
        ? `${counted(staffed, "team")} ${staffed === 1 ? "is" : "are"} declared with members, but none made ${estate.parameters.nMin.service} change sets in the window.`
        : shapes.length > 0
          ? `${counted(shapes.length, "team")} ${shapes.length === 1 ? "is" : "are"} named, but who is in ${shapes.length === 1 ? "it" : "them"} is not known.`
          : "No teams are declared.";
  return [
    first,
    ...(crowd.people === 0
      ? []
      : [
          `${counted(crowd.people, "person", "people")} changed something in the window, ${crowd.developers} of them ten times or more.`,
        ]),
    ...(crowd.developers > 0 && crowd.developers <= F.monolithTeam
      ? [
          `${counted(crowd.developers, "person works", "people work")} here regularly (ten changes or more): no more than one team, so a boundary between teams would buy little.`,
        ]
      : []),
    ...(crowd.inSeveralTeams > 0
      ? [
          `${counted(crowd.inSeveralTeams, "person", "people")} of them ${crowd.inSeveralTeams === 1 ? "is" : "are"} in two teams or more.`,
        ]
      : []),
    ...layerReasons(judged),
    ...(crowd.truckFactor === null
      ? []
      : [
          `Truck factor ${crowd.truckFactor} over ${counted(crowd.files, "source file")}: without ${crowd.truckFactor === 1 ? "one person" : `${crowd.truckFactor} people`}, less than half of them have an author left. It exaggerates the loss.`,
        ]),
    ...estate.obstacles.filter(({ kind }) => kind === "grafted").map(({ text }) => `The window starts later: ${text}.`),
  ];
}

function summary(judged: readonly TeamShape[]): string {
  const count = (fails: (shape: TeamShape) => boolean): number => judged.filter(fails).length;
  const parts: [number, string][] = [
    [count(({ named }) => !named), "with a name that does not say what for"],
    [count(({ small }) => small === false), "with too many or too few members"],
    [count(({ stable }) => stable === false), "with less than 60 % of the members of half a year before"],
    [count(({ stable }) => stable === null), "of unknown stability"],
  ];
  const told = parts.filter(([n]) => n > 0).map(([n, text]) => `${n} ${text}`);
  const passing = judged.filter(isWellShaped).length;
  const undated = count(({ stable }) => stable === null);
  if (undated > 0 && judged.every((shape) => isWellShaped(shape) || hasGap(shape))) {
    return `${judged.length} of ${judged.length} teams are named and small; whether ${undated} of them ${undated === 1 ? "is" : "are"} stable is not known.`;
  }
  return `${passing} of ${judged.length} teams ${passing === 1 ? "is" : "are"} named, small and stable${told.length === 0 ? "" : ` (${told.join(", ")})`}.`;
}

function layerReasons(judged: readonly TeamShape[]): string[] {
  const known = judged.filter(({ layers }) => layers !== null && layers.shape !== null);
  if (judged.length === 0) return [];
  if (known.length === 0)
    return ["Whether teams need each other's layers cannot be seen: too few changes name a ticket or have several commits."];
  const of = (shape: string): number => known.filter(({ layers }) => layers?.shape === shape).length;
  return [
    `${of("vertical")} of ${known.length} teams finish their changes in their own layers (vertical), ${of("layered")} need another team's layer in half of them or more (layered).`,
  ];
}

function missing(
  estate: Estate,
  state: string,
  verdict: VerdictWord,
  staffed: readonly TeamShape[],
  judged: readonly TeamShape[],
): Missing[] {
  if (verdict !== "unknown") return [];
  if (state === "blocked") return missingOf(historyObstacles(estate));
  if (state === "unusable")
    return [
      {
        input: "commits under the names of their authors",
        how: "let the build server keep the author: git commit --author, or Co-authored-by lines",
      },
    ];
  if (staffed.length === 0) return [missingMembers(estate)];
  if (judged.length === 0)
    return [{ input: `a team with ${estate.parameters.nMin.service} change sets`, how: "drystone assess PATH --window 24m" }];
  const undated = judged.find(({ stable }) => stable === null);
  const name = shortName(undated?.team.ref ?? "");
  return [
    {
      input: "since when people are in their team",
      how: `teams: { ${JSON.stringify(name)}: { members: [{ id: NAME@EXAMPLE.COM, from: YYYY-MM-DD }] } }   (in drystone.yaml; to: for those who left)`,
    },
  ];
}

function crowdMeasures(estate: Estate, crowd: Crowd): Measure[] {
  if (crowd.people === 0) return [];
  const window = windowText(estate);
  return [
    {
      id: "team.people",
      subjects: ["system"],
      value: crowd.people,
      unit: "people",
      interval: null,
      sample: null,
      window,
      detail: { developers: crowd.developers, inSeveralTeams: crowd.inSeveralTeams },
    },
    ...truckFactorMeasure("system", crowd),
  ];
}

/** The filter moves the number more than the method does: it stands beside it. */
function truckFactorMeasure(
  subject: string,
  { truckFactor: people, files }: { readonly truckFactor: number | null; readonly files: number },
): Measure[] {
  if (people === null) return [];
  const detail = {
    filter:
      "files of components at HEAD; without lock files, manifests, documentation, images, deployment, configuration, generated and translated files",
  };
  return [
    {
      id: "team.truck-factor",
      subjects: [subject],
      value: people,
      unit: "people",
      interval: null,
      sample: { n: files, of: "files" },
      window: null,
      detail,
    },
  ];
}

function measuresOf(estate: Estate, shape: TeamShape): Measure[] {
  const { team, size, active, retention, changes, span, layers } = shape;
  const window = windowText(estate);
  const subjects = [team.ref];
  const measures: Measure[] = [
    { id: "team.span", subjects, value: span, unit: "components", interval: null, sample: null, window: null },
    ...truckFactorMeasure(team.ref, shape),
  ];
  if (size !== null)
    measures.push({
      id: "team.size",
      subjects,
      value: size,
      unit: "people",
      interval: null,
      sample: null,
      window,
      detail: { active, changes, named: shape.named ? "yes" : "no" },
    });
  if (retention !== null) {
    const sample = { n: retention.earlier, of: "earlier members" };
    measures.push({
      id: "team.retention",
      subjects,
      value: rounded(retention.retention),
      unit: "share of earlier members",
      interval: null,
      sample,
      window,
      detail: { jaccard: rounded(retention.jaccard), from: retention.from },
    });
  }
  if (layers === null) return measures;
  const contains = Object.fromEntries(
    layerNames.map((layer) => [layer, rounded((layers.contains.get(layer) ?? 0) / layers.chains)]),
  );
  measures.push({
    id: "team.layers",
    subjects,
    value: layers.contains.size,
    unit: "layers",
    interval: null,
    sample: { n: layers.chains, of: "changes" },
    window,
    detail: contains,
  });
  if (layers.estimate !== null) {
    const sample = { n: layers.telling, of: "changes", min: estate.parameters.nMin.service };
    measures.push({
      id: "team.needs-other-layer",
      subjects,
      value: rounded(layers.estimate.value),
      unit: "share of changes",
      interval: interval(layers.estimate),
      sample,
      window,
    });
  }
  return measures;
}
