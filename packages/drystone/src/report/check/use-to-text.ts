/** Whether one module may use another, for a terminal. */
import { counted, newPage } from "#report/_shared/index.js";
import type { CheckTextOptions } from "./check-to-text.js";

/** As `explainEdge` of the check gives it. */
export interface UseExplanation {
  readonly from: string;
  readonly to: string;
  readonly obstacles: readonly Obstacle[];
  readonly open: readonly string[] | null;
  readonly basis: string;
  readonly imports: readonly {
    readonly file: string;
    readonly line: number;
    readonly to: string;
    readonly breaches: readonly Obstacle[];
  }[];
}

interface Obstacle {
  readonly rule: string;
  readonly because: string;
  readonly fix: string;
}

const shownImports = 10;
const shownFiles = 8;

export function useToText({ from, to, obstacles, open, basis, imports }: UseExplanation, options: CheckTextOptions): string {
  const page = newPage({ ...options, people: "handles" });
  const isAllowed = obstacles.length === 0;
  page.spans(
    [
      { text: isAllowed ? "✓ ALLOWED" : "✗ NOT ALLOWED", tone: isAllowed ? "calm" : "alarm" },
      { text: `  ${from} -> ${to}`, tone: "strong" },
    ],
    null,
    2,
  );
  page.text(`${basis}.`, { indent: 2 });
  for (const { rule, because, fix } of obstacles) {
    page.text(because, { indent: 2, first: `${rule}: ` });
    page.text(fix, { indent: 2, first: "fix: ", tone: "quiet" });
  }
  page.heading("The allowed way");
  if (open === null) page.text(`${to} says nothing of what is public: all of its files may be imported.`, { indent: 2 });
  else if (open.length === 0) page.text(`No file of ${to} is open to ${from}.`, { indent: 2 });
  else for (const file of open.slice(0, shownFiles)) page.text(file, { indent: 2 });
  if (open !== null && open.length > shownFiles) page.text(`… ${open.length - shownFiles} more`, { indent: 2, tone: "quiet" });
  page.heading(`Imports as they are (${imports.length})`);
  if (imports.length === 0) page.text(`No file of ${from} imports one of ${to}.`, { indent: 2 });
  const sorted = imports.toSorted((a, b) => b.breaches.length - a.breaches.length);
  for (const { file, line, to: target, breaches } of sorted.slice(0, shownImports)) {
    const [first] = breaches;
    page.spans(
      [
        { text: `  ${file}:${line}`, tone: "plain" },
        { text: first ? `  ${first.rule}` : "  allowed", tone: first ? "alarm" : "quiet" },
      ],
      null,
      4,
    );
    page.text(first ? `imports ${target}: ${first.because}` : `imports ${target}`, {
      indent: 4,
      tone: first ? "plain" : "quiet",
    });
  }
  if (imports.length > shownImports)
    page.text(`… ${counted(imports.length - shownImports, "import")} more`, { indent: 2, tone: "quiet" });
  return page.toString();
}
