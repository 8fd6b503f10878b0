"use client";

import { useLocale } from "@calcom/lib/i18n";
import { relativeTime } from "./shared/relative-time";
import { useFormat, useIsInBrowser } from "./shared/useFormat";

export { MomentInput } from "./shared/MomentInput";
export { useFormat, useIsInBrowser };

/** How long ago; the exact time on hover, in the viewer's zone. */
export function RelativeTime({ date }: { date: Date }) {
  const { locale } = useLocale();
  const { moment } = useFormat();
  const isInBrowser = useIsInBrowser();
  return (
    // Between the server's rendering and ours a minute may turn.
    <time
      dateTime={date.toISOString()}
      title={isInBrowser ? moment(date) : undefined}
      suppressHydrationWarning
    >
      {relativeTime(date, new Date(), locale)}
    </time>
  );
}
