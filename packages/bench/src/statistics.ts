/** The middle of the values, which a disturbed round does not move as it would a mean. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between neighbours by linear interpolation. @throws RangeError where there is no value */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError("There is no quantile of nothing.");
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below + (above - below) * (position - Math.floor(position));
}
