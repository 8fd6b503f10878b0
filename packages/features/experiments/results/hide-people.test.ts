import { expect, test } from "vitest";
import { hidePeople } from "./hide-people";
import type { StoredResult } from "./types";

const tested = (fact: string, value: string, ...observed: number[]) => ({
  fact,
  value,
  status: "as_planned",
  p: 1,
  pAdjusted: 1,
  once: null,
  variants: observed.map((count, at) => ({ variant: `v${at}`, observed: count, expected: count })),
});
const shown = (fact: string, value: string, ...subjects: number[]) => ({
  fact,
  value,
  metric: "upgrade",
  variants: subjects.map((count, at) => ({ variant: `v${at}`, subjects: count, converted: 0, mean: 0 })),
});

const differs = (fact: string, value: string) => ({
  fact,
  value,
  variant: "v1",
  lift: null,
  p: 0.01,
  pAdjusted: 0.02,
  isDifferent: true,
});

const result = {
  analysis: {
    split: {
      bySegment: [
        tested("email", "jane@example.com", 1, 0),
        tested("email", "joe@example.com", 1, 1),
        tested("plan", "teams", 3, 2),
      ],
    },
    state: {
      smallestP: { a: 0.1 },
      smallestSplitP: 0.5,
      smallestSegmentP: { '["email","jane@example.com"]': 1 },
    },
  },
  segments: [shown("email", "jane@example.com", 1, 0), shown("plan", "teams", 3, 2)],
  segmentTests: [differs("email", "jane@example.com"), differs("plan", "teams")],
  smallSegments: [{ fact: "email", values: 30, subjects: 30 }],
  chain: { basis: "b", state: { smallestSegmentP: { '["email","jane@example.com"]': 1 } } },
} as unknown as StoredResult;

test("a value that fewer than five have names a person: it is counted, and not told", () => {
  const told = hidePeople(result);
  expect(JSON.stringify(told)).not.toContain("@example.com");
  expect(told.segments.map(({ value }) => value)).toEqual(["teams"]);
  expect(told.segmentTests?.map(({ value }) => value)).toEqual(["teams"]);
  expect(told.analysis?.split.bySegment?.map(({ value }) => value)).toEqual(["teams"]);
  expect(told.smallSegments).toEqual([{ fact: "email", values: 32, subjects: 33 }]);
  expect(told.analysis?.state).toEqual({ smallestP: { a: 0.1 }, smallestSplitP: 0.5 });
});

test("a result of before segments were tested stays as it is", () => {
  const before = {
    ...result,
    analysis: null,
    segments: [],
    smallSegments: undefined,
  } as unknown as StoredResult;
  expect(hidePeople(before)).toMatchObject({ analysis: null, segments: [] });
});
