import type { z } from "zod";
import type { planQuestionSchema, Unit } from "../types";
import type { Plan } from "../utils/statistics/planner";

/** The settings of a form that determine how long an experiment takes. */
export type PlanQuestion = z.infer<typeof planQuestionSchema>;

/** The experiment whose recorded traffic the forecast assumes. */
export interface Precedent {
  slug: string;
  name: string;
  unit: Unit;
}

export interface Forecast {
  /**
   * New subjects per week at the end of the precedent, scaled to this targeting and this traffic; null if nothing ran.
   */
  perWeek: number | null;
  precedent: Precedent | null;
  /** How many of all users or teams match now; null for visitors. */
  matching: { matching: number; total: number } | null;
  metric: { key: string; name: string; kind: "conversion" | "mean" | "ratio" } | null;
  /** The present value of the primary metric among the subjects of the precedent. */
  baseline: { value: number; subjects: number } | null;
  /**
   * The smallest relative effect that can be found in so many weeks; null if not even the largest could. Subjects are
   * those who are counted by then, because their window has closed.
   */
  reach: { weeks: number; subjects: number; effect: number | null }[];
  /** Days after its exposure before a subject is counted. */
  windowDays: number;
  /** The smallest relative effect that matters, as the metric defines it. */
  minimumEffect: number | null;
  /** The plan for finding that effect; null if the metric names none, or something is missing. */
  plan: Plan | null;
  /** Why there is no forecast. */
  missing: "metric" | "arrivals" | "baseline" | null;
}
