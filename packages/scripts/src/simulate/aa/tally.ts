import type { ArmData } from "../engine/internals";
import type { Metric, MetricKind, OutcomeRow } from "../internals";

export interface Columns {
  kind: MetricKind;
  hasCovariate: boolean;
  y: Float64Array;
  x: Float64Array;
  /** Taken off before squares are added, so that they do not cancel. */
  means: { y: number; x: number };
}

export function columnsOf(subjects: readonly OutcomeRow[], metric: Metric, index: number): Columns {
  const y = Float64Array.from(subjects, ({ outcomes }) => outcomes[index]?.[0] ?? 0);
  const x = Float64Array.from(subjects, ({ outcomes }) => outcomes[index]?.[1] ?? 0);
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const hasCovariate = metric.kind !== "ratio" && metric.covariate !== null;
  return { kind: metric.kind, hasCovariate, y, x, means: { y: mean(y), x: mean(x) } };
}

/** How many subjects who differ from the mean all alike would make up its spread: 1 over the kurtosis of one. */
export function carriersOf({ kind, y, x, means }: Columns): number {
  const ratio = kind === "ratio" && means.x !== 0 ? means.y / means.x : 0;
  let [squares, fourths] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    const off = kind === "ratio" ? (y[i] as number) - ratio * (x[i] as number) : (y[i] as number) - means.y;
    squares += off ** 2;
    fourths += off ** 4;
  }
  return fourths > 0 ? squares ** 2 / fourths : 0;
}

/** Of one variant, of deviations from the means. */
interface Sums {
  n: number;
  did: number;
  y: number;
  yy: number;
  x: number;
  xx: number;
  xy: number;
}

/** A metric's sums by variant, to which one subject after the other is added. */
export class Tally {
  readonly #column: Columns;
  readonly #sums: Sums[];

  constructor(column: Columns, variants: number) {
    this.#column = column;
    this.#sums = Array.from({ length: variants }, () => ({ n: 0, did: 0, y: 0, yy: 0, x: 0, xx: 0, xy: 0 }));
  }

  add(subject: number, variant: number): void {
    const { y, x, means } = this.#column;
    const sum = this.#sums[variant] as Sums;
    const [dy, dx] = [(y[subject] as number) - means.y, (x[subject] as number) - means.x];
    sum.n++;
    if ((y[subject] as number) > 0) sum.did++;
    sum.y += dy;
    sum.yy += dy * dy;
    sum.x += dx;
    sum.xx += dx * dx;
    sum.xy += dx * dy;
  }

  /** By variant; of those without a subject there are none. */
  arms(): (ArmData | null)[] {
    const { kind, hasCovariate, means } = this.#column;
    return this.#sums.map(({ n, did, ...sum }): ArmData | null => {
      if (n === 0) return null;
      const value = { mean: means.y + sum.y / n, m2: Math.max(0, sum.yy - (sum.y * sum.y) / n) };
      const other = { mean: means.x + sum.x / n, m2: Math.max(0, sum.xx - (sum.x * sum.x) / n) };
      const comoment = sum.xy - (sum.x * sum.y) / n;
      if (kind === "ratio") return { kind, n, numerator: value, denominator: other, comoment };
      const covariate = hasCovariate ? { covariate: { ...other, comoment } } : {};
      if (kind === "mean") return { kind, n, value, ...covariate };
      return { kind: "rate", n, conversions: did, ...covariate };
    });
  }
}
