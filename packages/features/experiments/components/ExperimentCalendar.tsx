"use client";

import { useLocale } from "@calcom/lib/i18n";
import { EmptyState, ErrorState, Skeleton } from "@calcom/ui";
import { CALENDAR_PAGE, type ExperimentCalendar as Calendar } from "../types/calendar";
import { isFiltered, isFilteredBesideSearch, NO_FILTER } from "../types/list-query";
import { monthOf } from "../types/months";
import { CalendarChart } from "./calendar/CalendarChart";
import type { CalendarQuery } from "./calendar/calendar-query";
import { MonthsBar } from "./calendar/MonthsBar";
import { listMonths } from "./calendar/timeline";
import { ListPages } from "./ListPages";
import { ListToolbar } from "./list/ListToolbar";
import { ClearFilters } from "./shared/ClearFilters";
import type { ExperimentPaths } from "./shared/paths";

export type { CalendarQuery } from "./calendar/calendar-query";

export type CalendarState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | { status: "ready"; calendar: Calendar; isOutdated: boolean };

export interface ExperimentCalendarProps {
  query: CalendarQuery;
  onQueryChange: (change: Partial<CalendarQuery>) => void;
  state: CalendarState;
  /** Epoch milliseconds. */
  now: number;
  paths: Pick<ExperimentPaths, "detail">;
}

/** What ran when, and what is to run. */
export function ExperimentCalendar(props: ExperimentCalendarProps) {
  const { query, onQueryChange, state, now } = props;
  const found = state.status === "ready" ? state.calendar : null;
  return (
    <div className="flex flex-col gap-4">
      <MonthsBar
        month={query.month ?? monthOf(new Date(found?.from ?? now))}
        months={query.months ?? (found === null ? 1 : listMonths(found).length)}
        onQueryChange={onQueryChange}
      />
      <ListToolbar
        query={query}
        onQueryChange={onQueryChange}
        found={found}
        owners={found?.owners ?? []}
        tags={found?.tags ?? []}
        hasOrder={false}
      />
      <Content {...props} />
    </div>
  );
}

const ROWS = ["a", "b", "c", "d", "e"];

function Content({ state, query, onQueryChange, paths, now }: ExperimentCalendarProps) {
  const { t } = useLocale();
  if (state.status === "loading")
    return (
      <div role="status" aria-label={t("calendar_loading")} className="grid border-t">
        {ROWS.map((row) => (
          <div key={row} className="border-b py-3">
            <Skeleton className="h-6 w-full" />
          </div>
        ))}
      </div>
    );
  if (state.status === "error")
    return (
      <ErrorState
        title={t("calendar_could_not_be_loaded")}
        description={state.message}
        onRetry={state.onRetry}
        retryLabel={t("try_again")}
      />
    );
  const { calendar, isOutdated } = state;
  if (calendar.entries.length === 0) return <Nothing {...{ query, onQueryChange }} />;
  return (
    <div aria-busy={isOutdated} className="grid gap-3 transition-opacity *:min-w-0 aria-busy:opacity-60">
      <CalendarChart calendar={calendar} paths={paths} now={now} />
      <ListPages
        page={query.page}
        pageSize={CALENDAR_PAGE}
        total={calendar.total}
        onPageChange={(page) => onQueryChange({ page })}
      />
    </div>
  );
}

function Nothing({ query, onQueryChange }: Pick<ExperimentCalendarProps, "query" | "onQueryChange">) {
  const { t } = useLocale();
  const back = { month: null, months: null, page: 1 };
  if (isFiltered(query))
    return (
      <EmptyState
        title={t("calendar_none")}
        description={t("calendar_none_description")}
        action={
          <ClearFilters
            hasSearch={query.search !== ""}
            hasFilter={isFilteredBesideSearch(query)}
            onClear={() => onQueryChange({ ...NO_FILTER, ...back })}
          />
        }
      />
    );
  return <EmptyState title={t("calendar_none")} description={t("calendar_none_yet_description")} />;
}
