import type { MetricPlanning } from "../metrics/planned";
import type { ExperimentConfig } from "../types";
import type { Forecast } from "./types";

export type CheckState = "ok" | "warning" | "blocks";

/** A point to check before a start. The figures fill in the sentence that is shown. */
export type StartCheck = { state: CheckState } & (
  | { id: "metric"; name: string | null }
  | { id: "unknown_metrics"; keys: string[] }
  | { id: "split"; variants: number }
  | { id: "audience"; matching: number | null; total: number | null }
  | { id: "traffic"; percentage: number }
  | { id: "length"; foretold: Foretold }
  | { id: "stop"; at: string }
);

export type Foretold =
  | { kind: "missing"; missing: Exclude<Forecast["missing"], null> }
  | { kind: "planned"; weeks: number; subjects: number; effect: number }
  | { kind: "too_long"; weeks: number; effect: number; reachable: number | null }
  /** The metric names no smallest effect; this is what four weeks find, or the first weeks after them that find anything. */
  | { kind: "reach"; weeks: number; effect: number | null };

export interface StartChecklist {
  checks: StartCheck[];
  precedent: Forecast["precedent"];
}

/** A pure function, so that the dialog and the service that refuses a start agree on what blocks it. */
export function checklistOf(
  config: ExperimentConfig,
  planning: MetricPlanning,
  forecast: Forecast,
): StartCheck[] {
  const primary = planning.metrics.find(({ role }) => role === "primary");
  const { matching, total } = forecast.matching ?? { matching: null, total: null };
  const checks: StartCheck[] = [
    { id: "metric", state: primary ? "ok" : "warning", name: primary?.metric.name ?? null },
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
    const foretold = foretoldBy(forecast);
    checks.push({ id: "length", state: isGood(foretold) ? "ok" : "warning", foretold });
  }
  const { stopAt } = config.schedule;
  if (stopAt !== null) checks.push({ id: "stop", state: "ok", at: stopAt });
  return checks;
}

function foretoldBy({ missing, plan, minimumEffect, reach }: Forecast): Foretold {
  if (missing !== null) return { kind: "missing", missing };
  if (plan === null || minimumEffect === null) {
    // Within a month a long window may have closed for nobody.
    const first = reach.find(({ weeks, effect }) => weeks >= 4 && effect !== null) ?? reach.at(-1);
    return { kind: "reach", weeks: first?.weeks ?? 4, effect: first?.effect ?? null };
  }
  if (plan.status === "planned")
    return { kind: "planned", weeks: plan.weeks, subjects: plan.units, effect: minimumEffect };
  const { reason } = plan;
  if (reason.code === "does_not_fit")
    return {
      kind: "too_long",
      weeks: reason.weeksNeeded,
      effect: minimumEffect,
      reachable: reason.smallestEffect,
    };
  return { kind: "missing", missing: reason.code === "no_arrivals" ? "arrivals" : "baseline" };
}

function isGood(foretold: Foretold): boolean {
  return foretold.kind === "planned" || (foretold.kind === "reach" && foretold.effect !== null);
}
