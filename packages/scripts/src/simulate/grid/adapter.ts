import type { Mode } from "./bounds";
import {
  type AnalysisInput,
  type ArmData,
  analyseExperiment,
  analyseSplit,
  type Compared,
  type EpochUnits,
  type LookState,
  SPLIT_ALPHA,
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
  kind: Kind;
  mode: Mode;
  variants: readonly string[];
  plannedUnits: number;
}

export function variantsOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => (i === 0 ? "control" : `treatment-${i}`));
}

/** One look, as the page takes it. */
export function lookAt(
  { kind, mode, variants, plannedUnits }: GridDesign,
  epochs: readonly EpochSums[],
  day: number,
  previous: LookState | undefined,
): Seen {
  const byVariant = <T>(values: readonly T[]): Record<string, T> =>
    Object.fromEntries(values.map((value, i) => [variants[i] ?? "", value]));
  const input: AnalysisInput = {
    control: "control",
    variants,
    mode,
    plannedUnits,
    plannedDays: DAYS,
    days: day,
    plannedComparisons: variants.length - 1,
    hasChances: false,
    metrics: [
      {
        metric: {
          id: "metric",
          kind: kind.metric,
          direction: "increase",
          role: "primary",
          minimumEffect: null,
        },
        epochs: epochs.map(({ phase, arms }, i) => ({
          epoch: i + 1,
          weights: byVariant(phase.weights),
          arms: byVariant(arms.map((sums) => armOf(kind, sums))),
        })),
      },
    ],
    split: epochs.map(({ phase, arms }, i) => ({
      epoch: i + 1,
      weights: byVariant(phase.weights),
      units: byVariant(arms.map(({ n }) => n)),
    })),
    previous,
  };
  const { metrics, state } = analyseExperiment(input);
  const comparisons = metrics[0]?.comparisons ?? [];
  return { comparisons: comparisons.map((one) => (one.status === "compared" ? one : null)), state };
}

function armOf({ metric, isAdjusted }: Kind, sums: Sums): ArmData {
  if (sums.n === 0) return noArm(metric);
  const { y, x, comoment } = momentsOf(sums);
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

/** The smallest p of the split so far, and whether it alarms. */
export function splitAt(
  epochs: readonly EpochUnits[],
  variants: readonly string[],
  previousP: number,
): { p: number; isAlarm: boolean } {
  const { p, status } = analyseSplit(epochs, variants, previousP);
  return { p, isAlarm: status === "off" && p < SPLIT_ALPHA };
}
