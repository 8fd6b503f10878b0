"use client";

import { timeLabel } from "@calcom/lib/date-labels";
import { useLocale } from "@calcom/lib/i18n";
import { useTimeZone } from "./useTimeZone";

/** From start to end in the viewer's zone, `14:30–15:00`. */
export function TimeRange({ start, minutes }: { start: Date; minutes: number }) {
  const { locale } = useLocale();
  const zone = useTimeZone();
  const end = new Date(start.getTime() + minutes * 60_000);
  return (
    <time dateTime={start.toISOString()} className="whitespace-nowrap tabular-nums">
      {timeLabel(start, zone, locale)}–{timeLabel(end, zone, locale)}
    </time>
  );
}
