import { describe, expect, test } from "vitest";
import type { CalendarEntry } from "../../types/calendar";
import { keepInside, listMondays, listMonths, placeBar, placeNow } from "./timeline";

const shown = { from: "2026-01-01T00:00:00.000Z", until: "2026-04-01T00:00:00.000Z" };
const now = Date.UTC(2026, 1, 15);
const place = (changes: Partial<CalendarEntry>, at = now) =>
  placeBar(
    {
      startedAt: null,
      endedAt: null,
      plannedStart: null,
      plannedEnd: null,
      expectedEnd: null,
      isPastEnd: false,
      reachedAt: null,
      pauses: [],
      status: "concluded",
      ...changes,
    },
    shown,
    at,
  );
const endOf = (stretch: { start: number; width: number } | null) =>
  stretch && Math.round(stretch.start + stretch.width);

describe("a bar", () => {
  test("lies where its days are, in percent of what is shown", () => {
    const { ran, planned, isOpen } = place({
      startedAt: "2026-01-01T00:00:00.000Z",
      endedAt: "2026-02-15T00:00:00.000Z",
    });
    expect(ran).toEqual({ start: 0, width: 50, isFromBefore: false, isCutOff: false });
    expect([planned, isOpen]).toEqual([null, false]);
  });

  test("goes on until now where it has not ended, and no further than what is shown", () => {
    const open = place({ startedAt: "2026-01-16T00:00:00.000Z", status: "running" });
    expect([open.isOpen, endOf(open.ran)]).toEqual([true, 50]);
    const later = place({ startedAt: shown.from, status: "running" }, Date.UTC(2027, 0));
    expect(later.ran).toMatchObject({ width: 100, isCutOff: true });
  });

  test("goes on from now to its scheduled end, which is not open", () => {
    const bar = place({
      startedAt: "2026-01-16T00:00:00.000Z",
      plannedEnd: "2026-03-10T12:00:00.000Z",
      status: "running",
    });
    expect([bar.isOpen, endOf(bar.ran), bar.planned?.start, endOf(bar.planned)]).toEqual([false, 50, 50, 76]);
    const beyond = place({
      startedAt: shown.from,
      plannedEnd: "2026-05-01T00:00:00.000Z",
      status: "running",
    });
    expect(beyond.planned?.isCutOff).toBe(true);
  });

  test("whose scheduled end is over goes on until now", () => {
    const bar = place({ startedAt: shown.from, plannedEnd: "2026-02-01T00:00:00.000Z", status: "running" });
    expect([bar.isOpen, endOf(bar.ran), bar.planned]).toEqual([true, 50, null]);
    expect([Math.round(bar.overdue?.start ?? 0), endOf(bar.overdue)]).toEqual([34, 50]);
  });

  test("is overdue at today where all has come and nobody knows since when, and only while it runs", () => {
    const running = { startedAt: shown.from, status: "running", isPastEnd: true } as const;
    const { overdue } = place(running);
    expect(overdue?.start).toBe(50);
    expect(overdue?.width).toBeLessThan(1);
    const known = place({ ...running, reachedAt: "2026-01-10T00:00:00.000Z" }).overdue;
    expect([known?.start, endOf(known)]).toEqual([10, 50]);
    expect(place({ ...running, isPastEnd: false }).overdue).toBeNull();
    const plannedEnd = "2026-02-01T00:00:00.000Z";
    for (const status of ["paused", "concluded"] as const)
      expect(place({ ...running, plannedEnd, status }).overdue).toBeNull();
  });

  test("of a draft is only planned: to its end, or at its start where no end is scheduled", () => {
    const both = place({
      plannedStart: "2026-02-15T00:00:00.000Z",
      plannedEnd: "2026-04-01T00:00:00.000Z",
      status: "draft",
    });
    expect([both.ran, both.planned?.start, both.planned?.width, both.isOpen]).toEqual([null, 50, 50, false]);
    const start = place({ plannedStart: "2026-03-01T00:00:00.000Z", status: "draft" });
    expect(start.planned?.width).toBeLessThan(1);
    expect(start.isOpen).toBe(true);
  });

  test("has no part outside of what is shown", () => {
    const bar = place(
      { startedAt: "2025-01-01T00:00:00.000Z", plannedEnd: "2026-02-01T00:00:00.000Z", status: "running" },
      Date.UTC(2025, 5),
    );
    expect(bar.ran).toBeNull();
    expect(bar.planned).toMatchObject({ start: 0, isFromBefore: true });
  });

  test("of an hour, or from before and beyond, is seen all the same", () => {
    const short = place({ startedAt: "2026-03-31T23:00:00.000Z", endedAt: "2026-03-31T23:30:00.000Z" });
    expect(short.ran?.width).toBeGreaterThan(0.5);
    expect(endOf(short.ran)).toBeLessThanOrEqual(100);
    const long = place({ startedAt: "2020-01-01T00:00:00.000Z", endedAt: "2030-01-01T00:00:00.000Z" });
    expect(long.ran).toMatchObject({ start: 0, width: 100, isFromBefore: true, isCutOff: true });
  });

  test("of what has ended at a time that nobody knows is where it started", () => {
    expect(place({ startedAt: "2026-02-01T00:00:00.000Z" }).ran?.width).toBeLessThan(1);
  });
});

