/** Numbers to pixels. */

export interface Scale {
  readonly at: (value: number) => number;
  /** Round values from zero on, the last at or above the largest value. */
  readonly ticks: readonly number[];
}

/** From zero to a round value above `most`. @param ticks about how many steps are wanted. @param whole for what is counted. */
export function scaleFromZero(most: number, from: number, to: number, ticks: number, whole = false): Scale {
  const rough = roundStep(most / ticks);
  const step = whole ? Math.max(1, Math.ceil(rough)) : rough;
  const steps = Math.max(1, Math.ceil(most / step - 1e-9));
  const top = steps * step;
  return {
    at: (value) => from + (value / top) * (to - from),
    ticks: Array.from({ length: steps + 1 }, (_, at) => at * step),
  };
}

/** The next of 1, 2, 2.5, 5, 10 times a power of ten. */
function roundStep(rough: number): number {
  if (!(rough > 0) || !Number.isFinite(rough)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= rough - 1e-12) ?? 10;
  return factor * power;
}
