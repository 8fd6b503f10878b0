import { expect, test } from "vitest";
import { countRecent, foldCounts, tellCounts } from "./fold-counts";
import type { CountedRecount } from "./recount-rows";

const RECOUNT: CountedRecount = {
  imported: 3,
  mixed: 1,
  population: [
    { epoch: 1, variant: "control", day: "2026-11-01", n: 5 },
    { epoch: 2, variant: "control", day: "2026-11-02", n: 2 },
    { epoch: 2, variant: "control", day: null, n: 4 },
    { epoch: 1, variant: "urgent", day: null, n: 6 },
  ],
  erased: [],
  moments: [],
  novelty: [],
  segments: [],
  converted: [
    { variant: "control", event: "bought", n: 3 },
    { variant: "control", event: "seen", n: 2 },
    // Those who did what a metric counts, and those who did something else alone.
    { variant: "control", event: null, n: 3 },
    { variant: "control", event: null, n: 1 },
  ],
  assignments: 21,
  recent: [{ at: 10, n: 2 }],
};

test("counts by variant are told from a recount", () => {
  expect(tellCounts(RECOUNT)).toEqual({
    variants: [
      { variant: "control", assigned: 11, exposed: 7, converted: 4, events: { bought: 3, seen: 2 } },
      { variant: "urgent", assigned: 6, exposed: 0, converted: 0, events: {} },
    ],
    imported: 3,
    mixed: 1,
    assignments: 21,
    recent: [{ at: 10, n: 2 }],
  });
});

test("exposures of the last 24 hours are those of ten minutes that lie in them", () => {
  const at = (minutes: number) => Date.UTC(2026, 10, 1, 12, minutes) / 600_000;
  const recent = [
    { at: at(0), n: 1 },
    { at: at(10), n: 2 },
    { at: at(20), n: 4 },
  ];
  expect(countRecent(recent, new Date("2026-11-02T12:10:00Z"))).toBe(6);
  expect(countRecent(recent, new Date("2026-11-02T12:10:00.001Z"))).toBe(4);
});

test("counts that would be below nothing are not told", () => {
  const rows = tellCounts(RECOUNT);
  expect(foldCounts(rows, rows, rows)).toEqual(rows);
  expect(foldCounts(rows, { ...rows, recent: [{ at: 10, n: 3 }] }, rows)).toMatchObject({
    recent: [{ at: 10, n: 1 }],
  });
  const none = { ...rows, recent: [] };
  expect(foldCounts(none, { ...rows, recent: [{ at: 10, n: 3 }] }, none)).toBeNull();
});
