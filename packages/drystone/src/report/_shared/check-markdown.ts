/** What a check found, as a comment on a pull request or a step summary: short, and nothing in it pings or links by accident. */
import type { Comparison, Finding, Result } from "#model/result.js";
import { counted, listed } from "#util/words.js";
import { escapeMarkdown } from "./escape-markdown.js";
import { type FindingsView, findingsView, pathOf, placeOf } from "./findings.js";

/** By it a later run finds its own comment and replaces it. */
const marker = "<!-- drystone check -->";

/** @param options.most findings that are listed. @returns Markdown that ends with a newline. */
export function checkMarkdown(result: Result, options: { readonly most: number }): string {
  const view = findingsView(result);
  const parts = [
    marker,
    `### drystone ${escapeMarkdown(result.tool.command)}: ${headline(result, view)}`,
    table(view.failing.slice(0, options.most), result),
    more(view.failing.length - options.most, "findings"),
    fixed(result.comparison),
    acceptances(result.comparison),
    accepted(view),
    unknown(view),
    problems(result),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function headline({ comparison }: Result, { counts, failing, accepted: decided }: FindingsView): string {
  if (comparison !== undefined)
    return `+${comparison.new} new, -${comparison.fixed} fixed, ${comparison.remaining} remaining against ${escapeMarkdown(comparison.against)}`;
  if (failing.length === 0) return `nothing new${decided.length > 0 ? `, ${decided.length} accepted` : ""}`;
  const words = [
    ...(counts.error > 0 ? [counted(counts.error, "error")] : []),
    ...(counts.warning > 0 ? [counted(counts.warning, "warning")] : []),
    ...(counts.note > 0 ? [counted(counts.note, "note")] : []),
    ...(decided.length > 0 ? [`${decided.length} accepted`] : []),
  ];
  return words.join(", ");
}

function table(findings: readonly Finding[], result: Result): string {
  if (findings.length === 0) return "";
  const rows = findings.map((finding) => {
    const place = placeOf(finding, result);
    const state = finding.state === "expired" ? ", acceptance ended" : "";
    return `| ${[
      escapeMarkdown(`${pathOf(place, result)}:${place.line}`),
      `${escapeMarkdown(finding.message)}<br>${escapeMarkdown(`${finding.code} (${finding.severity}${state})`)}`,
      escapeMarkdown(finding.fix),
    ].join(" | ")} |`;
  });
  return ["| where | what | what to do |", "|---|---|---|", ...rows].join("\n");
}

function more(count: number, what: string): string {
  return count > 0 ? `${count} more ${what}: \`drystone check --format json\`` : "";
}

function fixed(comparison: Comparison | undefined): string {
  if (comparison === undefined || comparison.fixed === 0) return "";
  const shown = comparison.fixedFindings.slice(0, 10).map(({ code, message }) => `- ${escapeMarkdown(`${code}: ${message}`)}`);
  return [`**Fixed: ${comparison.fixed}**`, shown.join("\n"), more(comparison.fixed - shown.length, "fixed")]
    .filter((part) => part !== "")
    .join("\n\n");
}

function acceptances(comparison: Comparison | undefined): string {
  if (comparison === undefined || comparison.acceptances.length === 0) return "";
  const shown = comparison.acceptances.slice(0, 20).map(({ rule, from, to, owner, reason, until, counted: counts }) => {
    const decision = counts
      ? `${owner ?? ""}: ${reason ?? ""}${until === null ? "" : ` (until ${until})`}`
      : "does not count: an acceptance needs a reason and an owner";
    return `- ${escapeMarkdown(`${rule}: ${from} → ${to}`)}<br>${escapeMarkdown(decision)}`;
  });
  return [
    `**This change accepts ${counted(comparison.acceptances.length, "finding")}**`,
    shown.join("\n"),
    more(comparison.acceptances.length - shown.length, "acceptances"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function accepted({ accepted: decided, owners, ending }: FindingsView): string {
  if (decided.length === 0) return "";
  const byOwner = owners.slice(0, 5).map(({ owner, findings }) => `${owner} ${findings}`);
  const soon =
    ending.length === 0 ? "" : ` ${ending.length} end within 30 days, the first on ${ending[0]?.decision?.until ?? ""}.`;
  return escapeMarkdown(`Accepted: ${decided.length} (${listed(byOwner)}${owners.length > 5 ? ", …" : ""}).${soon}`);
}

function unknown({ unknown: open }: FindingsView): string {
  if (open.length === 0) return "";
  return ["**Unknown**", open.map(({ id, reason }) => `- ${escapeMarkdown(`${id}: ${reason}`)}`).join("\n")].join("\n\n");
}

function problems({ inputs }: Result): string {
  if (inputs.problems.length === 0) return "";
  const shown = inputs.problems.slice(0, 5).map(({ message, hint }) => `- ${escapeMarkdown(`${message} (${hint})`)}`);
  return ["**Could not be read**", shown.join("\n"), more(inputs.problems.length - shown.length, "problems")]
    .filter((part) => part !== "")
    .join("\n\n");
}
