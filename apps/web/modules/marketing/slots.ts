import { DAY_MS } from "@calcom/lib/time";

const MINUTE_MS = 60_000;

/** The host of the example keeps UTC all year, as Reykjavik does, so its hours need no time zone data. */
export const HOST_ZONE = "Atlantic/Reykjavik";
export const GUEST_ZONES = [
  "America/New_York",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Australia/Sydney",
] as const;
export type GuestZone = (typeof GUEST_ZONES)[number];

const HOURS = [9 * 60, 9 * 60 + 30, 10 * 60 + 30, 11 * 60, 13 * 60 + 30, 14 * 60, 15 * 60, 16 * 60 + 30];

/** Three weeks of days (UTC midnights) from the Monday on or before `today`; at the weekend from the next one. */
export function threeWeeksFrom(today: Date): Date[] {
  const midnight = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate());
  const sinceMonday = (today.getUTCDay() + 6) % 7;
  const monday = midnight + (sinceMonday >= 5 ? 7 - sinceMonday : -sinceMonday) * DAY_MS;
  return Array.from({ length: 21 }, (_, day) => new Date(monday + day * DAY_MS));
}

/** The free starts of a day: none at weekends, and not all hours are free on any day. */
export function freeSlots(day: Date): Date[] {
  if (isWeekend(day)) return [];
  const number = Math.floor(day.getTime() / DAY_MS);
  return HOURS.filter((_, index) => (number * 3 + index * 5) % 4 !== 0).map(
    (minutes) => new Date(day.getTime() + minutes * MINUTE_MS),
  );
}

export function isWeekend(day: Date): boolean {
  return day.getUTCDay() % 6 === 0;
}
