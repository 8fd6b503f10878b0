import type {
  Analysis,
  ArmResult,
  Compared,
  GuardrailResult,
  Interval,
  MetricResult,
  Verdict,
} from "../results-types";

/** Nearer than rounding to the level: neither side can be held to it. */
const ROUNDING = 1e-9;

/** Where a result at its first look disagrees with itself, in words; empty where it does not. */
export function contradictionsOf({ metrics, verdict, guardrails }: Analysis): string[] {
  const found = metrics.flatMap((metric) => contradictionsOfMetric(metric));
  const outcomes = metrics
    .filter(({ metric }) => metric.role === "primary" && !metric.isChosenAfterStart)
    .flatMap(({ comparisons }) =>
      comparisons.map((one) => (one.status === "compared" ? one.outcome : "withheld")),
    );
  const isSaid = (code: "better" | "worse") => verdict.code === code || verdict.code === "mixed";
  if (isSaid("better") && !outcomes.includes("better"))
    found.push("The verdict is better, and no interval is.");
  if (isSaid("worse") && !outcomes.includes("worse")) found.push("The verdict is worse, and no interval is.");
  if (
    ["keep_going", "no_clear_difference", "no_difference_that_matters", "no_longer_clear"].includes(
      verdict.code,
    )
  ) {
    if (outcomes.some((one) => one === "better" || one === "worse")) {
      found.push("The verdict knows no difference, and an interval does.");
    }
  }
  const leads = (id: string) => metrics.some(({ metric }) => metric.id === id && !metric.isChosenAfterStart);
  const isHarmed = guardrails.some(({ status, metric }) => status === "worse" && leads(metric));
  if (verdict.code === "guardrail_worse" && !isHarmed)
    found.push("The verdict names a guardrail, and none is worse.");
  if (isHarmed && !BEFORE_GUARDRAILS.includes(verdict.code))
    found.push("A guardrail is worse, and the verdict is another.");
  for (const variant of actedOn(verdict, metrics))
    if (guardrails.some((one) => one.variant === variant && one.status === "withheld" && leads(one.metric)))
      found.push(`The verdict is ${verdict.code}, and a guardrail of ${variant} is not compared.`);
  return [...found, ...contradictionsOfGuardrails(metrics, guardrails), ...numbersThatAreNone(metrics)];
}

/** The variants that somebody would ship after such a verdict. */
function actedOn(verdict: Verdict, metrics: readonly MetricResult[]): string[] {
  if (verdict.code === "better") return verdict.effects.map(({ variant }) => variant);
  if (verdict.code === "mixed") return [verdict.better.variant];
  if (verdict.code !== "no_difference_that_matters") return [];
  return metrics
    .filter(({ metric }) => metric.role === "primary" && !metric.isChosenAfterStart)
    .flatMap(({ comparisons }) =>
      comparisons.flatMap(({ status, variant }) => (status === "compared" ? [variant] : [])),
    );
}

/** What is said first, whatever a guardrail does. */
const BEFORE_GUARDRAILS: Verdict["code"][] = ["no_answer", "split_is_off", "too_early", "guardrail_worse"];

const STATUSES: Record<Compared["outcome"], GuardrailResult["status"][]> = {
  better: ["fine"],
  unclear: ["fine", "unclear"],
  worse: ["fine", "worse"],
};

/** The end of the lift's interval on the bad side is a loss of less than the guardrail allows. */
function isAcceptable({ metric: { direction, minimumEffect } }: MetricResult, { lift }: Compared): boolean {
  const { low = null, high = null } = lift.interval ?? {};
  const loss = direction === "increase" ? low !== null && -low : high;
  return minimumEffect !== null && typeof loss === "number" && loss < minimumEffect;
}

