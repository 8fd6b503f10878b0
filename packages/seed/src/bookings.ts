import { DAY_MS } from "@calcom/lib/time";

const attendees = [
  "Hanna Sorensen",
  "Marcus Oyelaran",
  "Beatriz Campos",
  "Jonas Keller",
  "Aiko Mori",
  "Daniel Petrov",
  "Chloe Lambert",
  "Ravi Menon",
  "Greta Nilsson",
  "Owen Gallagher",
  "Sofia Duarte",
  "Yusuf Demir",
] as const;

/** Minutes after midnight, UTC. */
const startTimes = [8 * 60, 9 * 60 + 30, 11 * 60, 13 * 60, 14 * 60 + 30, 16 * 60] as const;

/** From a week back, so that there is a past, to four weeks ahead. */
const FIRST_DAY = -7;
const LAST_DAY = 28;

export interface DemoBooking {
  attendeeName: string;
  attendeeEmail: string;
  startsAt: Date;
  createdAt: Date;
}

/**
 * The calendar of one event type: working days only, thinner the further ahead, and the same for the same `seed`
 * and day. Two event types with different seeds differ.
 */
export function demoBookings(now: Date, seed: number): DemoBooking[] {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const bookings: DemoBooking[] = [];
  for (let day = FIRST_DAY; day <= LAST_DAY; day++) {
    const midnight = today + day * DAY_MS;
    const weekday = new Date(midnight).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    if (day > 7 && (day + seed) % 3 !== 0) continue;
    if ((day + 2 * seed + 70) % 5 === 0) continue;
    const index = (day + 7) * 5 + seed * 7;
    const attendeeName = at(attendees, index);
    const startsAt = new Date(midnight + at(startTimes, index + seed) * 60_000);
    const bookedDaysBefore = 1 + (index % 6);
    bookings.push({
      attendeeName,
      attendeeEmail: `${attendeeName.toLowerCase().replace(" ", ".")}@example.net`,
      startsAt,
      createdAt: new Date(Math.min(startsAt.getTime() - bookedDaysBefore * DAY_MS, now.getTime())),
    });
  }
  return bookings;
}

function at<Item>(list: readonly [Item, ...Item[]], index: number): Item {
  return list[index % list.length] ?? list[0];
}
