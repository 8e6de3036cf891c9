// The document: each claim with the command that confirms it and its output.
import { contradictions } from "./advice-claims.mjs";
import { perKind } from "./draw.mjs";

const shownLines = 15;
const surprise = "## What surprised";

export function page(system, result, all, checked, before, { seed, advice }) {
  const surprised = before.includes(surprise)
    ? before.slice(before.indexOf(surprise)).trimEnd()
    : `${surprise}\n\nTo be written by whoever reads the report.`;
  const heads = result.inputs.repositories.map(({ id, head }) => `- ${id} at \`${head}\``);
  const kinds = new Map();
  for (const { kind } of all) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return [
    `# ${system}: ten claims of the ${advice ? "advice" : "report"}, checked with git`,
    "",
    `Written by \`node scripts/readings.mjs FOLDER ${system} --seed ${seed}${advice ? " --advice" : ""}\` from \`drystone ${advice ? `advise --path ${system}` : `assess ${system}`} --format json\`.`,
    `Ten of ${all.length} claims that one command can confirm, at most ${perKind} of a kind (${[...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ")}).`,
    ...(advice ? [outcomes(result)] : []),
    "The commands run with git 2.37 or newer in the folder that holds the clones; HEAD is:",
    "",
    ...heads,
    "",
    ...checked.flatMap(({ sentence, command, output, verdict }, index) => {
      const lines = output === "" ? ["(no output)"] : output.split("\n");
      const shown =
        lines.length > shownLines ? [...lines.slice(0, shownLines), `… ${lines.length - shownLines} more lines`] : lines;
      return [
        `## ${index + 1}. ${sentence}`,
        "",
        "```console",
        `$ ${command}`,
        ...shown.map((line) => line.slice(0, 200).replaceAll("```", "` ` `")),
        "```",
        "",
        `${verdict[0].toUpperCase()}${verdict.slice(1)}.`,
        "",
      ];
    }),
    surprised,
    "",
  ].join("\n");
}

/** What all recommendations come to, and that none of them contradicts the answers beside it. */
function outcomes(result) {
  const counts = new Map();
  for (const { outcome } of result.advice) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const wrong = contradictions(result);
  return `${result.advice.length} recommendations: ${[...counts].map(([outcome, count]) => `${count} ${outcome}`).join(", ")}. ${wrong.length === 0 ? "No outcome and no verdict contradicts the conditions beside it." : `Contradictions: ${wrong.join("; ")}.`}`;
}
