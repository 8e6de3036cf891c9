/** Steps of change coupling, as coloured in matrices. */
export const heatSteps = [
  { from: 0, colour: "var(--heat-1)" },
  { from: 0.1, colour: "var(--heat-2)" },
  { from: 0.2, colour: "var(--heat-3)" },
  { from: 0.35, colour: "var(--heat-4)" },
  { from: 0.5, colour: "var(--heat-5)" },
] as const;

/** @param degree 0..1. */
export function heatOf(degree: number): string {
  return heatSteps.findLast(({ from }) => degree >= from)?.colour ?? heatSteps[0].colour;
}
