import { describe, expect, test } from "vitest";
import { listMonths, placeBar, placeNow } from "./timeline";

const shown = { from: "2026-01-01T00:00:00.000Z", until: "2026-04-01T00:00:00.000Z" };
const now = Date.UTC(2026, 1, 15);
const ran = (startedAt: string, endedAt: string | null, status: "running" | "concluded" = "concluded") =>
  placeBar({ startedAt, endedAt, status }, shown, now);

describe("a bar", () => {
  test("lies where its days are, in percent of what is shown", () => {
    const bar = ran("2026-01-01T00:00:00.000Z", "2026-02-15T00:00:00.000Z");
    expect(bar).toEqual({ start: 0, width: 50, isFromBefore: false, isCutOff: false, isOpen: false });
  });

  test("goes on until now where it has not ended, and no further than what is shown", () => {
    const open = ran("2026-01-16T00:00:00.000Z", null, "running");
    expect([open.isOpen, Math.round(open.start + open.width)]).toEqual([true, 50]);
    const later = placeBar(
      { startedAt: shown.from, endedAt: null, status: "running" },
      shown,
      Date.UTC(2027, 0),
    );
    expect([later.width, later.isCutOff]).toEqual([100, true]);
  });

  test("of an hour, or from before and beyond, is seen all the same", () => {
    const short = ran("2026-03-31T23:00:00.000Z", "2026-03-31T23:30:00.000Z");
    expect(short.width).toBeGreaterThan(0.5);
    expect(short.start + short.width).toBeLessThanOrEqual(100.1);
    const long = ran("2020-01-01T00:00:00.000Z", "2030-01-01T00:00:00.000Z");
    expect(long).toMatchObject({ start: 0, width: 100, isFromBefore: true, isCutOff: true });
  });

  test("of what has ended at a time that nobody knows is where it started", () => {
    expect(ran("2026-02-01T00:00:00.000Z", null).width).toBeLessThan(1);
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
