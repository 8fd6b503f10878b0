import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { addMonths, fitMonths, monthOf } from "./months";

const now = Date.UTC(2026, 10, 30);
const fitted = (earliest: string | null, latest: string | null = null, months?: number) =>
  fitMonths(now, { earliest, latest }, months);

describe("the months around now", () => {
  test("begin with the first start of what ran lately, and are at least two", () => {
    expect(fitted("2026-11-03T00:00:00.000Z")).toEqual({ month: "2026-11", months: 2 });
    expect(fitted("2026-09-03T00:00:00.000Z")).toEqual({ month: "2026-09", months: 3 });
    expect(fitted(null)).toEqual({ month: "2026-11", months: 2 });
  });

  test("are at most six, of which what began earlier gets the last", () => {
    expect(fitted("2020-01-01T00:00:00.000Z")).toEqual({ month: "2026-06", months: 6 });
  });

  test("reach to what is planned, at most two months ahead", () => {
    expect(fitted("2026-10-03T00:00:00.000Z", "2027-01-15T00:00:00.000Z")).toEqual({
      month: "2026-10",
      months: 4,
    });
    expect(fitted("2020-01-01T00:00:00.000Z", "2030-01-01T00:00:00.000Z")).toEqual({
      month: "2026-08",
      months: 6,
    });
    expect(fitted(null, "2020-01-01T00:00:00.000Z")).toEqual({ month: "2026-11", months: 2 });
  });

  test("are as many as were asked for", () => {
    expect(fitted("2026-11-03T00:00:00.000Z", null, 12)).toEqual({ month: "2025-12", months: 12 });
    expect(fitted(null, "2026-12-24T00:00:00.000Z", 3)).toEqual({ month: "2026-10", months: 3 });
    expect(fitted(null, "2026-12-24T00:00:00.000Z", 1)).toEqual({ month: "2026-11", months: 1 });
  });

  const someMoment = fc.option(
    fc
      .date({ min: new Date("1971-01-01"), max: new Date("2999-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString()),
  );
  property.prop([someMoment, someMoment, fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined })])(
    "always have now among them",
    (earliest, latest, asked) => {
      const { month, months } = fitted(earliest, latest, asked);
      const shown = Array.from({ length: months }, (_, later) => addMonths(month, later));
      expect(shown).toContain(monthOf(new Date(now)));
      if (asked === undefined) expect(months).toBeLessThanOrEqual(6);
    },
  );
});
