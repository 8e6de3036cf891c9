/** Growth per month of a series of months, as a share: the slope of the logarithm. */
export function growthPerMonth(values: readonly number[]): number {
  const n = values.length;
  const middle = (n - 1) / 2;
  const logs = values.map((value) => Math.log(value));
  const mean = logs.reduce((sum, value) => sum + value, 0) / n;
  let xy = 0;
  let xx = 0;
  for (const [at, value] of logs.entries()) {
    xy += (at - middle) * (value - mean);
    xx += (at - middle) ** 2;
  }
  return xx === 0 ? 0 : Math.exp(xy / xx) - 1;
}
