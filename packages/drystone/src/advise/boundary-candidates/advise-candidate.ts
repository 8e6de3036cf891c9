/** What is said of one candidate: how sure it is, whose it is, what leads across, and the rule to enforce first, inside. */
import type { Crossings } from "#derive/parts/index.js";
import type { Advice, Assessment } from "#model/result.js";
import { counted, judged, listed, measure, percent, place, rounded } from "../_shared/index.js";
import type { Candidate, Seams } from "./find-candidates.js";

const id = "boundary-candidates";
const question = "Where are the seams?";
const source = "metrics.md E2";

export interface CandidateCase {
  readonly candidate: Candidate;
  readonly seams: Seams;
  readonly crossings: Crossings;
  /** The advice on splitting it out: its signals, prerequisites, costs and outcome. */
  readonly split: Advice;
  /** Names of the declared owners of today. */
  readonly owners: readonly string[];
}

export function adviseCandidate({ candidate, seams, crossings, split, owners }: CandidateCase): Advice {
  const { part, consensus, phi, z, tables, folders } = candidate;
  const inbound = crossings.crossings.filter(({ direction, kind }) => direction === "in" && kind !== "table");
  const shared = crossings.tables.filter(({ byPart, byRest }) => byPart && byRest);
  const used = inbound.flatMap(({ kind, through }) => (kind === "import" ? [through] : []));
  const whole = part.components.size === 1;
  const isLayer = candidate.parts >= leastParts && candidate.moved * 2 > part.files.size;
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
      `${counted(part.files.size, "file")}${tables.length === 0 ? "" : ` and ${counted(tables.length, "table")}`} hold together${whole ? ", and are a part by themselves today" : ""}: ${listed(folders, 3)}.`,
      ...(isLayer
        ? [`It lies across ${candidate.parts} parts of today: more likely a layer of each of them than a part of the business.`]
        : []),
      `Layers: ${listed(seams.graph.layers.filter(({ weight }) => weight > 0).map(({ name, weight }) => `${name} ${percent(weight)}`))}; missing: ${listed(seams.graph.layers.filter(({ weight }) => weight === 0).map(({ name }) => name))}.`,
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
      measure(
        "boundary.moved-files",
        part.subject,
        candidate.moved,
        "files that lie outside of the part of today that holds most of it",
        {
          detail: { basis: "counted" },
        },
      ),
      ...(seams.disruption?.similarity == null
        ? []
        : [
            measure(
              "boundary.similarity",
              "system",
              seams.disruption.similarity,
              "of 100: how near all candidates together are to the parts of today (MoJoFM)",
              {
                detail: { basis: `${seams.disruption.moves} moves or joins over ${seams.disruption.files} files` },
              },
            ),
          ]),
      ...split.costs,
    ],
    steps: isLayer
      ? [
          "Do not cut along it before somebody names the business that it is: a layer of its own makes every change cross a boundary.",
        ]
      : [
          `Enforce it inside first. In drystone.yaml${beyond(folders.length, used.length)}:`,
          ruleLine(candidate, used),
          "Look at what drystone check finds before anything is deployed apart.",
        ],
  };
}

/** A group that lies across so many parts of today, most of it outside of the largest one, is their layer. */
const leastParts = 3;

/** Says that the line shows a part of it only. */
function beyond(folders: number, used: number): string {
  const cut = [
    folders > shownPaths ? `${folders - shownPaths} more paths` : "",
    used > shownPaths ? `${used - shownPaths} more files that are used from outside` : "",
  ].filter((part) => part !== "");
  return cut.length === 0 ? "" : ` (and ${cut.join(", ")})`;
}

/** One line of drystone.yaml: flow style, because a step is one line. JSON strings are YAML too. */
function ruleLine({ part, folders }: Candidate, used: readonly string[]): string {
  const name = part.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const [only, ...more] = folders;
  const root = only !== undefined && more.length === 0 && only.endsWith("/**") ? only.slice(0, -3) : null;
  const match = root === null ? list(folders.slice(0, shownPaths)) : JSON.stringify(root);
  const inside = used.map((path) => (root !== null && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path));
  return `modules: [{ name: ${JSON.stringify(name)}, match: ${match}, public: ${list(inside.slice(0, shownPaths))} }]`;
}

const shownPaths = 8;

function list(paths: readonly string[]): string {
  return `[${paths.map((path) => JSON.stringify(path)).join(", ")}]`;
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
