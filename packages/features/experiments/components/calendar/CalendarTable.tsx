"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Table, TableBody, TableHead, TableHeader, TableRow } from "@calcom/ui";
import type { ExperimentCalendar } from "../../types/calendar";
import type { ExperimentPaths } from "../shared/paths";
import { CalendarRow } from "./CalendarRow";
import { listMonths, type MonthMark, placeNow } from "./timeline";

interface CalendarTableProps {
  calendar: ExperimentCalendar;
  paths: Pick<ExperimentPaths, "detail">;
  /** Epoch milliseconds. */
  now: number;
}

/** One table for the eye and for readers: what the bars show stands in its cells as days. */
export function CalendarTable({ calendar, paths, now }: CalendarTableProps) {
  const { t } = useLocale();
  const marks = listMonths(calendar);
  const today = placeNow(calendar, now);
  return (
    <div>
      {/* On a phone each row has the whole width for its bar, and there is no head. */}
      <div className="sm:hidden">
        <MonthNames marks={marks} />
      </div>
      <Table className="table-fixed max-sm:block max-sm:border-t">
        <caption className="sr-only">{t("calendar")}</caption>
        <TableHeader className="max-sm:sr-only">
          <TableRow>
            <TableHead className="w-[30%] pl-0">{t("experiment_name")}</TableHead>
            <TableHead className="w-48">{t("calendar_ran")}</TableHead>
            <TableHead className="pr-0 pl-2">
              <span className="sr-only">{t("calendar_timeline")}</span>
              <MonthNames marks={marks} />
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody className="max-sm:block">
          {calendar.entries.map((entry) => (
            <CalendarRow key={entry.slug} {...{ entry, calendar, marks, today, paths, now }} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function MonthNames({ marks }: { marks: readonly MonthMark[] }) {
  const { locale } = useLocale();
  const short = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });
  const withYear = new Intl.DateTimeFormat(locale, { month: "short", year: "2-digit", timeZone: "UTC" });
  return (
    <span aria-hidden className="relative block h-5 text-muted-foreground text-xs">
      {marks.map(({ month, at, start }, index) => (
        <span
          key={month}
          className="absolute top-0 truncate border-l pl-1 leading-5"
          style={{ insetInlineStart: `${start}%`, width: `${100 / marks.length}%` }}
        >
          {(index === 0 || month.endsWith("-01") ? withYear : short).format(at)}
        </span>
      ))}
    </span>
  );
}
