"use client";

import {
  type CalendarQuery,
  type CalendarState,
  ExperimentCalendar,
} from "@calcom/features/experiments/components/ExperimentCalendar";
import { useLocale } from "@calcom/lib/i18n";
import { keepPreviousData } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { AdminOutputs } from "../api/client";
import { adminApi } from "../api/hooks";
import { usePaths } from "../api/host";
import { commandRefusal } from "./api-refusal";
import { readCalendarQuery, toCalendarInput, writeCalendarQuery } from "./calendar-query";
import { FormPageHeader } from "./FormPageHeader";

interface CalendarViewProps {
  /** What the server has read for the address of this request. */
  first: AdminOutputs["calendar"];
  firstQuery: CalendarQuery;
  /** Of the request, so that both sides draw the same. */
  now: number;
}

export function CalendarView({ first, firstQuery, now }: CalendarViewProps) {
  const { t } = useLocale();
  const paths = usePaths();
  const query = readCalendarQuery(useSearchParams());
  const [readAt] = useState(() => Date.now());
  const isFirst = writeCalendarQuery(query) === writeCalendarQuery(firstQuery);
  const calendar = adminApi.calendar.useQuery(toCalendarInput(query), {
    placeholderData: keepPreviousData,
    ...(isFirst && { initialData: first, initialDataUpdatedAt: readAt }),
  });
  const changeQuery = (change: Partial<CalendarQuery>) => {
    const before = readCalendarQuery(new URLSearchParams(window.location.search));
    const next = writeCalendarQuery({ ...before, ...change });
    window.history.replaceState(null, "", `${window.location.pathname}${next}`);
  };
  const state: CalendarState = calendar.data
    ? { status: "ready", calendar: calendar.data, isOutdated: calendar.isPlaceholderData }
    : calendar.error
      ? {
          status: "error",
          message: commandRefusal(calendar.error, t).message,
          onRetry: () => void calendar.refetch(),
        }
      : { status: "loading" };
  return (
    <div className="flex flex-col gap-5">
      <FormPageHeader title={t("calendar")} description={t("calendar_description")} trail={[]} />
      <ExperimentCalendar {...{ query, state, now, paths }} onQueryChange={changeQuery} />
    </div>
  );
}
