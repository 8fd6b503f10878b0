import { describe, expect, test } from "vitest";
import { canOverlap } from "./find-overlap";

const all = { unit: "user", exclusionGroups: [], trafficPercentage: 100 } as const;
const inGroup = (...ranges: [number, number][]) => ({
  ...all,
  exclusionGroups: [{ name: "checkout", ranges: ranges.map(([from, to]) => ({ from, to })) }],
});
const open = { ...all, exclusionGroups: [] };

describe("two experiments", () => {
  test.each([
    ["of one unit without groups", open, open, true],
    ["of different units", open, { ...open, unit: "team" as const }, false],
    ["one of which takes nobody", open, { ...open, trafficPercentage: 0 }, false],
    ["one of which is in a group", open, inGroup([0, 50]), true],
    ["whose ranges of a group touch", inGroup([0, 50]), inGroup([50, 100]), false],
    ["whose ranges of a group overlap", inGroup([0, 51]), inGroup([50, 100]), true],
    ["one of whose ranges overlap", inGroup([0, 10], [60, 70]), inGroup([10, 60], [65, 66]), true],
  ])("%s share participants: %#", (_what, one, other, expected) => {
    expect(canOverlap(one, other)).toBe(expected);
    expect(canOverlap(other, one)).toBe(expected);
  });
});
