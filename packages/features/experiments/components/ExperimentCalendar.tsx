"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Button,
  EmptyState,
  ErrorState,
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
  Skeleton,
} from "@calcom/ui";
import { ChevronLeftIcon, ChevronRightIcon } from "lucide-react";
import {
  CALENDAR_PAGE,
  CALENDAR_SPANS,
  type ExperimentCalendar as Calendar,
  type CalendarSpan,
} from "../types/calendar";
import { type ExperimentListQuery, NO_FILTER } from "../types/list-query";
import { addMonths, latestMonths, startOfMonth } from "../types/months";
import { CalendarTable } from "./calendar/CalendarTable";
import { ListPages } from "./ListPages";
import { ListToolbar } from "./list/ListToolbar";
import type { ExperimentPaths } from "./shared/paths";

export type CalendarState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | { status: "ready"; calendar: Calendar; isOutdated: boolean };

export interface CalendarQuery extends ExperimentListQuery {
  /** The first month, such as "2026-11". */
  month: string;
  months: CalendarSpan;
}

export interface ExperimentCalendarProps {
  query: CalendarQuery;
  onQueryChange: (change: Partial<CalendarQuery>) => void;
  state: CalendarState;
  /** Epoch milliseconds. */
  now: number;
  paths: Pick<ExperimentPaths, "detail">;
}

/** What ran when. */
export function ExperimentCalendar(props: ExperimentCalendarProps) {
  const { query, onQueryChange, state } = props;
  const found = state.status === "ready" ? state.calendar : null;
  return (
    <div className="flex flex-col gap-4">
      <MonthsBar {...props} />
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

const STEP = 3;

function MonthsBar({ query, onQueryChange, now }: ExperimentCalendarProps) {
  const { t, locale } = useLocale();
  const { month, months } = query;
  const name = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const go = (later: number) => onQueryChange({ month: addMonths(month, later), page: 1 });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button variant="outline" onClick={() => go(-STEP)}>
        <ChevronLeftIcon className="rtl:rotate-180" />
        {t("calendar_earlier")}
      </Button>
      <Button variant="outline" onClick={() => go(STEP)}>
        {t("calendar_later")}
        <ChevronRightIcon className="rtl:rotate-180" />
      </Button>
      <Button variant="ghost" onClick={() => onQueryChange({ month: latestMonths(now, months), page: 1 })}>
        {t("calendar_latest")}
      </Button>
      <Select
        value={String(months)}
        onValueChange={(chosen) => {
          const span = CALENDAR_SPANS.find((one) => String(one) === chosen) ?? months;
          // The last month stays: what is added is older.
          onQueryChange({ months: span, month: addMonths(month, months - span), page: 1 });
        }}
      >
        <SelectTrigger className="w-auto gap-1.5" aria-label={t("calendar_span")}>
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {CALENDAR_SPANS.map((span) => (
            <SelectItem key={span} value={String(span)}>
              {t("calendar_span_months", { count: span })}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <p aria-live="polite" className="text-dense text-muted-foreground">
        {t("calendar_range", {
          from: name.format(startOfMonth(month)),
          to: name.format(startOfMonth(month, months - 1)),
        })}
      </p>
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
  if (calendar.entries.length === 0)
    return (
      <EmptyState
        title={t("calendar_none")}
        description={t("calendar_none_description")}
        action={
          <Button
            variant="outline"
            onClick={() => onQueryChange({ ...NO_FILTER, month: latestMonths(now, query.months) })}
          >
            {t("clear_filters")}
          </Button>
        }
      />
    );
  return (
    <div aria-busy={isOutdated} className="grid gap-3 transition-opacity *:min-w-0 aria-busy:opacity-60">
      <CalendarTable calendar={calendar} paths={paths} now={now} />
      <ListPages
        page={query.page}
        pageSize={CALENDAR_PAGE}
        total={calendar.total}
        onPageChange={(page) => onQueryChange({ page })}
      />
    </div>
  );
}
