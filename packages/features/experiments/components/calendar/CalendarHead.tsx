"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn } from "@calcom/ui";
import type { ExperimentCalendar } from "../../types/calendar";
import { BESIDE_WORDS } from "./columns";
import { keepInside, listMondays, type Mark } from "./timeline";

interface CalendarHeadProps {
  calendar: ExperimentCalendar;
  months: readonly (Mark & { month: string })[];
  /** In percent; null where today is not shown. */
  today: number | null;
  /** Epoch milliseconds. */
  now: number;
}

/** In more months than these there is no room for the days, and in more than those none for each month but on a wide screen. */
const WITH_DAYS = 3;
const ALL_IN_A_ROW = 6;

/** The months, the days, and in a line of its own today, so that none hides another. It stays in view above many rows. */
export function CalendarHead({ calendar, months, today, now }: CalendarHeadProps) {
  const { t, locale } = useLocale();
  const short = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });
  // The current one goes without saying, unless another stands beside it.
  const thisYear = new Date(now).getUTCFullYear();
  const hasYears = months.some(({ at }) => at.getUTCFullYear() !== thisYear);
  const days = months.length <= WITH_DAYS ? listMondays(calendar) : [];
  return (
    <div
      aria-hidden
      className="sticky top-0 z-10 border-b bg-background text-muted-foreground text-xs leading-5 print:static"
    >
      <div className={BESIDE_WORDS}>
        <div className="relative h-5 font-medium">
          {months.map(({ month, at, start }, index) => (
            <span
              key={month}
              data-slot="calendar-month"
              className={cn(
                "absolute top-0 whitespace-nowrap border-l pl-1",
                months.length > ALL_IN_A_ROW && index % 3 !== 0 && "max-xl:hidden",
              )}
              style={{ insetInlineStart: `${start}%` }}
            >
              {short.format(at)}
              {hasYears && (index === 0 || month.endsWith("-01")) && ` ${at.getUTCFullYear()}`}
            </span>
          ))}
        </div>
        {days.length > 0 && (
          <div className="relative h-5">
            {days.map(({ at, start }) => (
              <span
                key={start}
                data-slot="calendar-day"
                className="absolute top-0 pl-1 tabular-nums"
                style={{ insetInlineStart: `${start}%` }}
              >
                {at.getUTCDate()}
              </span>
            ))}
          </div>
        )}
        {today !== null && (
          <div className="relative h-6">
            <span
              className="absolute top-0 flex w-0 justify-center"
              style={{ insetInlineStart: `${keepInside(today)}%` }}
            >
              <span className="whitespace-nowrap rounded-sm bg-primary-solid px-1.5 font-medium text-primary-solid-foreground">
                {t("calendar_today")}
              </span>
            </span>
            <span
              className="absolute top-5 bottom-0 border-primary border-l"
              style={{ insetInlineStart: `${today}%` }}
            />
          </div>
        )}
      </div>
    </div>
  );
}
