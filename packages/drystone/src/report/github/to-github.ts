/** GitHub Actions: workflow commands that become annotations, and a step summary in Markdown. */
import type { Finding, Result } from "#model/result.js";
import { checkMarkdown, clean, counted, findingsView, messageAndFix, pathOf, placeOf } from "#report/_shared/index.js";

/** GitHub shows ten of each level per step. */
const shownPerLevel = 10;
/** A step summary may have 1 MiB. */
const maxSummaryBytes = 900_000;

export interface GithubOutput {
  /** For stdout: one workflow command per line, then one line of counts. */
  readonly annotations: string;
  /** For `$GITHUB_STEP_SUMMARY`. */
  readonly summary: string;
}

export function toGithub(result: Result): GithubOutput {
  const { failing, counts, accepted } = findingsView(result);
  const shown = (["error", "warning", "note"] as const).flatMap((severity) =>
    failing.filter((finding) => finding.severity === severity).slice(0, shownPerLevel),
  );
  const more = failing.length - shown.length;
  const total = `drystone: ${counted(counts.error, "error")}, ${counted(counts.warning, "warning")}, ${counted(counts.note, "note")}, ${accepted.length} accepted${more > 0 ? `; ${more} more in the step summary` : ""}`;
  return {
    annotations: `${[...shown.map((finding) => annotation(finding, result)), total].join("\n")}\n`,
    summary: bounded(checkMarkdown(result, { most: 200 })),
  };
}

const commands = { error: "error", warning: "warning", note: "notice" } as const;

function annotation(finding: Finding, result: Result): string {
  const place = placeOf(finding, result);
  const properties = [
    `file=${property(pathOf(place, result))}`,
    `line=${Math.max(1, place.line)}`,
    `title=${property(finding.code)}`,
  ].join(",");
  return `::${commands[finding.severity]} ${properties}::${data(messageAndFix(finding))}`;
}

/** `%`, CR and LF would end or change the command; other control characters are made visible. */
function data(text: string): string {
  return clean(text, 2000).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function bounded(markdown: string): string {
  if (Buffer.byteLength(markdown) <= maxSummaryBytes) return markdown;
  const lines = markdown.split("\n");
  let bytes = 0;
  const kept = lines.filter((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes <= maxSummaryBytes;
  });
  return `${kept.join("\n")}\n\nThe rest does not fit into a step summary.\n`;
}
