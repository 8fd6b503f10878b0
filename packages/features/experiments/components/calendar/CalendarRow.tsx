"use client";

import { type Translate, useLocale } from "@calcom/lib/i18n";
import { cn } from "@calcom/ui";
import Link from "next/link";
import type { CalendarEntry, ExperimentCalendar } from "../../types/calendar";
import { ExperimentStatus } from "../ExperimentStatus";
import type { ExperimentPaths } from "../shared/paths";
import { useFormat } from "../shared/useFormat";
import { CalendarBar } from "./CalendarBar";
import { CALENDAR_COLUMNS } from "./columns";
import {
  isGoingOn,
  placeBar,
  readExpectedEnd,
  readOverdue,
  readPausedSince,
  readPlannedEnd,
} from "./timeline";

interface CalendarRowProps {
  entry: CalendarEntry;
  calendar: ExperimentCalendar;
  paths: Pick<ExperimentPaths, "detail">;
  now: number;
  /** Whether its owner is told: not where all have the same one. */
  hasOwner: boolean;
}

/** Its words stand beside the bar, or above it where there is no room: never on the days, which are drawn there. */
export function CalendarRow({ entry, calendar, paths, now, hasOwner }: CalendarRowProps) {
  const { t } = useLocale();
  return (
    <li className={cn("group relative items-center border-b py-2", CALENDAR_COLUMNS)}>
      <div className="bg-background">
        <Link
          href={paths.detail(entry.slug)}
          prefetch={false}
          className="wrap-anywhere line-clamp-2 font-medium text-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2 group-hover:underline"
        >
          {entry.name}
        </Link>
        {/* Lines of their own, so that the rows are of one height whatever they say. */}
        <div className="flex items-baseline text-muted-foreground text-xs">
          <ExperimentStatus
            status={entry.status}
            isTurnedOff={entry.isTurnedOff}
            className="text-foreground text-xs"
          />
          {hasOwner && entry.ownerName !== null && (
            <span className="min-w-0 truncate">
              {"\u00a0· "}
              <span className="sr-only">{t("experiment_owner")}: </span>
              {entry.ownerName}
            </span>
          )}
        </div>
        <Days entry={entry} now={now} />
      </div>
      <CalendarBar bar={placeBar(entry, calendar, now)} status={entry.status} />
    </li>
  );
}

function Days({ entry, now }: Pick<CalendarRowProps, "entry" | "now">) {
  const { t } = useLocale();
  const format = useFormat();
  const day = (at: string | number) => format.nearDay(new Date(at), now);
  const pausedSince = readPausedSince(entry);
  const overdue = readOverdue(entry, now);
  return (
    <p className="text-muted-foreground text-xs">
      {daysText(entry, now, t, day)}
      {pausedSince !== null &&
        `, ${t(entry.status === "off" ? "calendar_off_since" : "calendar_paused_since", { from: day(pausedSince) })}`}
      {overdue !== null && (
        <span className="text-warning">
          {", "}
          {overdue.since === null
            ? t("calendar_overdue")
            : t("calendar_overdue_since", { from: day(overdue.since) })}
        </span>
      )}
    </p>
  );
}

function daysText(
  entry: CalendarEntry,
  now: number,
  t: Translate,
  day: (at: string | number) => string,
): string {
  const { startedAt, endedAt, plannedStart, status } = entry;
  const plannedEnd = readPlannedEnd(entry, now);
  if (startedAt === null) {
    const from = day(plannedStart ?? now);
    return plannedEnd === null
      ? t("calendar_planned", { from })
      : t("calendar_planned_from_to", { from, to: day(plannedEnd) });
  }
  const from = day(startedAt);
  if (!isGoingOn(status))
    return endedAt === null
      ? t("calendar_started", { from })
      : t("calendar_from_to", { from, to: day(endedAt) });
  if (plannedEnd !== null) return t("calendar_since_until", { from, to: day(plannedEnd) });
  const expectedEnd = readExpectedEnd(entry, now);
  return expectedEnd === null
    ? t("calendar_since", { from })
    : t("calendar_since_expected", { from, to: day(expectedEnd) });
}
