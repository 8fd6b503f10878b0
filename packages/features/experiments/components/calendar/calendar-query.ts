import type { CalendarSpan } from "../../types/calendar";
import type { ExperimentListQuery } from "../../types/list-query";

/** What the calendar is asked for. */
export interface CalendarQuery extends ExperimentListQuery {
  /** The first month, such as "2026-11". */
  month: string;
  months: CalendarSpan;
}
