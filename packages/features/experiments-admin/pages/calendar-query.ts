import type { CalendarQuery } from "@calcom/features/experiments/components/ExperimentCalendar";
import {
  CALENDAR_SPANS,
  type CalendarQuestion,
  latestMonths,
  monthSchema,
  toFilter,
  WHOLE_LIST,
} from "@calcom/features/experiments/types";
import { readListQuery, writeListQuery } from "./list-query";

const DEFAULT_SPAN = 6;

/** What the address of the calendar says, with the filters of the list; by default the latest months. */
export function readCalendarQuery(params: URLSearchParams, now: number): CalendarQuery {
  const months = CALENDAR_SPANS.find((span) => String(span) === params.get("months")) ?? DEFAULT_SPAN;
  const month = monthSchema.safeParse(params.get("month")).data ?? latestMonths(now, months);
  return { ...readListQuery(params), sort: WHOLE_LIST.sort, month, months };
}

/** The address without what is not asked for. */
export function writeCalendarQuery(query: CalendarQuery, now: number): string {
  const { month, months, ...list } = query;
  const params = new URLSearchParams(writeListQuery(list));
  if (month !== latestMonths(now, months)) params.set("month", month);
  if (months !== DEFAULT_SPAN) params.set("months", String(months));
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** One key for the server's first answer and for the browser's later ones. */
export function toCalendarInput({ month, months, ...list }: CalendarQuery): CalendarQuestion {
  const { sort: _one, ...filter } = toFilter(list);
  return { ...filter, month, months, page: list.page };
}
