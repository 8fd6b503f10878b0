"use client";

import type { TeamBooking } from "@calcom/features/teams";
import { dayKey, dayLabel } from "@calcom/lib/date-labels";
import { useLocale } from "@calcom/lib/i18n";
import { useTimeZone } from "../time/useTimeZone";
import { useDashboard } from "./dashboard-context";

export interface BookingDay {
  key: string;
  label: string;
  bookings: TeamBooking[];
}

/** The next bookings by day, the days being the viewer's. */
export function useBookingDays(): BookingDay[] {
  const { locale } = useLocale();
  const zone = useTimeZone();
  const { bookings } = useDashboard();
  const days = new Map<string, BookingDay>();
  for (const booking of bookings) {
    const key = dayKey(booking.startsAt, zone);
    const day = days.get(key) ?? { key, label: dayLabel(booking.startsAt, zone, locale), bookings: [] };
    day.bookings.push(booking);
    days.set(key, day);
  }
  return [...days.values()];
}
