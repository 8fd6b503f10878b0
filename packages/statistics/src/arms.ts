import type { CellEpoch } from "./cells";
import { bestAmong } from "./chance";
import { aloneOf, type Combined } from "./combine";
import { tIsf } from "./dist";
import { intervalOf } from "./interval";
import { ALPHA, type MeasuredMetric } from "./metric-measure";
import { possible, type Range, rangeOver } from "./range";
import type { ArmResult, Comparison, Interval } from "./results-types";
import type { AnalysisMode, Design, MetricDirection } from "./types";
import { wilson } from "./wilson";

/**
 * The rows of the table. With two variants, a row shows the compared value, so that the rows and the difference agree.
 * With more, all use the same weights, over the epochs that have all of them. Otherwise a drifting base rate would look
 * like a difference between rows. Null without such an epoch, or if these epochs contradict an established comparison:
 * the table must not contradict the verdict.
 */
export function armsOf(
  design: Design,
  { metric, mode, epochs, cells, pairs }: MeasuredMetric,
  comparisons: readonly Comparison[],
): ArmResult[] {
  const isRate = metric.kind === "rate" && !cells.isAdjusted;
  const [only, ...others] = pairs;
  const together = epochsOfAll(cells.epochs);
  const rows = design.variants.map((variant): Combined | null => {
    if (!only?.pair || others.length > 0) return aloneOf(together, variant);
    return variant === only.variant ? only.pair.treatment : only.pair.control;
  });
  const shown = showReverse(design, rows, comparisons) ? rows.map(() => null) : rows;
  const best = bestOfAll(design, shown, comparisons, { mode, isRate, direction: metric.direction });
  return design.variants.map((variant, i) => {
    const arm = shown[i] ?? null;
    const data = epochs.flatMap(({ arms }) => arms[variant] ?? []);
    return {
      variant,
      units: data.reduce((total, { n }) => total + (Number.isFinite(n) ? n : 0), 0),
      conversions:
        metric.kind === "rate"
          ? data.reduce((total, one) => total + (one.kind === "rate" ? one.conversions : 0), 0)
          : null,
      value: arm?.value ?? null,
      interval: arm === null ? null : armInterval(arm, { isRate, range: rangeIn(cells.epochs, variant) }),
      chanceToBeBest: best?.[i]?.chance ?? null,
      lossAgainstBest: best?.[i]?.loss ?? null,
    };
  });
}

/** Whether the rows of any pair point the other way than their comparison, if that one excludes 0. */
function showReverse(
  { control, variants }: Design,
  rows: readonly (Combined | null)[],
  comparisons: readonly Comparison[],
): boolean {
  const shownFor = (variant: string) => rows[variants.indexOf(variant)]?.value ?? null;
  const base = shownFor(control);
  return comparisons.some((one) => {
    if (one.status === "withheld" || one.outcome === "unclear") return false;
    const value = shownFor(one.variant);
    return value !== null && base !== null && (value - base) * one.difference < 0;
  });
}

/** The epochs in which every variant was that was in any. */
function epochsOfAll(epochs: readonly CellEpoch[]): CellEpoch[] {
  const variants = new Set(epochs.flatMap(({ cells }) => Object.keys(cells)));
  return epochs.filter(({ cells }) => [...variants].every((variant) => cells[variant] !== undefined));
}

function rangeIn(epochs: readonly CellEpoch[], variant: string): Range {
  return rangeOver(epochs.flatMap(({ cells }) => cells[variant]?.range ?? []));
}

function armInterval(arm: Combined, { isRate, range }: { isRate: boolean; range: Range }): Interval | null {
  if (isRate) return intervalOf(wilson(arm.value * arm.effectiveN, arm.effectiveN, ALPHA), ALPHA);
  if (!(arm.variance > 0)) return null;
  const half = tIsf(ALPHA / 2, arm.variance ** 2 / arm.spread) * Math.sqrt(arm.variance);
  const bounds = { low: arm.value - half, high: arm.value + half };
  return intervalOf(possible.value(bounds, range), ALPHA);
}

/**
 * Null unless every variant is compared. With two variants the comparison already says it. While nothing is clear in
 * sequential mode, chances are left out here too: they ignore that there are many looks.
 */
function bestOfAll(
  { control, variants, hasChances }: Design,
  arms: readonly (Combined | null)[],
  comparisons: readonly Comparison[],
  { mode, isRate, direction }: { mode: AnalysisMode; isRate: boolean; direction: MetricDirection },
): { chance: number | null; loss: number }[] | null {
  const [only, ...others] = comparisons;
  if (hasChances === false || comparisons.some(({ status }) => status === "withheld")) return null;
  if (only?.status === "compared" && others.length === 0) {
    const { chance } = only;
    if (chance === null) return null;
    return variants.map((variant) =>
      variant === control
        ? { chance: chance.toLoseToControl, loss: chance.lossOfControl }
        : { chance: chance.toBeatControl, loss: chance.lossOfVariant },
    );
  }
  const known = arms.filter((arm) => arm !== null);
  const best = known.length === arms.length && known.length > 1 ? bestAmong(known, isRate, direction) : null;
  const isClear = comparisons.some((one) => one.status === "compared" && one.outcome !== "unclear");
  return mode === "fixed" || isClear ? best : (best?.map(({ loss }) => ({ chance: null, loss })) ?? null);
}
