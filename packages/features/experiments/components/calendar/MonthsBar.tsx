"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { ChevronLeftIcon, ChevronRightIcon } from "lucide-react";
import { CALENDAR_SPANS } from "../../types/calendar";
import { addMonths, startOfMonth } from "../../types/months";
import type { CalendarQuery } from "./calendar-query";

interface MonthsBarProps {
  /** The months that are shown. */
  month: string;
  months: number;
  onQueryChange: (change: Partial<CalendarQuery>) => void;
}

/** Which months are shown, and how many. */
export function MonthsBar({ month, months, onQueryChange }: MonthsBarProps) {
  const { t, locale } = useLocale();
  const name = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const nameAlone = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });
  const [first, last] = [startOfMonth(month), startOfMonth(month, months - 1)];
  const isOneYear = first.getUTCFullYear() === last.getUTCFullYear();
  // Half of what is shown stays in view.
  const step = Math.max(1, Math.floor(months / 2));
  const go = (later: number) => onQueryChange({ month: addMonths(month, later), months, page: 1 });
  const spans = [...new Set([...CALENDAR_SPANS, months])].sort((a, b) => a - b);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button variant="outline" onClick={() => go(-step)}>
        <ChevronLeftIcon className="rtl:rotate-180" />
        {t("calendar_earlier")}
      </Button>
      <Button variant="outline" onClick={() => go(step)}>
        {t("calendar_later")}
        <ChevronRightIcon className="rtl:rotate-180" />
      </Button>
      <Button variant="ghost" onClick={() => onQueryChange({ month: null, months: null, page: 1 })}>
        {t("calendar_today")}
      </Button>
      <Select
        value={String(months)}
        onValueChange={(chosen) => {
          const span = spans.find((one) => String(one) === chosen) ?? months;
          // The last month stays: what is added is older.
          onQueryChange({ months: span, month: addMonths(month, months - span), page: 1 });
        }}
      >
        <SelectTrigger className="w-auto gap-1.5" aria-label={t("calendar_span")}>
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {spans.map((span) => (
            <SelectItem key={span} value={String(span)}>
              {t("calendar_span_months", { count: span })}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <p aria-live="polite" className="text-dense text-muted-foreground">
        {months === 1
          ? name.format(first)
          : t("calendar_range", {
              from: (isOneYear ? nameAlone : name).format(first),
              to: name.format(last),
            })}
      </p>
    </div>
  );
}
