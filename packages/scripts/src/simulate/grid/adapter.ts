import type { Mode } from "./bounds";
import {
  type Analysis,
  type AnalysisInput,
  type ArmData,
  analyse,
  analyseExperiment,
  type Compared,
  type EpochUnits,
  type LookState,
  type MetricInput,
  type MetricRole,
} from "./internals";
import type { Kind } from "./kinds";
import type { EpochSums } from "./run";
import { DAYS } from "./splits";
import { momentsOf, type Sums } from "./sums";

// The only file of the grid that knows what the engine takes and answers.

export interface Seen {
  /** Of each treatment; null where it is withheld. */
  comparisons: (Pick<Compared, "isSignificant" | "outcome" | "interval" | "lift"> | null)[];
  state: LookState;
}

/** What is decided before the start. */
export interface GridDesign {
  kind: Pick<Kind, "metric" | "isAdjusted" | "isSigned">;
  mode: Mode;
  variants: readonly string[];
  plannedUnits: number;
  /** Primary where absent. */
  role?: MetricRole;
}

export function variantsOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => (i === 0 ? "control" : `treatment-${i}`));
}

/** One look at the metric: `analyse` says what the whole analysis says of it, in half the time. */
export function lookAt(
  design: GridDesign,
  epochs: readonly EpochSums[],
  day: number,
  previous: LookState | undefined,
): Seen {
  const { comparisons } = analyse(metricInput(design, epochs, day, previous));
  const smallest: Record<string, number> = { ...previous?.smallestP[METRIC] };
  for (const one of comparisons) if (one.status === "compared") smallest[one.variant] = one.p;
  return {
    comparisons: comparisons.map((one) => (one.status === "compared" ? one : null)),
    state: { smallestP: { [METRIC]: smallest }, smallestSplitP: 1 },
  };
}

const METRIC = "metric";

export function metricInput(
  { kind, mode, variants, plannedUnits, role = "primary" }: GridDesign,
  epochs: readonly EpochSums[],
  day: number,
  previous?: LookState,
): MetricInput {
  return {
    control: "control",
    variants,
    mode,
    plannedUnits,
    plannedDays: DAYS,
    days: day,
    plannedComparisons: variants.length - 1,
    hasChances: false,
    metric: { id: METRIC, kind: kind.metric, direction: "increase", role, minimumEffect: null },
    epochs: epochs.map(({ phase, arms }, i) => ({
      epoch: i + 1,
      weights: byVariant(variants, phase.weights),
      arms: byVariant(
        variants,
        arms.map((sums) => armOf(kind, sums)),
      ),
    })),
    previous,
  };
}

/** The whole page, of one metric. */
export function pageAt(
  design: GridDesign,
  epochs: readonly EpochSums[],
  day: number,
  more: Pick<AnalysisInput, "phase" | "previous"> = {},
): Analysis {
  const { metric, epochs: data, ...input } = metricInput(design, epochs, day);
  return analyseExperiment({
    ...input,
    metrics: [{ metric, epochs: data }],
    split: epochs.map(({ phase, arms }, i) =>
      epochUnits(
        i,
        design.variants,
        phase.weights,
        arms.map(({ n }) => n),
      ),
    ),
    ...more,
  });
}

function epochUnits(
  index: number,
  variants: readonly string[],
  weights: readonly number[],
  units: readonly number[],
): EpochUnits {
  return { epoch: index + 1, weights: byVariant(variants, weights), units: byVariant(variants, units) };
}

/** Units by segment and variant. */
export interface SplitLook {
  weights: readonly number[];
  segments: readonly (readonly number[])[];
}

/** Whether the page says, of all or of any segment, that the split is off. */
export function alarmAt(
  { weights, segments }: SplitLook,
  previous?: LookState,
): { isAlarm: boolean; state: LookState } {
  const variants = variantsOf(weights.length);
  const all = weights.map((_, i) => segments.reduce((sum, units) => sum + (units[i] ?? 0), 0));
  const { split, state } = analyseExperiment({
    control: "control",
    variants,
    mode: "sequential",
    plannedUnits: null,
    plannedDays: null,
    days: 1,
    plannedComparisons: 1,
    metrics: [],
    split: [epochUnits(0, variants, weights, all)],
    segments:
      segments.length < 2
        ? []
        : segments.map((units, i) => ({
            fact: "country",
            value: `${i + 1}`,
            split: [epochUnits(0, variants, weights, units)],
          })),
    previous,
  });
  const isAlarm = split.status === "off" || (split.bySegment ?? []).some(({ status }) => status === "off");
  return { isAlarm, state };
}

function byVariant<T>(variants: readonly string[], values: readonly T[]): Record<string, T> {
  return Object.fromEntries(values.map((value, i) => [variants[i] ?? "", value]));
}

function armOf({ metric, isAdjusted, isSigned = false }: GridDesign["kind"], sums: Sums): ArmData {
  if (sums.n === 0) return noArm(metric);
  const { comoment, ...moments } = momentsOf(sums);
  const least = isSigned ? {} : { min: 0 };
  const [y, x] = [
    { ...moments.y, ...least },
    { ...moments.x, ...least },
  ];
  const covariate = isAdjusted ? { covariate: { ...x, comoment } } : {};
  if (metric === "ratio") return { kind: "ratio", n: sums.n, numerator: y, denominator: x, comoment };
  if (metric === "mean") return { kind: "mean", n: sums.n, value: y, ...covariate };
  return { kind: "rate", n: sums.n, conversions: sums.acting, ...covariate };
}

function noArm(metric: Kind["metric"]): ArmData {
  const none = { mean: 0, m2: 0 };
  if (metric === "ratio") return { kind: "ratio", n: 0, numerator: none, denominator: none, comoment: 0 };
  return metric === "mean" ? { kind: "mean", n: 0, value: none } : { kind: "rate", n: 0, conversions: 0 };
}
