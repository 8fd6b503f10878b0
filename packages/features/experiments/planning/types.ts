import type { z } from "zod";
import type { planQuestionSchema, Unit } from "../types";
import type { Plan } from "../utils/statistics/planner";

/** The settings of a form that say how long an experiment takes. */
export type PlanQuestion = z.infer<typeof planQuestionSchema>;

/** What was seen of subjects in an experiment that ran lately: the others will come as they did. */
export interface Precedent {
  slug: string;
  name: string;
  unit: Unit;
}

export interface Forecast {
  /** New subjects in a week at the end of the precedent, of those that match, at this traffic; null where nothing ran. */
  perWeek: number | null;
  precedent: Precedent | null;
  /** Of all users or teams, how many match now; null for visitors. */
  matching: { matching: number; total: number } | null;
  metric: { key: string; name: string; kind: "conversion" | "mean" | "ratio" } | null;
  /** What the primary metric comes to today, among subjects of the precedent. */
  baseline: { value: number; subjects: number } | null;
  /**
   * What can be found in so many weeks, as a relative effect; null where not even the largest could. Subjects are those
   * who are counted by then: whose window has closed.
   */
  reach: { weeks: number; subjects: number; effect: number | null }[];
  /** After its exposure, before a subject is counted. */
  windowDays: number;
  /** Of the metric: the smallest relative effect that matters. */
  minimumEffect: number | null;
  /** What that effect takes; null where the metric names none, or something is missing. */
  plan: Plan | null;
  /** Why nothing can be foretold. */
  missing: "metric" | "arrivals" | "baseline" | null;
}
