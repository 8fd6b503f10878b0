import { describe, expect, it } from "vitest";
import { freeSlots, isWeekend, threeWeeksFrom } from "./slots";

describe("threeWeeksFrom", () => {
  it.each([
    ["a Monday", "2026-11-23T00:00:00Z", "2026-11-23"],
    ["a Friday", "2026-11-27T23:59:59Z", "2026-11-23"],
    ["a Saturday, of whose week nothing is left", "2026-11-28T00:00:00Z", "2026-11-30"],
    ["a Sunday", "2026-11-29T12:00:00Z", "2026-11-30"],
  ])("starts on a Monday, seen from %s", (_day, today, monday) => {
    const days = threeWeeksFrom(new Date(today));
    expect(days).toHaveLength(21);
    expect(days[0]?.toISOString()).toBe(`${monday}T00:00:00.000Z`);
    expect(days.filter(isWeekend)).toHaveLength(6);
  });
});

describe("freeSlots", () => {
  it("offers something on every working day, and nothing at weekends", () => {
    for (const day of threeWeeksFrom(new Date("2026-11-23T00:00:00Z"))) {
      if (isWeekend(day)) expect(freeSlots(day)).toEqual([]);
      else expect(freeSlots(day).length).toBeGreaterThanOrEqual(4);
    }
  });

  it("stays within the day it was asked for", () => {
    const day = new Date("2026-11-24T00:00:00Z");
    for (const slot of freeSlots(day)) expect(slot.toISOString().slice(0, 10)).toBe("2026-11-24");
  });
});
