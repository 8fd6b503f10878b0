import type { Forecast } from "../types/planning";

export type Foretold =
  | { kind: "missing"; missing: Exclude<Forecast["missing"], null> }
  /** What the plan that the start freezes finds, and when; with the smallest effect that matters where that is less. */
  | { kind: "planned"; weeks: number; subjects: number; effect: number; missedEffect: number | null }
  | { kind: "too_long"; weeks: number; effect: number; reachable: number | null }
  /** Not even the largest effect is found. */
  | { kind: "nothing"; subjects: number };

/** When the plan of a forecast finds something, and how much. */
export function foretell({ missing, plan, minimumEffect, frozen }: Forecast): Foretold {
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

/** Whether the smallest effect that matters is found. */
export function findsEffect(foretold: Foretold): boolean {
  return foretold.kind === "planned" && foretold.missedEffect === null;
}
