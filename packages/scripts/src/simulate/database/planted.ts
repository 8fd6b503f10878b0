import { type ArmData, analyse, type Compared, type MetricInput, twoArms } from "../engine/internals";
import { defineMetric, type ExperimentInput, type StoredResult } from "../internals";

export const BOUGHT = "bought";

/** The money spent, per subject. */
export const revenue = defineMetric({
  key: "simulated-revenue",
  name: "Revenue",
  kind: "mean",
  source: { events: [BOUGHT], take: "value" },
});

/** Days between an exposure and the last conversion that still counts for it. */
export const WINDOW_DAYS = 3;

/** What all simulated experiments have in common: two variants, and whether somebody has bought. */
export const DESIGN: Partial<ExperimentInput> = {
  clientEvents: [BOUGHT],
  conversionWindowDays: WINDOW_DAYS,
  metrics: { primary: `event:${BOUGHT}`, secondary: [], guardrails: [] },
};

export type RateArm = Extract<ArmData, { kind: "rate" }>;

/** Control and treatment of a rate, all epochs added up as no analysis should. */
export function pooledArms(result: StoredResult, name = "urgent"): [control: RateArm, treatment: RateArm] {
  const sums: Record<string, RateArm> = {};
  for (const { arms } of result.metrics[0]?.epochs ?? [])
    for (const [variant, arm] of Object.entries(arms)) {
      if (arm.kind !== "rate") throw new Error(`${result.slug} does not measure a rate.`);
      const { n = 0, conversions = 0 } = sums[variant] ?? {};
      sums[variant] = { kind: "rate", n: n + arm.n, conversions: conversions + arm.conversions };
    }
  const { control, [name]: treatment } = sums;
  if (control === undefined || treatment === undefined) throw new Error(`${result.slug} lacks a variant.`);
  return [control, treatment];
}

/** The comparison of the only treatment for the metric; null where it is withheld. */
export function comparisonOf(result: StoredResult, metric = 0): Compared | null {
  const comparison = result.analysis?.metrics[metric]?.comparisons[0];
  return comparison?.status === "compared" ? comparison : null;
}

/** What a plain two-sided test says of these rates: the mistake that a check shows to be one. */
export function naiveP(control: RateArm, treatment: RateArm): number {
  const input: MetricInput = {
    control: "control",
    variants: ["control", "urgent"],
    mode: "fixed",
    plannedUnits: control.n + treatment.n,
    plannedDays: null,
    days: 28,
    plannedComparisons: 1,
    hasChances: false,
    minimumUnits: 10,
    metric: { id: "naive", kind: "rate", direction: "increase", role: "primary", minimumEffect: null },
    epochs: twoArms(control, treatment),
  };
  const [comparison] = analyse(input).comparisons;
  return comparison?.status === "compared" ? comparison.p : 1;
}
