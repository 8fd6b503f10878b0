"use client";

import { dateLabel } from "@calcom/lib/date-labels";
import { useLocale } from "@calcom/lib/i18n";
import { cn, statusToneClasses, TableCell, TableRow } from "@calcom/ui";
import Link from "next/link";
import type { CalendarEntry, ExperimentCalendar } from "../../types/calendar";
import { ExperimentStatus, statusLooks } from "../ExperimentStatus";
import type { ExperimentPaths } from "../shared/paths";
import { isGoingOn, type MonthMark, placeBar } from "./timeline";

interface CalendarRowProps {
  entry: CalendarEntry;
  calendar: ExperimentCalendar;
  marks: readonly MonthMark[];
  /** In percent; null where today is not shown. */
  today: number | null;
  paths: Pick<ExperimentPaths, "detail">;
  now: number;
}

export function CalendarRow({ entry, calendar, marks, today, paths, now }: CalendarRowProps) {
  const { t } = useLocale();
  return (
    <TableRow className="relative max-sm:block max-sm:py-3">
      <th scope="row" className="px-3 py-1.5 pl-0 text-left align-top font-normal max-sm:block max-sm:p-0">
        <Link
          href={paths.detail(entry.slug)}
          prefetch={false}
          className="block truncate font-medium text-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
        >
          {entry.name}
        </Link>
        {entry.ownerName !== null && (
          <span className="block truncate text-muted-foreground text-xs">
            {t("experiment_owner_is", { name: entry.ownerName })}
          </span>
        )}
      </th>
      <TableCell className="align-top max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-2 max-sm:p-0 max-sm:pt-1">
        <ExperimentStatus status={entry.status} />
        <Days entry={entry} />
      </TableCell>
      <TableCell className="pointer-events-none relative pr-0 pl-2 align-middle max-sm:mt-2 max-sm:block max-sm:p-0">
        <Timeline {...{ entry, calendar, marks, today, now }} />
      </TableCell>
    </TableRow>
  );
}

/** In UTC, as the months are. */
function Days({ entry: { startedAt, endedAt, status } }: Pick<CalendarRowProps, "entry">) {
  const { t, locale } = useLocale();
  const day = (at: string) => dateLabel(new Date(at), "UTC", locale);
  const from = day(startedAt);
  return (
    <span className="block text-muted-foreground text-xs">
      {isGoingOn(status)
        ? t("calendar_since", { from })
        : endedAt === null
          ? t("calendar_started", { from })
          : t("calendar_from_to", { from, to: day(endedAt) })}
    </span>
  );
}

/** What it draws stands beside it in words. */
function Timeline({ entry, calendar, marks, today, now }: Omit<CalendarRowProps, "paths">) {
  const { start, width, isFromBefore, isCutOff, isOpen } = placeBar(entry, calendar, now);
  return (
    <span aria-hidden className="block">
      <span className="absolute inset-y-0 start-2 end-0 max-sm:start-0">
        {marks.map(({ month, start: at }) => (
          <span key={month} className="absolute inset-y-0 border-l" style={{ insetInlineStart: `${at}%` }} />
        ))}
        {today !== null && (
          <span
            className="absolute inset-y-0 border-accent border-l"
            style={{ insetInlineStart: `${today}%` }}
          />
        )}
      </span>
      <span className={cn("relative block h-4", statusToneClasses[statusLooks[entry.status].tone])}>
        <span
          data-slot="calendar-bar"
          className={cn(
            "absolute inset-y-0 border border-current bg-current/30",
            isOpen && "border-e-0",
            !isFromBefore && "rounded-s-sm",
            !isCutOff && !isOpen && "rounded-e-sm",
          )}
          style={{ insetInlineStart: `${start}%`, width: `${width}%` }}
        />
      </span>
    </span>
  );
}
