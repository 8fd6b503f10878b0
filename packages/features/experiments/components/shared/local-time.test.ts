import { afterEach, describe, expect, test, vi } from "vitest";
import { startOfDay } from "./local-time";

afterEach(() => vi.unstubAllEnvs());

const HOUR_MS = 3_600_000;

describe("a day of the viewer’s zone", () => {
  test.each([
    ["UTC", "2026-11-23", "2026-11-23T00:00:00.000Z", 24],
    ["Pacific/Kiritimati", "2026-11-23", "2026-11-22T10:00:00.000Z", 24],
    ["Pacific/Pago_Pago", "2026-11-23", "2026-11-23T11:00:00.000Z", 24],
    ["Asia/Kolkata", "2026-11-23", "2026-11-22T18:30:00.000Z", 24],
    // The clocks go forward, and back.
    ["Europe/Berlin", "2027-03-28", "2027-03-27T23:00:00.000Z", 23],
    ["Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00.000Z", 25],
    ["Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30:00.000Z", 23.5],
    // They leave midnight out, or show it twice.
    ["Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00.000Z", 23],
    ["America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z", 25],
    // The last day of a month, and of a year.
    ["Europe/Berlin", "2028-02-29", "2028-02-28T23:00:00.000Z", 24],
    ["Pacific/Kiritimati", "2026-12-31", "2026-12-30T10:00:00.000Z", 24],
  ])("in %s, %s begins at %s and has %d hours", (zone, day, start, hours) => {
    vi.stubEnv("TZ", zone);
    expect(startOfDay(day)).toBe(start);
    expect((Date.parse(startOfDay(day, 1)) - Date.parse(start)) / HOUR_MS).toBe(hours);
  });

  test("ends where the next one begins, all year long", () => {
    vi.stubEnv("TZ", "Europe/Berlin");
    for (let day = Date.UTC(2027, 0, 1); day < Date.UTC(2028, 0, 1); day += 24 * HOUR_MS) {
      const [today = "", tomorrow = ""] = [day, day + 24 * HOUR_MS].map((at) =>
        new Date(at).toISOString().slice(0, 10),
      );
      expect(startOfDay(today, 1)).toBe(startOfDay(tomorrow));
    }
  });

  test("of a year that is still being typed is of that year", () => {
    vi.stubEnv("TZ", "UTC");
    expect(startOfDay("0002-11-23")).toBe("0002-11-23T00:00:00.000Z");
  });
});
