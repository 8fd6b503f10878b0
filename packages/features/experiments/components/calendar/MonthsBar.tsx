"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { ChevronLeftIcon, ChevronRightIcon } from "lucide-react";
import { CALENDAR_SPANS } from "../../types/calendar";
import { addMonths, latestMonths, startOfMonth } from "../../types/months";
import type { CalendarQuery } from "./calendar-query";

interface MonthsBarProps {
  query: CalendarQuery;
  onQueryChange: (change: Partial<CalendarQuery>) => void;
  /** Epoch milliseconds. */
  now: number;
}

const STEP = 3;

/** Which months are shown, and how many. */
export function MonthsBar({ query, onQueryChange, now }: MonthsBarProps) {
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
        {t("calendar_today")}
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
