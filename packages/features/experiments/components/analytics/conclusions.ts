import type { Analysis, Compared, MetricResult } from "@calcom/statistics";

/** What the page concludes of one variant on one metric. */
export type Conclusion =
  | "better"
  | "worse"
  /** The verdict: whatever difference is left does not matter. */
  | "no_difference"
  /** Of a guardrail: no loss is left that is more than the acceptable one. */
  | "within_margin"
  /** All that was planned has come, and nothing was found. */
  | "no_clear_difference"
  /** Found at an earlier look, and open again. */
  | "no_longer_clear"
  | "undecided";

/** The row of a table says what verdict and guardrails say of it: a page has one opinion. */
export function conclusionOf(
  { verdict, guardrails }: Pick<Analysis, "verdict" | "guardrails">,
  { metric }: Pick<MetricResult, "metric">,
  { variant, outcome, isSignificant }: Pick<Compared, "variant" | "outcome" | "isSignificant">,
): Conclusion {
  const found = outcome === "unclear" ? "undecided" : outcome;
  if (metric.role === "guardrail") {
    const guardrail = guardrails.find((one) => one.metric === metric.id && one.variant === variant);
    return guardrail?.status === "fine" && outcome !== "better" ? "within_margin" : found;
  }
  // Chosen after the start, it takes no part in the verdict, whatever its role.
  if (metric.role === "secondary" || metric.isChosenAfterStart) return found;
  if (verdict.code === "no_difference_that_matters") return "no_difference";
  if (outcome !== "unclear") return isSignificant ? outcome : "undecided";
  if (verdict.code === "no_clear_difference") return "no_clear_difference";
  const isFaded =
    verdict.code === "no_longer_clear" &&
    verdict.effect.metric === metric.id &&
    verdict.effect.variant === variant;
  return isFaded ? "no_longer_clear" : "undecided";
}
