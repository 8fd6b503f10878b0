"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn } from "@calcom/ui";
import { useIsInBrowser } from "./useFormat";

/** In which zone the days and times around it are. */
export function ZoneNote({ className }: { className?: string }) {
  const { t } = useLocale();
  const isInBrowser = useIsInBrowser();
  const zone = isInBrowser ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  return (
    <p className={cn("text-muted-foreground text-xs", className)}>
      {t(zone === "UTC" ? "activity_days_zone" : "activity_days_and_times", { zone })}
    </p>
  );
}
