import type {
  AnalysisInput,
  ArmData,
  Covariate,
  EpochData,
  EpochUnits,
  MetricKind,
  MetricRole,
  Moments,
} from "../types";
import type { Random } from "./random";

/**
 * An experiment such as there may be: metrics of any kind and role, some variants, some epochs, with and without an effect,
 * of many units or a few teams, with shares from 1 % on. In some epochs a variant is switched off, or nobody has come to
 * it; in some metrics hardly a unit acts; some were chosen after the start; some tests ended short of their plan.
 */
export function aScenario(random: Random, mode: AnalysisInput["mode"]): AnalysisInput {
  const variants = ["control", "urgent", "calm"].slice(0, random.pick([2, 2, 2, 3]));
  const split = someEpochs(random, variants);
  const primaries = random.pick([1, 1, 2]);
  const metrics = [
    ...times(primaries, (i) => aMetric(random, `primary-${i}`, "primary")),
    ...times(random.pick([0, 0, 1, 2]), (i) => aMetric(random, `secondary-${i}`, "secondary")),
    ...times(random.pick([0, 0, 1]), (i) => aMetric(random, `guardrail-${i}`, "guardrail")),
  ];
  const total = split.flatMap(({ units }) => Object.values(units)).reduce((a, b) => a + b, 0);
  const isShort = mode === "fixed" && random.uniform() < 0.25;
  return {
    control: "control",
    variants,
    mode,
    plannedUnits: Math.round(total * (mode === "fixed" ? (isShort ? 3 : 1) : random.pick([0.5, 1, 4]))),
    ...(isShort ? { phase: "over" as const } : {}),
    ...(total < 1_000 ? { minimumUnits: 30 } : {}),
    plannedDays: 14,
    days: 14,
    plannedComparisons: (variants.length - 1) * primaries,
    hasChances: false,
    metrics: metrics.map(({ metric, arm }) => ({
      metric,
      epochs: split.map(({ epoch, weights, units }) => ({
        epoch,
        weights,
        arms: Object.fromEntries(
          Object.entries(units).map(([variant, n]) => [variant, arm(n, variant !== "control", epoch - 1)]),
        ),
      })),
    })),
    split,
  };
}

function someEpochs(random: Random, variants: readonly string[]): EpochUnits[] {
  const count = random.pick([1, 1, 1, 2, 3]);
  const size = 80 * 10 ** (3 * random.uniform());
  return times(count, (index) => {
    const off = count > 1 && random.uniform() < 0.25 ? random.below(variants.length) : null;
    // Weights may be changed again within the hour.
    const isShort = count > 1 && random.uniform() < 0.15;
    const shares = variants.map((_, i) => (i === off ? 0 : random.pick([50, 50, 25, 10, 5, 1])));
    const whole = shares.reduce((a, b) => a + b, 0);
    const units = shares.map((share) => Math.round(((isShort ? size / 1_000 : size) * share) / whole));
    const ofVariants = (values: number[]) => variants.map((variant, i) => [variant, values[i] ?? 0] as const);
    return {
      epoch: index + 1,
      weights: Object.fromEntries(ofVariants(shares)),
      units: Object.fromEntries(ofVariants(units).filter(([, n]) => n > 0)),
    };
  });
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function aMetric(random: Random, id: string, role: MetricRole) {
  const kind: MetricKind = random.pick(["rate", "rate", "mean", "ratio"]);
  const hasCovariate = kind !== "ratio" && random.uniform() < 0.3;
  const direction = random.pick(["increase", "increase", "decrease"] as const);
  const base = random.pick([0.003, 0.02, 0.1, 0.5, 0.97]);
  const effect = random.pick([1, 1, 1.1, 0.9, 1.4]);
  const drift = random.pick([1, 0.6]);
  const sign = random.pick([1, 1, -1]);
  const isSparse = random.uniform() < 0.4;
  const isChosenAfterStart = random.uniform() < 0.1;
  const arm = (n: number, isTreated: boolean, epoch: number): ArmData => {
    const level = base * drift ** epoch;
    if (kind === "rate") {
      const conversions = random.binomial(n, Math.min(0.999, isTreated ? level * effect : level));
      const m2 = (conversions * (n - conversions)) / n;
      return { kind, n, conversions, ...(hasCovariate ? { covariate: aCovariate(random, n, m2) } : {}) };
    }
    const numerator = isSparse
      ? prices(n, random.binomial(n, Math.min(0.999, isTreated ? level * effect : level)), 49 * sign)
      : moments(random, n, (isTreated ? effect : 1) * level * 40 * sign, 20);
    if (kind === "mean") {
      return {
        kind,
        n,
        value: numerator,
        ...(hasCovariate ? { covariate: aCovariate(random, n, numerator.m2) } : {}),
      };
    }
    const denominator = moments(random, n, 4, 2);
    return { kind, n, numerator, denominator, comoment: 0.3 * Math.sqrt(numerator.m2 * denominator.m2) };
  };
  const minimumEffect = random.pick([null, 0.05, 0.2]);
  return { metric: { id, kind, direction, role, minimumEffect, isChosenAfterStart }, arm };
}

/** Of units of which some pay one price, and the others nothing. */
export function prices(n: number, payers: number, price: number): Moments {
  return {
    mean: (payers * price) / n,
    m2: (price * price * payers * (n - payers)) / n,
    min: Math.min(0, price),
  };
}

/** Mean and sum of squared deviations of n normal draws, without drawing them. */
export function moments(random: Random, n: number, mean: number, sd: number): { mean: number; m2: number } {
  return { mean: mean + (sd * random.normal()) / Math.sqrt(n), m2: 2 * sd * sd * random.gamma((n - 1) / 2) };
}

function aCovariate(random: Random, n: number, m2: number): Covariate {
  const own = moments(random, n, 3, 2);
  return { ...own, comoment: 0.6 * Math.sqrt(own.m2 * m2) };
}

/** One epoch, one metric, two variants: what most tests need. */
export function twoArms(control: ArmData, treatment: ArmData): EpochData[] {
  return [{ epoch: 1, weights: { control: 50, urgent: 50 }, arms: { control, urgent: treatment } }];
}
