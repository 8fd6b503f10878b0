"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn } from "@calcom/ui";
import type { ExperimentCalendar } from "../../types/calendar";
import type { ExperimentPaths } from "../shared/paths";
import { tellsOwners } from "../shared/tells-owners";
import { CalendarHead } from "./CalendarHead";
import { CalendarLegend } from "./CalendarLegend";
import { CalendarRow } from "./CalendarRow";
import { BESIDE_WORDS } from "./columns";
import { listMonths, placeBar, placeNow } from "./timeline";

interface CalendarChartProps {
  calendar: ExperimentCalendar;
  paths: Pick<ExperimentPaths, "detail">;
  /** Epoch milliseconds. */
  now: number;
}

/** A list for readers, whose entries say in words what their bars draw. */
export function CalendarChart({ calendar, paths, now }: CalendarChartProps) {
  const { t } = useLocale();
  const months = listMonths(calendar);
  const today = placeNow(calendar, now);
  const hasOwner = tellsOwners(calendar.entries.map(({ ownerName }) => ownerName));
  return (
    <div>
      <div className="mb-3">
        <CalendarLegend
          drawn={calendar.entries.map((entry) => ({
            status: entry.status,
            bar: placeBar(entry, calendar, now),
          }))}
        />
      </div>
      <CalendarHead {...{ calendar, months, today, now }} />
      <div className="relative">
        <div aria-hidden className={cn("absolute inset-0", BESIDE_WORDS)}>
          {months.map(({ month, start }) => (
            <span
              key={month}
              className="absolute inset-y-0 border-l"
              style={{ insetInlineStart: `${start}%` }}
            />
          ))}
          {today !== null && (
            <span
              data-slot="calendar-today"
              className="absolute inset-y-0 border-primary border-l"
              style={{ insetInlineStart: `${today}%` }}
            />
          )}
        </div>
        <ol aria-label={t("calendar")}>
          {calendar.entries.map((entry) => (
            <CalendarRow key={entry.slug} {...{ entry, calendar, paths, now, hasOwner }} />
          ))}
        </ol>
      </div>
    </div>
  );
}
