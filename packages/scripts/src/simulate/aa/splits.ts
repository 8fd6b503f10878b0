import {
  analyse,
  analyseSplit,
  type Comparison,
  type LookState,
  type MetricInput,
  type MetricResult,
  type Random,
  type WithheldReason,
} from "../engine/internals";
import {
  DEFAULT_PLANNED_SUBJECTS,
  type ExperimentConfig,
  hashFrom,
  indexAt,
  type Metric,
  metricKinds,
  type OutcomeRow,
  stageHash,
  variantBoundaries,
} from "../internals";
import { carriersOf, columnsOf, Tally } from "./tally";

export interface Splits {
  /** By one test of all subjects, in the order of the metrics. */
  metrics: MetricSplits[];
  /** By the always-valid test after each day of exposures, where that is the experiment's own; else null. */
  daily: MetricSplits[] | null;
  /** Splits that the test of the split called off at 0.001. */
  alarms: number;
  count: number;
}

export interface MetricSplits {
  /** Splits in which any variant differed from control. */
  positives: number;
  /** Splits in which a comparison was not made, by the code of the reason. */
  withheld: Partial<Record<WithheldReason["code"], number>>;
  /** Whether fewer than `target` are to be expected: a few subjects carry all of it, or several comparisons are made. */
  isCareful: boolean;
}

type Design = Pick<ExperimentConfig, "variants" | "control" | "analysis">;

/** Fewer in a variant who carry a metric, and a test finds less than it may. */
const CARRIERS = 50;

/**
 * Splits the subjects again and again, each time under another salt, by the hash and the weights that they were split by:
 * in none of the splits does a variant do anything, so that whatever differs is a false positive.
 */
export function splitAgain(
  subjects: readonly OutcomeRow[],
  metrics: readonly Metric[],
  design: Design,
  { count, random, onSplit }: { count: number; random: Random; onSplit?: () => void },
): Splits {
  const { variants, analysis } = design;
  const boundaries = variantBoundaries(variants);
  const weights = Object.fromEntries(variants.map(({ name, percentage }) => [name, percentage]));
  const inOrder = [...subjects].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const columns = metrics.map((metric, index) => columnsOf(inOrder, metric, index));
  const given = new Uint8Array(inOrder.length);
  const share = Math.min(...variants.map(({ percentage }) => percentage)) / 100;
  const none = (isCareful: boolean): MetricSplits => ({ positives: 0, withheld: {}, isCareful });
  const splits: Splits = {
    metrics: columns.map((column) => none(variants.length > 2 || share * carriersOf(column) < CARRIERS)),
    daily: analysis.mode === "sequential" ? columns.map(() => none(true)) : null,
    alarms: 0,
    count,
  };
  for (let split = 0; split < count; split++) {
    const hash = stageHash("variant", `aa-${random.below(2 ** 32)}-${random.below(2 ** 32)}`);
    const units: Record<string, number> = Object.fromEntries(variants.map(({ name }) => [name, 0]));
    inOrder.forEach(({ unit }, index) => {
      const variant = indexAt(boundaries, hashFrom(hash, unit));
      given[index] = variant;
      const name = variants[variant]?.name ?? "";
      units[name] = (units[name] ?? 0) + 1;
    });
    const { once } = analyseSplit({
      split: [{ epoch: 1, weights, units }],
      variants: Object.keys(units),
    });
    if (once.method !== null && once.p < 0.001) splits.alarms++;
    metrics.forEach((metric, index) => {
      const tally = new Tally(columns[index] as (typeof columns)[number], variants.length);
      const inputOf = (changes: Partial<MetricInput>) => inputFor(metric, design, tally, changes);
      const watched = splits.daily?.[index];
      let latest: MetricResult | null = null;
      let days = 0;
      for (const [subject, { day }] of inOrder.entries()) {
        tally.add(subject, given[subject] as number);
        if (inOrder[subject + 1]?.day === day) continue;
        days++;
        if (watched !== undefined) latest = analyse(inputOf(lookAfter(days, design, latest)));
      }
      if (watched !== undefined && latest !== null) countIn(watched, latest.comparisons);
      countIn(splits.metrics[index] as MetricSplits, analyse(inputOf({})).comparisons);
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

/** After so many days with subjects, once the windows of the last have closed. What was found before stays found. */
function lookAfter(days: number, { analysis }: Design, before: MetricResult | null): Partial<MetricInput> {
  return {
    mode: "sequential",
    plannedUnits: analysis.plannedSubjects ?? DEFAULT_PLANNED_SUBJECTS,
    days,
    minimumDays: analysis.minimumRuntimeDays,
    ...(before === null ? {} : { previous: stateAfter(before) }),
  };
}

function stateAfter({ metric, comparisons }: MetricResult): LookState {
  const smallest = comparisons.flatMap((one) => (one.status === "compared" ? [[one.variant, one.p]] : []));
  return { smallestP: { [metric.id]: Object.fromEntries(smallest) }, smallestSplitP: 1 };
}

function inputFor(
  { key, kind, direction }: Metric,
  { variants, control }: Design,
  tally: Tally,
  changes: Partial<MetricInput>,
): MetricInput {
  const arms = tally.arms();
  return {
    control,
    variants: variants.map(({ name }) => name),
    mode: "fixed",
    plannedUnits: arms.reduce((sum, arm) => sum + (arm?.n ?? 0), 0),
    plannedDays: null,
    days: 28,
    plannedComparisons: Math.max(1, variants.length - 1),
    hasChances: false,
    metric: {
      id: key,
      kind: metricKinds[kind].analysedAs,
      direction,
      role: "primary",
      minimumEffect: null,
    },
    epochs: [
      {
        epoch: 1,
        weights: Object.fromEntries(variants.map(({ name, percentage }) => [name, percentage])),
        arms: Object.fromEntries(
          variants.flatMap(({ name }, index) => {
            const arm = arms[index] ?? null;
            return arm === null ? [] : [[name, arm] as const];
          }),
        ),
      },
    ],
    ...changes,
  };
}
