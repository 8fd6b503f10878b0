"use client";

import { dateLabel } from "@calcom/lib/date-labels";
import { useLocale } from "@calcom/lib/i18n";
import Link from "next/link";
import type { CalendarEntry, ExperimentCalendar } from "../../types/calendar";
import { ExperimentStatus } from "../ExperimentStatus";
import type { ExperimentPaths } from "../shared/paths";
import { CalendarBar } from "./CalendarBar";
import { isGoingOn, placeBar, readPlannedEnd } from "./timeline";

interface CalendarRowProps {
  entry: CalendarEntry;
  calendar: ExperimentCalendar;
  paths: Pick<ExperimentPaths, "detail">;
  now: number;
}

/** What is written above a bar begins where the bar does, as long as there is room for it. */
const ROOM_FOR_WORDS = "30rem";

export function CalendarRow({ entry, calendar, paths, now }: CalendarRowProps) {
  const { t } = useLocale();
  const bar = placeBar(entry, calendar, now);
  const start = (bar.ran ?? bar.planned)?.start ?? 0;
  return (
    <li className="group relative border-b py-2">
      <div style={{ marginInlineStart: `max(0px, min(${start}%, 100% - ${ROOM_FOR_WORDS}))` }}>
        <div className="flex w-fit max-w-full flex-wrap items-baseline gap-x-2 bg-background pe-2">
          <Link
            href={paths.detail(entry.slug)}
            prefetch={false}
            className="wrap-anywhere min-w-0 font-medium text-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2 group-hover:underline"
          >
            {entry.name}
          </Link>
          <ExperimentStatus status={entry.status} className="text-xs" />
          <Days entry={entry} now={now} />
          {entry.ownerName !== null && (
            <span className="wrap-anywhere min-w-0 text-muted-foreground text-xs">
              {t("experiment_owner_is", { name: entry.ownerName })}
            </span>
          )}
        </div>
      </div>
      <CalendarBar bar={bar} status={entry.status} />
    </li>
  );
}

/** In UTC, as the months are. */
function Days({ entry, now }: Pick<CalendarRowProps, "entry" | "now">) {
  const { t, locale } = useLocale();
  const { startedAt, endedAt, plannedStart, status } = entry;
  const day = (at: string | number) => dateLabel(new Date(at), "UTC", locale);
  const plannedEnd = readPlannedEnd(entry, now);
  return (
    <span className="text-muted-foreground text-xs">
      {startedAt === null
        ? plannedEnd === null
          ? t("calendar_planned", { from: day(plannedStart ?? now) })
          : t("calendar_planned_from_to", { from: day(plannedStart ?? now), to: day(plannedEnd) })
        : !isGoingOn(status)
          ? endedAt === null
            ? t("calendar_started", { from: day(startedAt) })
            : t("calendar_from_to", { from: day(startedAt), to: day(endedAt) })
          : plannedEnd === null
            ? t("calendar_since", { from: day(startedAt) })
            : t("calendar_since_until", { from: day(startedAt), to: day(plannedEnd) })}
    </span>
  );
}
