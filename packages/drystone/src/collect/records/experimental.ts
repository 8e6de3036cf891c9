/** Formats that were only ever read from files that we wrote ourselves (docs/inputs.md). */
import type { Problem } from "#model/facts.js";

export const experimentalHint = "compare what was read with the tool it comes from, and tell us what differs";

/** @param format what was read; null when it was nothing of the kind. */
export function experimentalProblem(path: string, format: string | null): Problem[] {
  if (format === null) return [];
  return [
    {
      path,
      line: null,
      message: `reading ${format} is experimental: it was tested on files of our own writing only`,
      hint: experimentalHint,
    },
  ];
}
