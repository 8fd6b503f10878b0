import {
  type ArmData,
  analyse,
  analyseSplit,
  type Comparison,
  type MetricInput,
  type Random,
  type Reason,
} from "../engine/internals";
import {
  type ExperimentConfig,
  hashFrom,
  indexAt,
  type Metric,
  type OutcomeRow,
  stageHash,
  variantBoundaries,
} from "../internals";

export interface Splits {
  /** In the order of the metrics. */
  metrics: MetricSplits[];
  /** Splits that the test of the split called off at 0.001. */
  alarms: number;
  count: number;
}

export interface MetricSplits {
  /** Splits in which any variant differed from control. */
  positives: number;
  /** Splits in which a comparison was not made, by the code of the reason. */
  withheld: Partial<Record<Reason["code"], number>>;
  /** Whether fewer than `target` are to be expected: a few subjects carry all of it, or several variants are compared. */
  isCareful: boolean;
}

/**
 * Splits the subjects again and again, each time under another salt, by the hash and the weights that they were split by:
 * in none of the splits does a variant do anything, so that whatever differs is a false positive.
 */
export function splitAgain(
  subjects: readonly OutcomeRow[],
  metrics: readonly Metric[],
  { variants, control }: Pick<ExperimentConfig, "variants" | "control">,
  { count, random, onSplit }: { count: number; random: Random; onSplit?: () => void },
): Splits {
  const boundaries = variantBoundaries(variants);
  const names = variants.map(({ name }) => name);
  const weights = Object.fromEntries(variants.map(({ name, percentage }) => [name, percentage]));
  const columns = metrics.map((metric, index) => columnsOf(subjects, metric, index));
  const given = new Uint8Array(subjects.length);
  const share = Math.min(...variants.map(({ percentage }) => percentage)) / 100;
  const splits: Splits = {
    metrics: columns.map((column) => ({
      positives: 0,
      withheld: {},
      isCareful: names.length > 2 || share * carriersOf(column) < CARRIERS,
    })),
    alarms: 0,
    count,
  };
  for (let split = 0; split < count; split++) {
    const hash = stageHash("variant", `aa-${random.below(2 ** 32)}-${random.below(2 ** 32)}`);
    const units: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
    subjects.forEach(({ unit }, index) => {
      const variant = indexAt(boundaries, hashFrom(hash, unit));
      given[index] = variant;
      const name = names[variant] as string;
      units[name] = (units[name] ?? 0) + 1;
    });
    const { once } = analyseSplit([{ epoch: 1, weights, units }], names, 1);
    if (once.method !== null && once.p < 0.001) splits.alarms++;
    columns.forEach((column, index) => {
      const arms = armsOf(column, given, names.length);
      const input = inputOf(metrics[index] as Metric, { names, control, weights, arms });
      countIn(splits.metrics[index] as MetricSplits, analyse(input).comparisons);
    });
    onSplit?.();
  }
  return splits;
}

function countIn(metric: MetricSplits, comparisons: readonly Comparison[]): void {
  const withheld = comparisons.find((one) => one.status === "withheld");
  if (withheld !== undefined) {
    const { code } = withheld.reason;
    metric.withheld[code] = (metric.withheld[code] ?? 0) + 1;
  } else if (comparisons.some((one) => one.status === "compared" && one.isSignificant)) metric.positives++;
}

interface Columns {
  kind: "conversion" | "mean" | "ratio";
  hasCovariate: boolean;
  y: Float64Array;
  x: Float64Array;
  /** Taken off before squares are added, so that they do not cancel. */
  means: { y: number; x: number };
}

function columnsOf(subjects: readonly OutcomeRow[], metric: Metric, index: number): Columns {
  const y = Float64Array.from(subjects, ({ outcomes }) => outcomes[index]?.[0] ?? 0);
  const x = Float64Array.from(subjects, ({ outcomes }) => outcomes[index]?.[1] ?? 0);
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const hasCovariate = metric.kind !== "ratio" && metric.covariate !== null;
  return { kind: metric.kind, hasCovariate, y, x, means: { y: mean(y), x: mean(x) } };
}

/** Fewer in a variant, and a test finds less than it may. */
const CARRIERS = 50;

/** How many subjects who differ from the mean all alike would make up its spread: 1 over the kurtosis of one. */
function carriersOf({ kind, y, x, means }: Columns): number {
  const ratio = kind === "ratio" && means.x !== 0 ? means.y / means.x : 0;
  let [squares, fourths] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    const off = kind === "ratio" ? (y[i] as number) - ratio * (x[i] as number) : (y[i] as number) - means.y;
    squares += off ** 2;
    fourths += off ** 4;
  }
  return fourths > 0 ? squares ** 2 / fourths : 0;
}

function armsOf(
  { kind, hasCovariate, y, x, means }: Columns,
  given: Uint8Array,
  variants: number,
): ArmData[] {
  const sums = Array.from({ length: variants }, () => ({ n: 0, did: 0, y: 0, yy: 0, x: 0, xx: 0, xy: 0 }));
  for (let i = 0; i < given.length; i++) {
    const sum = sums[given[i] as number] as (typeof sums)[number];
    const [dy, dx] = [(y[i] as number) - means.y, (x[i] as number) - means.x];
    sum.n++;
    if ((y[i] as number) > 0) sum.did++;
    sum.y += dy;
    sum.yy += dy * dy;
    sum.x += dx;
    sum.xx += dx * dx;
    sum.xy += dx * dy;
  }
  return sums.map(({ n, did, ...sum }): ArmData => {
    const value = { mean: means.y + sum.y / n, m2: Math.max(0, sum.yy - (sum.y * sum.y) / n) };
    const other = { mean: means.x + sum.x / n, m2: Math.max(0, sum.xx - (sum.x * sum.x) / n) };
    const comoment = sum.xy - (sum.x * sum.y) / n;
    if (kind === "ratio") return { kind, n, numerator: value, denominator: other, comoment };
    const covariate = hasCovariate ? { covariate: { ...other, comoment } } : {};
    if (kind === "mean") return { kind, n, value, ...covariate };
    return { kind: "rate", n, conversions: did, ...covariate };
  });
}

function inputOf(
  { key, kind, direction }: Metric,
  {
    names,
    control,
    weights,
    arms,
  }: { names: string[]; control: string; weights: Record<string, number>; arms: ArmData[] },
): MetricInput {
  return {
    control,
    variants: names,
    mode: "fixed",
    plannedUnits: arms.reduce((sum, { n }) => sum + n, 0),
    plannedDays: null,
    days: 28,
    plannedComparisons: Math.max(1, names.length - 1),
    hasChances: false,
    metric: {
      id: key,
      kind: kind === "conversion" ? "rate" : kind,
      direction,
      role: "primary",
      minimumEffect: null,
    },
    epochs: [
      {
        epoch: 1,
        weights,
        arms: Object.fromEntries(names.map((name, index) => [name, arms[index] as ArmData])),
      },
    ],
  };
}
