/** What is said of one candidate: how sure it is, whose it is, what leads across, and the rule to enforce first, inside. */
import type { Crossings } from "#derive/parts/index.js";
import type { Advice, Assessment, Measure } from "#model/result.js";
import { counted, judged, listed, measure, percent, place, rounded } from "../_shared/index.js";
import type { Candidate, Seams } from "./find-candidates.js";

const id = "boundary-candidates";
const question = "Where are the seams?";
const source = "parameters E";

export interface CandidateCase {
  readonly candidate: Candidate;
  readonly seams: Seams;
  readonly crossings: Crossings;
  /** The advice on splitting it out: its signals, prerequisites, costs and outcome. */
  readonly split: Advice;
  /** Names of the declared owners of today. */
  readonly owners: readonly string[];
  /** What makes a module of it in drystone.yaml. */
  readonly rule: string;
}

export function adviseCandidate({ candidate, seams, crossings, split, owners, rule }: CandidateCase): Advice {
  const { part, consensus, phi, z, tables, folders, deployables } = candidate;
  const inbound = crossings.crossings.filter(({ direction, kind }) => direction === "in" && kind !== "table");
  const shared = crossings.tables.filter(({ byPart, byRest }) => byPart && byRest);
  const standing = part.kind === "service" ? "service" : part.kind === "module" ? "module" : null;
  const apart = deployables.length > 1 ? deployables : [];
  const assessment: Assessment = judged({
    id,
    subject: part.subject,
    question,
    verdict: "measured",
    value: rounded(consensus),
    unit: "share of runs in which its files are together",
    sample: { n: seams.communities.runs, of: "runs" },
    grade: "C",
    conditions: [
      { text: `its files are together in most runs (${percent(consensus)})`, met: true, source },
      { text: `little weight leads out of it (${percent(phi)})`, met: true, source },
      { text: `better than groups of its size by chance (z ${Number(z.toPrecision(3))})`, met: true, source },
    ],
    reasons: [
      `${counted(candidate.files, "file")}${tables.length === 0 ? "" : ` and ${counted(tables.length, "table")}`} hold together${standing === null ? "" : `, and are ${candidate.moved === 0 ? "" : "nearly "}the ${standing} ${part.name} of today`}: ${listed(folders, 3)}.`,
      ...(apart.length === 0
        ? []
        : [
            `They lie in ${counted(apart.length, "deployable")} of today: ${listed(
              apart.map(({ name, files }) => `${name} (${counted(files, "file")})`),
              3,
            )}.`,
          ]),
      ...(candidate.layer !== null
        ? [`It lies across ${candidate.layer}: more likely a layer of each of them than a part of the business.`]
        : []),
      owners.length === 0 ? "Nobody is declared to own it today." : `Owned today by ${listed(owners, 3)}.`,
      inbound.length === 0 && shared.length === 0
        ? "Nothing that was read leads into it."
        : `A contract would have to hold ${counted(inbound.length, "interface")}${
            shared.length === 0
              ? ""
              : ` and settle ${counted(shared.length, "shared table")}: ${listed(
                  shared.map(({ name }) => name),
                  3,
                )}`
          }.`,
    ],
    findings:
      inbound.length === 0
        ? []
        : [
            place(
              {
                code: `${id}/contract`,
                subjects: [part.subject],
                message: `Used from outside: ${listed(
                  inbound.map(({ through }) => through),
                  4,
                )}.`,
                fix: "These make its public interface.",
                value: inbound.length,
                unit: "interfaces",
                sample: null,
              },
              inbound.flatMap(({ evidence }) => evidence.slice(0, 1)),
              inbound.length,
            ),
          ],
  });
  return {
    ...split,
    decision: "boundary",
    assessments: [assessment, ...split.assessments.filter(({ id: of }) => of !== "stay-monolith")],
    costs: [
      measure("boundary.moved-files", part.subject, candidate.moved, "files outside of the part of today that holds most of it", {
        detail: { basis: "counted" },
      }),
      ...split.costs,
    ],
    steps: stepsOf(candidate, rule),
  };
}

function stepsOf({ part, layer, moved, deployables }: Candidate, rule: string): string[] {
  if (layer !== null)
    return [
      "Do not cut along it before somebody names the business that it is: a layer of its own makes every change cross a boundary.",
    ];
  const [first, second] = deployables;
  if (first !== undefined && second !== undefined && part.kind !== "service")
    return [
      `What holds together is deployed apart. Ask whether that pays: drystone advise merge ${first.name} ${second.name}.`,
      "If they stay apart, move what both need to one side, behind a contract.",
    ];
  if (part.kind === "service")
    return [
      `${moved === 0 ? "Nothing has to move" : `All but ${counted(moved, "file")} ${moved === 1 ? "is" : "are"} in place`}: the boundary of ${part.name} runs where its code has a seam. What it costs and brings: drystone advise split ${part.name}.`,
    ];
  return [
    "Enforce it inside first: what is imported from outside today is public, and drystone check refuses anything more. In drystone.yaml:",
    rule,
    "Make the list of what is public shorter before anything is deployed apart.",
  ];
}

/** Of all candidates together: what joined the files, and how near they are to the parts of today. */
export function seamMeasures({ graph, disruption }: Seams): Measure[] {
  const present = graph.layers.filter(({ weight }) => weight > 0);
  return [
    measure("boundary.layers", "system", present.length, "kinds of links that joined the files", {
      detail: Object.fromEntries(graph.layers.map(({ name, weight }) => [name, rounded(weight)])),
    }),
    ...(disruption?.similarity == null
      ? []
      : [
          measure(
            "boundary.similarity",
            "system",
            disruption.similarity,
            "of 100: how near all candidates together are to the parts of today (MoJoFM)",
            { detail: { moves: disruption.moves, files: disruption.files } },
          ),
        ]),
  ];
}

/** The respectable answer: nothing holds together more than chance explains. */
export function noStructure({ communities, graph }: Seams): Advice {
  const { structure, runs } = communities;
  const reason =
    graph.edges.length === 0
      ? "No imports, common changes or tables were found: there is nothing to draw boundaries from."
      : structure.z < 3
        ? "What holds the files together is no stronger than chance gives the same files: no boundary proposes itself."
        : "The files hold together in parts, but no part keeps its shape over runs and resolutions: no boundary proposes itself.";
  return {
    decision: "boundary",
    subject: "system",
    outcome: "no-structure",
    assessments: [
      judged({
        id,
        subject: "system",
        question,
        verdict: graph.edges.length === 0 ? "unknown" : "none",
        value: rounded(structure.value),
        unit: "modularity",
        sample: { n: runs, of: "runs" },
        grade: "C",
        conditions: [
          {
            text: `modularity ${Number(structure.value.toFixed(3))} lies 3 deviations above that of the same files joined at random (${Number(structure.mean.toFixed(3))})`,
            met: structure.z >= 3,
            source,
          },
        ],
        reasons: [reason],
        missing:
          graph.edges.length === 0
            ? [{ input: "imports or changes of more than a few files", how: "drystone assess PATH --window 24m" }]
            : [],
      }),
    ],
    costs: [],
    benefits: [],
    steps: ["Leave the structure as it is, and draw boundaries where teams and the business draw them."],
    wouldChange: ["a year in which parts change by themselves", "rules between modules that are declared and kept"],
  };
}
