import type { Plan } from "@calcom/statistics";
import type { z } from "zod";
import type { PlanSource } from "./analysis";
import type { planQuestionSchema } from "./input";
import type { HeldMetric } from "./metric-catalog";
import type { MetricKind } from "./metric-kind";
import type { Unit } from "./settings";

/** The settings of a form that determine how long an experiment takes. */
export type PlanQuestion = z.infer<typeof planQuestionSchema>;

/** With the definitions from the catalog that the metrics name. */
export type HeldQuestion = PlanQuestion & { catalogMetrics?: readonly HeldMetric[] };

/** The experiment whose recorded traffic the forecast assumes. */
export interface Precedent {
  slug: string;
  name: string;
  unit: Unit;
}

export interface Reach {
  weeks: number;
  /** Those who are counted by then, because their window has closed. */
  subjects: number;
  /**
   * The smallest relative effect that is found by then under the plan that the start would freeze; null if not even the
   * largest would be, or if nothing is compared yet.
   */
  effect: number | null;
  /** The same if these subjects were the plan. */
  ifPlanned: number | null;
}

export interface Forecast {
  /**
   * New subjects per week at the end of the precedent, scaled to this targeting and this traffic; null if nothing ran.
   */
  perWeek: number | null;
  precedent: Precedent | null;
  /** How many of all users or teams match now; null for visitors. */
  matching: { matching: number; total: number } | null;
  metric: { key: string; name: string; kind: MetricKind } | null;
  /** The present value of the primary metric among the subjects of the precedent, or as it was assumed, of none. */
  baseline: { value: number; subjects: number } | null;
  /** What can be found in so many weeks. */
  reach: Reach[];
  /** What the start would freeze now, with the effect that it finds. */
  frozen: FrozenPlan;
  /** Days after its exposure before a subject is counted. */
  windowDays: number;
  /** The smallest relative effect that matters, as the metric defines it or as it was assumed. */
  minimumEffect: number | null;
  /** The plan for finding that effect; null if the metric names none, or something is missing. */
  plan: Plan | null;
  /** What no history and no definition says, and somebody may assume. */
  assumable: { perWeek: boolean; baseline: boolean; effect: boolean };
  /** Why there is no forecast. */
  missing: "metric" | "arrivals" | "baseline" | null;
}

/** What the start freezes: the form, the checklist and the start itself all have it from `freezePlan`. */
export interface FrozenPlan {
  /** Over all variants. */
  subjects: number;
  source: PlanSource;
  /** Whole weeks until they are counted; null where nobody knows how many come, or they never do. */
  weeks: number | null;
  /** The smallest relative effect that they find in four of five cases; null where that is not known, or there is none. */
  effect: number | null;
}
