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

/** The ratios of several rounds: their median, the lowest and the highest. */
export interface Ratio {
  ratio: number;
  spread: Spread;
}

export interface Spread {
  from: number;
  to: number;
}

export function ratioOf(rounds: readonly number[]): Ratio {
  return { ratio: median(rounds), spread: { from: Math.min(...rounds), to: Math.max(...rounds) } };
}

/** How many times as much the other side is. */
export function inverseOf({ ratio, spread: { from, to } }: Ratio): Ratio {
  return { ratio: 1 / ratio, spread: { from: 1 / to, to: 1 / from } };
}
