import type { CalendarQuery } from "@calcom/features/experiments/components/ExperimentCalendar";
import {
  type CalendarQuestion,
  calendarSpanSchema,
  monthSchema,
  toFilter,
  WHOLE_LIST,
} from "@calcom/features/experiments/types";
import { readListQuery, writeListQuery } from "./list-query";

/** What the address of the calendar says, with the filters of the list; by default the months around now. */
export function readCalendarQuery(params: URLSearchParams): CalendarQuery {
  const month = monthSchema.safeParse(params.get("month")).data ?? null;
  const months = calendarSpanSchema.safeParse(Number(params.get("months"))).data ?? null;
  return { ...readListQuery(params), sort: WHOLE_LIST.sort, month, months };
}

/** The address without what is not asked for. */
export function writeCalendarQuery({ month, months, ...list }: CalendarQuery): string {
  const params = new URLSearchParams(writeListQuery(list));
  if (month !== null) params.set("month", month);
  if (months !== null) params.set("months", String(months));
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** One key for the server's first answer and for the browser's later ones. */
export function toCalendarInput({ month, months, ...list }: CalendarQuery): CalendarQuestion {
  const { sort: _one, ...filter } = toFilter(list);
  return { ...filter, ...(month !== null && { month }), ...(months !== null && { months }), page: list.page };
}
