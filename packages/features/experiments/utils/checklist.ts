import type { MetricPlanning } from "../metrics/planned";
import type { LastAsk } from "../types/admin";
import type { ExperimentConfig } from "../types/config";
import type { Forecast, FrozenPlan } from "../types/planning";

export type CheckState = "ok" | "warning" | "blocks";

/** A point to check before a start. The figures fill in the sentence that is shown. */
export type StartCheck = { state: CheckState } /** With the reason for none, where one was given. */ & (
  | { id: "metric"; name: string | null; withoutMetric: string | null }
  | { id: "unknown_metrics"; keys: string[] }
  | { id: "split"; variants: number }
  | { id: "audience"; matching: number | null; total: number | null }
  | { id: "traffic"; percentage: number }
  /** Null where no code has asked: whoever starts it before its page is out waits for nobody. */
  | { id: "code"; lastAsk: LastAsk | null }
  | { id: "length"; foretold: Foretold }
  | { id: "plan"; plan: FrozenPlan }
  | { id: "stop"; at: string }
);

export type Foretold =
  | { kind: "missing"; missing: Exclude<Forecast["missing"], null> }
  /** What the plan that the start freezes finds, and when; with the smallest effect that matters where that is less. */
  | { kind: "planned"; weeks: number; subjects: number; effect: number; missedEffect: number | null }
  | { kind: "too_long"; weeks: number; effect: number; reachable: number | null }
  /** Not even the largest effect is found. */
  | { kind: "nothing"; subjects: number };

export interface StartChecklist {
  checks: StartCheck[];
  /** The metrics that it can be started with. */
  choices: { key: string; name: string }[];
  precedent: Forecast["precedent"];
}

/** A pure function, so that the dialog and the service that refuses a start agree on what blocks it. */
export function buildChecklist(
  config: ExperimentConfig,
  planning: MetricPlanning,
  forecast: Forecast,
  lastAsk: LastAsk | null,
): StartCheck[] {
  const primary = planning.metrics.find(({ role }) => role === "primary");
  const { matching, total } = forecast.matching ?? { matching: null, total: null };
  const { withoutMetric } = config;
  const without = withoutMetric === null ? "blocks" : "warning";
  const checks: StartCheck[] = [
    { id: "metric", state: primary ? "ok" : without, name: primary?.metric.name ?? null, withoutMetric },
    { id: "split", state: "ok", variants: config.variants.length },
    { id: "audience", state: matching === 0 ? "warning" : "ok", matching, total },
  ];
  if (planning.unknown.length > 0)
    checks.unshift({ id: "unknown_metrics", state: "blocks", keys: planning.unknown });
  if (config.trafficPercentage < 100)
    checks.push({
      id: "traffic",
      state: config.trafficPercentage === 0 ? "warning" : "ok",
      percentage: config.trafficPercentage,
    });
  if (primary !== undefined) {
    const foretold = foretell(forecast);
    checks.push({ id: "length", state: isGood(foretold) ? "ok" : "warning", foretold });
  }
  checks.push({ id: "plan", state: "ok", plan: forecast.frozen });
  checks.push({ id: "code", state: lastAsk === null ? "warning" : "ok", lastAsk });
  const { stopAt } = config.schedule;
  if (stopAt !== null) checks.push({ id: "stop", state: "ok", at: stopAt });
  return checks;
}

function foretell({ missing, plan, minimumEffect, frozen }: Forecast): Foretold {
  if (missing !== null) return { kind: "missing", missing };
  const { weeks, effect, subjects, source } = frozen;
  if (plan?.status === "impossible" && plan.reason.code === "does_not_fit" && source !== "typed")
    return {
      kind: "too_long",
      weeks: plan.reason.weeksNeeded,
      effect: minimumEffect ?? plan.reason.smallestEffect ?? 0,
      reachable: effect,
    };
  if (weeks === null) return { kind: "missing", missing: "arrivals" };
  if (effect === null) return { kind: "nothing", subjects };
  const isMissed = minimumEffect !== null && effect > minimumEffect * ROUNDING;
  return { kind: "planned", weeks, subjects, effect, missedEffect: isMissed ? minimumEffect : null };
}

/** Units are whole, and so an effect is found again up to that. */
const ROUNDING = 1.001;

function isGood(foretold: Foretold): boolean {
  return foretold.kind === "planned" && foretold.missedEffect === null;
}
