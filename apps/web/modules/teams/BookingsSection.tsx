"use client";

import { useLocale } from "@calcom/lib/i18n";
import { EmptyState, Section } from "@calcom/ui";
import type { ReactNode } from "react";
import { useTimeZone } from "../time/useTimeZone";
import { useDashboard } from "./dashboard-context";

/** What both layouts share about bookings: title, zone, how many more there are, and the empty state. */
export function BookingsSection({ children }: { children: ReactNode }) {
  const { t } = useLocale();
  const zone = useTimeZone();
  const { bookings, upcomingCount } = useDashboard();
  const more = upcomingCount - bookings.length;
  return (
    <Section
      title={t("teams_upcoming")}
      description={t("teams_times_in_zone", { zone: zone.replaceAll("_", " ") })}
    >
      {bookings.length === 0 ? (
        <EmptyState title={t("teams_no_bookings")} description={t("teams_no_bookings_text")} />
      ) : (
        children
      )}
      {more > 0 && (
        <p className="text-dense text-muted-foreground tabular-nums">
          {t("teams_more_bookings", { count: more })}
        </p>
      )}
    </Section>
  );
}
