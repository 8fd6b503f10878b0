"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Section } from "@calcom/ui";
import { TimeRange } from "../time/TimeRange";
import { AttendeeLink } from "./AttendeeLink";
import { BookingsSection } from "./BookingsSection";
import { useDashboard } from "./dashboard-context";
import { EventTypesEmpty } from "./EventTypesEmpty";
import { MemberCount, MemberList } from "./MemberList";
import { useBookingDays } from "./useBookingDays";

/** Days side by side, as on a calendar; event types and members below. */
export function GridDashboard() {
  const { t } = useLocale();
  const { eventTypes } = useDashboard();
  return (
    <div data-layout="grid" className="flex flex-col gap-10">
      <BookingsSection>
        <BookingColumns />
      </BookingsSection>
      <Section title={t("teams_event_types")}>
        {eventTypes.length === 0 ? (
          <EventTypesEmpty />
        ) : (
          <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
            {eventTypes.map(({ id, title, durationMinutes, upcomingCount }) => (
              <li key={id} className="rounded-lg border px-4 py-3">
                <p className="truncate font-medium text-sm">{title}</p>
                <p className="mt-1 flex justify-between gap-3 text-dense text-muted-foreground tabular-nums">
                  <span>{t("duration_minutes", { minutes: durationMinutes })}</span>
                  <span>{t("teams_upcoming_count", { count: upcomingCount })}</span>
                </p>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={<MemberCount />}>
        <MemberList isWide />
      </Section>
    </div>
  );
}

function BookingColumns() {
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      {useBookingDays().map(({ key, label, bookings }) => (
        <section key={key} aria-label={label} className="rounded-lg border bg-subtle p-2">
          <h3 className="px-1 pt-0.5 pb-2 font-medium text-dense">{label}</h3>
          <ul className="flex flex-col gap-1.5">
            {bookings.map(({ id, title, startsAt, durationMinutes, attendeeName, attendeeEmail }) => (
              <li key={id} className="rounded-md border bg-card px-3 py-2 text-dense">
                <span className="text-muted-foreground">
                  <TimeRange start={startsAt} minutes={durationMinutes} />
                </span>
                <span className="mt-0.5 block truncate font-medium text-sm">{title}</span>
                <AttendeeLink name={attendeeName} email={attendeeEmail} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
