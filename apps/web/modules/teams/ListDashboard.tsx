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

/** One column of bookings, day under day, with the team beside it. */
export function ListDashboard() {
  const { t } = useLocale();
  const { eventTypes } = useDashboard();
  return (
    <div data-layout="list" className="grid gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,1fr)_304px]">
      <BookingsSection>
        <BookingRows />
      </BookingsSection>
      <div className="flex flex-col gap-8">
        <Section title={t("teams_event_types")}>
          {eventTypes.length === 0 ? (
            <EventTypesEmpty />
          ) : (
            <ul className="divide-y border-y">
              {eventTypes.map(({ id, title, durationMinutes, upcomingCount }) => (
                <li key={id} className="flex items-baseline justify-between gap-3 py-2">
                  <span className="min-w-0">
                    <span className="block truncate font-medium text-sm">{title}</span>
                    <span className="text-dense text-muted-foreground tabular-nums">
                      {t("duration_minutes", { minutes: durationMinutes })}
                    </span>
                  </span>
                  <span className="whitespace-nowrap text-dense text-muted-foreground tabular-nums">
                    {t("teams_upcoming_count", { count: upcomingCount })}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Section>
        <Section title={<MemberCount />}>
          <MemberList />
        </Section>
      </div>
    </div>
  );
}

function BookingRows() {
  return (
    <div className="flex flex-col gap-5">
      {useBookingDays().map(({ key, label, bookings }) => (
        <section key={key} aria-label={label}>
          <h3 className="border-b pb-1.5 font-medium text-dense text-muted-foreground">{label}</h3>
          <ul className="divide-y border-b">
            {bookings.map(({ id, title, startsAt, durationMinutes, attendeeName, attendeeEmail }) => (
              <li
                key={id}
                className="grid gap-x-4 gap-y-0.5 py-2.5 text-sm sm:grid-cols-[104px_minmax(0,1fr)_minmax(0,1fr)] sm:items-baseline"
              >
                <span className="text-muted-foreground">
                  <TimeRange start={startsAt} minutes={durationMinutes} />
                </span>
                <span className="truncate font-medium">{title}</span>
                <AttendeeLink name={attendeeName} email={attendeeEmail} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
