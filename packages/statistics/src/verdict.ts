import { daysFor, isDeciding } from "./metric-measure";
import { MINIMUM_DAYS } from "./minimum";
import type { WithheldReason } from "./reason-types";
import type { Compared, Effect, MetricResult, Verdict } from "./results-types";
import type { Evidence, Primary } from "./verdict-evidence";
import { holdToGuardrails } from "./verdict-guardrails";
import { missingOf, reasonsAgainst } from "./verdict-missing";
import { withoutDifference } from "./verdict-unclear";

/** The first verdict that holds. Uses only the numbers of the table. */
export function verdictOf(evidence: Evidence): Verdict {
  const { split, metrics } = evidence;
  const reasons = reasonsAgainst(metrics);
  const invalid = reasons.find(({ code }) => code === "invalid_data");
  if (invalid !== undefined) return { code: "no_answer", reason: invalid };
  if (split.status === "off") return { code: "split_is_off", p: split.p, variants: split.variants };

  const primaries = primariesOf(metrics);
  const early = primaries.length === 0 ? withoutComparison(evidence, reasons) : null;
  if (early?.code === "too_early") return early;
  const harm = worseGuardrail(evidence);
  if (harm !== null) return { code: "guardrail_worse", effect: harm };
  if (early !== null) return early;
  const verdict = withDifference(primaries) ?? withoutDifference(primaries, untilPlanned(evidence));
  return holdToGuardrails(verdict, { metrics, unmeasured: evidence.input.unmeasured });
}

export function effectOf({ metric }: MetricResult, { variant, lift, interval, pAdjusted }: Compared): Effect {
  const scale = lift.interval === null ? "difference" : "lift";
  return { metric: metric.id, variant, scale, ...(lift.interval ?? interval), pAdjusted };
}

function primariesOf(metrics: readonly MetricResult[]): Primary[] {
  return metrics
    .filter(({ metric }) => isDeciding(metric))
    .flatMap((result) =>
      result.comparisons.flatMap((comparison) =>
        comparison.status === "compared" ? [{ result, comparison }] : [],
      ),
    );
}

/** Reasons that waiting removes come first. */
function withoutComparison(evidence: Evidence, reasons: readonly WithheldReason[]): Verdict {
  const { input, measured } = evidence;
  const before = reasons.find((reason) => reason.code === "before_planned_end");
  if (before?.code === "before_planned_end") return before;
  const missing = missingOf(input, measured);
  const [first = withoutPrimary(evidence)] = reasons;
  if (missing === null) return { code: "no_answer", reason: first };
  const { days, minimumDays = MINIMUM_DAYS } = input;
  const untilMinimum = Math.max(missing.days, input.daysUntilMinimum ?? minimumDays - days);
  const untilUnits = daysFor(missing.units, input.units ?? 0, input);
  const daysToGo =
    untilUnits === null || input.phase === "paused" ? null : Math.max(untilMinimum, untilUnits);
  return { code: "too_early", unitsToGo: missing.units, conversionsToGo: missing.conversions, daysToGo };
}

function withoutPrimary(evidence: Evidence): WithheldReason {
  const { metrics, input } = evidence;
  const lost = input.unmeasured?.find(({ role }) => role === "primary");
  if (lost !== undefined) return { code: "not_measured", metric: lost.id, role: "primary" };
  const late = metrics.find(({ metric }) => metric.role === "primary");
  return late === undefined
    ? { code: "no_primary_metric" }
    : { code: "chosen_after_start", metric: late.metric.id };
}

function worseGuardrail({ metrics, guardrails }: Evidence): Effect | null {
  const registered = metrics.filter(({ metric }) => metric.isChosenAfterStart !== true);
  const worse = guardrails.find(
    ({ status, metric: id }) => status === "worse" && registered.some(({ metric }) => metric.id === id),
  );
  const result = registered.find(({ metric }) => metric.id === worse?.metric);
  const comparison = result?.comparisons.find(({ variant }) => variant === worse?.variant);
  return result === undefined || comparison?.status !== "compared" ? null : effectOf(result, comparison);
}

/** Never a winner while its interval contains 0. */
function withDifference(primaries: readonly Primary[]): Verdict | null {
  const found = primaries.filter(({ comparison }) => comparison.isSignificant);
  const better = found.filter(({ comparison }) => comparison.outcome === "better");
  const worse = found.filter(({ comparison }) => comparison.outcome === "worse");
  const isTorn = ({ comparison }: Primary) =>
    worse.some((other) => other.comparison.variant === comparison.variant);
  const clean = better.filter((one) => !isTorn(one));
  if (clean.length > 0) return { code: "better", effects: strongestFirst(clean).map(toEffect) };
  const [torn] = better;
  const against = worse.find(({ comparison }) => comparison.variant === torn?.comparison.variant);
  if (torn !== undefined && against !== undefined) {
    return { code: "mixed", better: toEffect(torn), worse: toEffect(against) };
  }
  if (worse.length > 0) return { code: "worse", effects: strongestFirst(worse).map(toEffect) };
  const faded = found.find(({ comparison }) => comparison.outcome === "unclear");
  return faded === undefined ? null : { code: "no_longer_clear", effect: toEffect(faded) };
}

function toEffect({ result, comparison }: Primary): Effect {
  return effectOf(result, comparison);
}

/** By the size of the lift; without one, by the evidence. */
function strongestFirst(primaries: readonly Primary[]): Primary[] {
  const size = ({ comparison }: Primary) => Math.abs(comparison.lift.value ?? 0);
  return [...primaries].sort((a, b) => size(b) - size(a) || a.comparison.pAdjusted - b.comparison.pAdjusted);
}

/**
 * Until the plan is reached and, in sequential mode, every variant has the units to be compared: before that nothing is
 * known of all of them. Conversions that have not come by then may never come, and are not waited for. With a fixed end,
 * what is not compared there never is.
 */
function untilPlanned({ input, measured }: Evidence): { units: number; days: number | null } {
  if (input.phase === "over") return { units: 0, days: 0 };
  const { units = 0 } = input;
  const untilCompared = input.mode === "fixed" ? 0 : (missingOf(input, measured)?.units ?? 0);
  const left = Math.max(untilCompared, Math.ceil((input.plannedUnits ?? 0) - units));
  return { units: left, days: daysFor(left, units, input) };
}
