import { expect, test } from "vitest";
import type { LeftOut } from "../../results/types";
import { reconcile } from "./reconciliation";
import { aMeasuredResult, withVerdict } from "./testing/results";

const nobody: LeftOut = { imported: 0, mixed: 0, notExposed: 0, immature: 0, afterPlannedEnd: 0, erased: 0 };

/** 4,385 are compared. */
const withSeen = (seen: number, leftOut: Partial<LeftOut> = {}) => ({
  ...aMeasuredResult(),
  exposed: { control: seen - 2_400, urgent: 2_400 },
  leftOut: { ...nobody, ...leftOut },
});

test.each([
  ["nobody is left out", withSeen(4_385)],
  [
    "some of each kind are",
    withSeen(4_900, { imported: 25, mixed: 3, notExposed: 140, immature: 515, erased: 9 }),
  ],
  ["more came after the planned end", withSeen(5_000, { immature: 400, afterPlannedEnd: 215 })],
  ["some were erased and cannot be asked after", withSeen(4_392, { erased: 9 })],
])("what was assigned, less what dropped out, is what is compared where %s", (_when, result) => {
  const { assigned, less, compared } = reconcile(result) ?? { assigned: 0, less: [], compared: 1 };
  expect(assigned - less.reduce((sum, { count }) => sum + count, 0)).toBe(compared);
  expect(compared).toBe(4_385);
  expect(less.every(({ count }) => count > 0)).toBe(true);
});

test("each reason stands with its number, in the order in which people drop out", () => {
  const result = withSeen(4_904, { imported: 25, notExposed: 140, immature: 519 });
  expect(reconcile(result)).toEqual({
    assigned: 5_069,
    less: [
      { reason: "imported", count: 25 },
      { reason: "notExposed", count: 140 },
      { reason: "immature", count: 519 },
    ],
    compared: 4_385,
  });
});

test("numbers that do not add up are not shown", () => {
  expect(reconcile(withSeen(4_500))).toBeNull();
  expect(reconcile(withSeen(4_300))).toBeNull();
  expect(reconcile(withSeen(4_400, { erased: 9 }))).toBeNull();
});

test("nothing is reconciled where nothing is compared", () => {
  expect(reconcile({ ...withSeen(4_385), analysis: null })).toBeNull();
  const early = withVerdict({ code: "too_early", unitsToGo: 9, conversionsToGo: 0, daysToGo: 3 });
  const metrics = early.analysis?.metrics.map((metric) => ({ ...metric, comparisons: [] })) ?? [];
  expect(reconcile({ ...early, analysis: early.analysis && { ...early.analysis, metrics } })).toBeNull();
});