function contradictionsOfGuardrails(
  metrics: readonly MetricResult[],
  guardrails: readonly GuardrailResult[],
): string[] {
  return guardrails.flatMap(({ metric, variant, status }) => {
    const result = metrics.find((one) => one.metric.id === metric);
    const comparison = result?.comparisons.find((one) => one.variant === variant);
    const about = `${metric}/${variant}: the guardrail is ${status}`;
    if (result === undefined || comparison?.status !== "compared")
      return status === "withheld" ? [] : [`${about}, and nothing is compared`];
    const { outcome } = comparison;
    if (!STATUSES[outcome].includes(status)) return [`${about}, and its interval ${outcome}`];
    const isUnacceptable = status === "fine" && outcome !== "better" && !isAcceptable(result, comparison);
    return isUnacceptable ? [`${about}, and its interval holds a larger loss than that`] : [];
  });
}

export function contradictionsOfMetric(result: MetricResult): string[] {
  return result.comparisons.flatMap((one) =>
    one.status === "compared"
      ? [...contradictionsOfComparison(one), ...contradictionsOfRows(result, one)].map(
          (words) => `${result.metric.id}/${one.variant}: ${words}`,
        )
      : [],
  );
}

/**
 * The rows of two variants are what was compared. Of more, each comparison has the epochs of its own two variants, and the
 * rows have those of all, which may be few: they never show the reverse of what is established.
 */
function contradictionsOfRows({ arms, comparisons }: MetricResult, one: Compared): string[] {
  const control = arms.find(({ variant }) => comparisons.every((other) => other.variant !== variant));
  const treatment = arms.find(({ variant }) => variant === one.variant);
  if (control === undefined || treatment === undefined) return ["a variant has no row"];
  const found = [control, treatment].flatMap(({ variant, value, interval }) =>
    value !== null && interval !== null && !isWithin(value, interval)
      ? [`the row of ${variant} is outside its interval`]
      : [],
  );
  if (arms.length === 2) {
    const isSame = isNear(control.value, one.controlValue) && isNear(treatment.value, one.treatmentValue);
    if (!isSame) found.push("the rows are not what was compared");
  }
  if (!isNear(one.treatmentValue - one.controlValue, one.difference))
    found.push("the values compared differ by something else than the difference");
  const side = sideOf(one.interval);
  if (side !== 0 && sideOfRows(control, treatment) === -side)
    found.push("the rows and the lift point in opposite directions");
  return found;
}

/** 0 where they are the same, or not shown. */
function sideOfRows({ value: control }: ArmResult, { value: treatment }: ArmResult): number {
  return control === null || treatment === null ? 0 : Math.sign(treatment - control);
}

function isNear(a: number | null, b: number): boolean {
  return a !== null && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
}

function contradictionsOfComparison(one: Compared): string[] {
  const { interval, lift, pNow, difference, isSignificant, outcome } = one;
  const alpha = 1 - interval.level;
  if (Math.abs(pNow - alpha) < ROUNDING) return [];
  const side = sideOf(interval);
  const found: string[] = [];
  if (interval.level < 0.95 - ROUNDING) found.push("the interval is narrower than promised");
  if ((side !== 0) !== pNow <= alpha) found.push(`p ${pNow} and the interval disagree at ${alpha}`);
  if (!isWithin(difference, interval)) found.push("the interval leaves out its own estimate");
  if (lift.interval !== null) {
    if (sideOf(lift.interval) !== side) found.push("the lift and the difference disagree");
    if (lift.interval.level !== interval.level) found.push("the lift is said at another level");
    if (lift.value !== null && !isWithin(lift.value, lift.interval))
      found.push("the lift is outside its interval");
  }
  if (isSignificant !== (outcome !== "unclear"))
    found.push("what is significant has no side, or the reverse");
  return found;
}

function sideOf({ low, high }: Interval): number {
  return low !== null && low > 0 ? 1 : high !== null && high < 0 ? -1 : 0;
}

function isWithin(value: number, { low, high }: Interval): boolean {
  return (low === null || value >= low - 1e-12) && (high === null || value <= high + 1e-12);
}

/** JSON makes null of NaN and Infinity without a word. */
function numbersThatAreNone(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersThatAreNone(inner, `${path}.${key}`));
}
