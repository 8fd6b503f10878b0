import { expect, test } from "vitest";
import { findReached, type PlanReached } from "./find-reached";

const now = new Date("2026-03-01T00:00:00.000Z");
const started = "2026-01-01T00:00:00.000Z";
const plan: PlanReached = {
  exposures: [
    { day: "2026-01-12", exposed: { control: 30, urgent: 30 } },
    { day: "2026-01-02", exposed: { control: 20, urgent: 25 } },
  ],
  plannedSubjects: 100,
  windowDays: 7,
  minimumDays: 7,
};
const find = (change: Partial<PlanReached> = {}, startedAt: string | null = started) =>
  findReached({ ...plan, ...change }, startedAt, now);

test("a plan is reached once so many were exposed and their window has closed", () => {
  expect(find()).toBe("2026-01-19T00:00:00.000Z");
  expect(find({ plannedSubjects: 40 })).toBe("2026-01-09T00:00:00.000Z");
});

test("not before the least runtime, and not after now", () => {
  expect(find({ minimumDays: 30 })).toBe("2026-01-31T00:00:00.000Z");
  expect(find({ windowDays: 90 })).toBe(now.toISOString());
});

test.each([
  { plannedSubjects: 106 },
  { plannedSubjects: "many" },
  { exposures: null },
  { exposures: [null, 1, { day: 3, exposed: {} }, { day: "2026-01-02", exposed: null }] },
  { exposures: [{ day: "someday", exposed: { control: 200 } }] },
  { windowDays: 1e300 },
])("nobody knows of %o", (change) => {
  const found = find(change);
  expect(found === null || found === now.toISOString()).toBe(true);
});

test("nobody knows before the start", () => {
  expect(find({}, null)).toBeNull();
});
