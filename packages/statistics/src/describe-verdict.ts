import type { NoAnswerReason } from "./reason-types";
import type { Effect, Interval, Verdict } from "./results-types";

/** In English, for the terminal and for tests; pages render the code and its figures in the reader's language. */
export function describeVerdict(verdict: Verdict): string {
  switch (verdict.code) {
    case "no_answer":
      return `There is no answer: ${describeReason(verdict.reason)}`;
    case "split_is_off":
      return `Do not trust these results: the split is off (${verdict.variants
        .map(({ variant, observed, expected }) => `${variant} ${observed} instead of ${Math.round(expected)}`)
        .join(", ")}; p = ${shortP(verdict.p)}).`;
    case "too_early":
      return `Too early: ${toGo(verdict.unitsToGo, verdict.daysToGo)}${
        verdict.conversionsToGo > 0 ? `, ${verdict.conversionsToGo} conversions at least` : ""
      }.`;
    case "before_planned_end":
      return `Nothing is compared before the planned end: ${toGo(verdict.unitsToGo, verdict.daysToGo)}.`;
    case "guardrail_worse":
      return `Stop: ${verdict.effect.variant} is worse in ${verdict.effect.metric}, ${range(verdict.effect)}.`;
    case "mixed":
      return `Mixed: ${verdict.better.variant} is better in ${verdict.better.metric}, ${range(verdict.better)}, and worse in ${verdict.worse.metric}, ${range(verdict.worse)}.`;
    case "better":
    case "worse":
      return everyEffect(verdict.effects, verdict.code);
    case "no_longer_clear":
      return `${verdict.effect.variant} differed in ${verdict.effect.metric} at an earlier look; now the effect is ${range(verdict.effect)}.`;
    case "no_difference_that_matters":
      return `No difference that matters: ${between(verdict.low, verdict.high, "lift")}, within ±${percent(verdict.minimumEffect, "")}.`;
    case "no_clear_difference":
      return `No clear difference: effects ${between(verdict.low, verdict.high, verdict.scale)} remain possible.`;
    case "keep_going":
      return `Keep going: ${toGo(verdict.unitsToGo, verdict.daysToGo)}.`;
  }
}

/** The end of a sentence, in English. */
export function describeReason(reason: NoAnswerReason): string {
  switch (reason.code) {
    case "invalid_data":
      return `the data of ${reason.variant} contradict themselves. ${reason.detail}`;
    case "no_plan":
      return "no number of units was planned.";
    case "no_primary_metric":
      return "no primary metric was chosen.";
    case "not_measured":
      return `${reason.role === "guardrail" ? "the guardrail " : ""}${reason.metric} cannot be measured.`;
    case "guardrail_not_compared":
      return `the guardrail ${reason.metric} is not compared for ${reason.variant}: ${describeReason(reason.reason)}`;
    case "chosen_after_start":
      return `${reason.metric} was chosen after the start.`;
    case "no_data":
      return `${reason.variant} has no unit that can be compared.`;
    case "no_common_epoch":
      return `${reason.variant} and control were never assigned at the same time.`;
    case "too_few_days":
      return `units came on ${reason.days} days, and ${reason.needed} are needed.`;
    case "too_few_units":
      return `${reason.variant} has ${reason.units} units, and ${reason.needed} are needed.`;
    case "too_few_conversions":
      return `there are ${Math.floor(reason.conversions)} conversions, and ${Math.ceil(reason.needed)} are needed.`;
    case "too_few_failures":
      return reason.failures > 0
        ? `nearly every unit converts: ${Math.floor(reason.failures)} do not, and ${Math.ceil(reason.needed)} are needed.`
        : "every unit converts, and nothing can be told apart from certainty.";
    case "zero_denominator":
      return `the denominator is 0 for everybody in ${reason.variant}.`;
    case "denominator_near_zero":
      return `the denominator of ${reason.variant} is too close to 0: less than three standard errors.`;
    case "before_planned_end":
      return "nothing is compared before the planned end.";
    case "no_variation":
      return "all values are the same.";
    case "no_variation_within":
      return `all values of ${reason.variant} are the same, and so are those of control: how sure the difference is cannot be told.`;
    case "no_variation_left":
      return "what was known before explains every value: nothing is left to compare by.";
  }
}

/** The strongest of many variants; the others are only counted, since the table lists them. */
const MOST_NAMED = 3;

function everyEffect(effects: readonly Effect[], side: "better" | "worse"): string {
  const named = effects
    .slice(0, MOST_NAMED)
    .map((effect) => `${effect.variant} is ${side} in ${effect.metric}: ${range(effect)}.`);
  const others = effects.length - named.length;
  return [...named, ...(others > 0 ? [`So are ${others} more.`] : [])].join(" ");
}

function toGo(units: number, days: number | null): string {
  const parts = [
    days === null || days === 0 ? "" : `about ${days} days`,
    units === 0 ? "" : `${units} units`,
  ];
  const left = parts.filter((part) => part !== "").join(" and ");
  return left === "" ? "more data are needed" : `${left} to go`;
}

function range({ low, high, scale }: Pick<Effect, "scale"> & Pick<Interval, "low" | "high">): string {
  return between(low, high, scale);
}

function between(low: number | null, high: number | null, scale: Effect["scale"]): string {
  const words = (value: number) => (scale === "lift" ? percent(value) : signed(value, 4));
  if (low === null && high === null) return "of any size";
  if (low === null) return `below ${words(high ?? 0)}`;
  if (high === null) return `above ${words(low)}`;
  return `between ${words(low)} and ${words(high)}`;
}

function percent(value: number, plus = "+"): string {
  return `${value > 0 ? plus : ""}${Number((100 * value).toPrecision(3))} %`;
}

function signed(value: number, digits: number): string {
  return `${value > 0 ? "+" : ""}${Number(value.toPrecision(digits))}`;
}

function shortP(p: number): string {
  return p < 1e-4 ? "less than 0.0001" : String(Number(p.toPrecision(2)));
}
