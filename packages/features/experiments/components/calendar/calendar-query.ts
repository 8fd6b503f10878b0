import type { ExperimentListQuery } from "../../types/list-query";

/** What the calendar is asked for. */
export interface CalendarQuery extends ExperimentListQuery {
  /** The first month, such as "2026-11"; null for the months around now. */
  month: string | null;
  /** Null for as many as there is something to see in. */
  months: number | null;
}