test("months begin with their first day, also over a new year", () => {
  const months = listMonths({ from: "2025-11-01T00:00:00.000Z", until: "2026-02-01T00:00:00.000Z" });
  expect(months.map(({ month }) => month)).toEqual(["2025-11", "2025-12", "2026-01"]);
  expect(months[0]?.start).toBe(0);
});

test("today is marked where it is shown", () => {
  expect(placeNow(shown, now)).toBe(50);
  expect(placeNow(shown, Date.UTC(2026, 3, 1))).toBeNull();
});

describe("the days above the bars", () => {
  test("are all the Mondays of the months that are shown, whichever day is today", () => {
    const days = listMondays(shown).map(({ at }) => at);
    expect(days[0]?.toISOString()).toBe("2026-01-05T00:00:00.000Z");
    for (const day of days) expect(day.getUTCDay()).toBe(1);
    expect(days).toHaveLength(12);
    const fromMonday = { from: "2026-06-01T00:00:00.000Z", until: "2026-07-01T00:00:00.000Z" };
    expect(listMondays(fromMonday)[0]?.at.getUTCDate()).toBe(1);
    // None is cut at the end.
    for (const { start } of listMondays(shown)) expect(start + 5).toBeLessThan(100);
  });

  test("leave the word for today its room, on every day", () => {
    const [first, last] = [Date.parse(shown.from), Date.parse(shown.until)];
    for (let at = first; at < last; at += 86_400_000) {
      const word = keepInside(placeNow(shown, at) ?? 0);
      expect(word).toBeGreaterThanOrEqual(8);
      expect(word).toBeLessThanOrEqual(92);
    }
  });
});

describe("a pause", () => {
  const startedAt = "2026-01-01T00:00:00.000Z";

  test("is the part of a bar in which nothing ran, and ends where it went on", () => {
    const pauses = [
      { from: "2026-01-10T00:00:00.000Z", to: "2026-01-19T00:00:00.000Z" },
      { from: "2026-02-06T00:00:00.000Z", to: null },
    ];
    const bar = place({ startedAt, pauses, status: "paused" });
    expect(bar.pauses.map(({ start, width }) => [start, width])).toEqual([
      [10, 10],
      [40, 10],
    ]);
    expect(endOf(bar.ran)).toBe(50);
  });

  test("is the whole bar where nobody knows since when it lasts", () => {
    expect(place({ startedAt, status: "paused" }).pauses).toMatchObject([{ start: 0, width: 50 }]);
    expect(place({ startedAt, status: "running" }).pauses).toEqual([]);
  });
});

test("an end that is expected is drawn to there, and is told apart from one that is scheduled", () => {
  const expected = {
    startedAt: shown.from,
    status: "running",
    expectedEnd: "2026-03-10T12:00:00.000Z",
  } as const;
  const bar = place(expected);
  expect([endOf(bar.planned), bar.isExpected, bar.isOpen]).toEqual([76, true, false]);
  const scheduled = place({ ...expected, plannedEnd: "2026-02-20T00:00:00.000Z" });
  expect([endOf(scheduled.planned), scheduled.isExpected]).toEqual([56, false]);
});
