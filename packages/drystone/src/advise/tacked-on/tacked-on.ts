/** Does the part feel tacked on: hardly anything leads into or out of it, and hardly anything hangs on it? Conductance, attachment and reverse fan-in over
 *  imports, calls and tables (metrics.md B2). */
import type { Assessment } from "#model/result.js";
import { type Advising, counted, judged, listed, percent, place, rounded } from "../_shared/index.js";

const id = "tacked-on";
const question = "Does it feel tacked on?";
const source = "parameters B";

/** Program files of the part that the import graph knows: with fewer, a missing edge may be one that was not read. */
const leastKnown = 0.5;

export function signalTackedOn({ estate, part, crossings }: Advising): Assessment {
  const { B } = estate.parameters;
  const { cut, dependents, rest, programFiles, knownFiles, allProgramFiles } = crossings;
  const base = { id, subject: part.subject, question, level: estate.parameters.ci.level };
  const attachment = crossings.crossings.length;
  const large = programFiles >= B.files && programFiles >= B.codeShare * allProgramFiles && rest > 0;
  const read = knownFiles >= leastKnown * programFiles && cut.conductance !== null;
  if (!large || !read)
    return judged({
      ...base,
      verdict: "unknown",
      sample: { n: programFiles, of: "source files", min: B.files },
      reasons: [
        rest === 0
          ? "There is no code beside it to be tacked on to."
          : !large
            ? `${counted(programFiles, "source file")} of ${allProgramFiles}: too small a part to tell.`
            : `Imports are known for ${knownFiles} of its ${counted(programFiles, "source file")}: what leads in and out is not seen.`,
      ],
      missing: large
        ? [
            {
              input: "imports of its files",
              how: "drystone assess PATH   (languages: see docs/concepts.md; other languages need calls from traces)",
            },
          ]
        : [{ input: "a larger part", how: "drystone advise split FOLDER --path PATH" }],
    });
  const phi = cut.conductance ?? 1;
  const reverse = rest === 0 ? 0 : dependents / rest;
  const met = [phi <= B.conductance, attachment <= B.attachment, reverse <= B.reverseFanIn];
  const kept = met.filter(Boolean).length;
  const names = crossings.crossings.map(({ through, direction }) => `${direction === "in" ? "in: " : "out: "}${through}`);
  return judged({
    ...base,
    verdict: kept === 3 ? "signal" : kept === 2 && met[0] === true ? "weak" : "none",
    value: rounded(phi),
    unit: "share of edges that cross",
    sample: { n: Math.min(cut.volumeInside, cut.volumeOutside), of: "edge ends" },
    grade: "B",
    conditions: [
      { text: `at most ${percent(B.conductance)} of its edges cross (${percent(phi)})`, met: met[0] ?? null, source },
      { text: `at most ${B.attachment} interfaces to the rest (${attachment})`, met: met[1] ?? null, source },
      {
        text: `at most ${percent(B.reverseFanIn)} of the other files depend on it (${dependents} of ${rest})`,
        met: met[2] ?? null,
        source,
      },
    ],
    reasons: [
      `${percent(phi)} of its imports, calls and shared tables cross its border, through ${counted(attachment, "interface")}; ${dependents} of ${counted(rest, "other file")} ${dependents === 1 ? "imports" : "import"} it.`,
    ],
    findings:
      attachment === 0
        ? []
        : [
            place(
              {
                code: `${id}/interfaces`,
                subjects: [part.subject],
                message: `${counted(attachment, "interface")} to the rest: ${listed(names, 5)}.`,
                fix: "These are what a contract would have to hold.",
                value: attachment,
                unit: "interfaces",
                sample: null,
              },
              crossings.crossings.flatMap(({ evidence }) => evidence.slice(0, 1)),
              attachment,
            ),
          ],
  });
}
