import { describe, expect, test } from "vitest";
import { foldRecount } from "./fold";
import { keepLargest } from "./largest-segments";
import type { MomentsRow, Recount } from "./recount-rows";

const NOTHING: Recount = {
  imported: 0,
  mixed: 0,
  population: [],
  erased: [],
  moments: [],
  novelty: [],
  segments: [],
  segmentSplit: [],
  smallSegments: [],
};
const cell = { epoch: 1, variant: "control", day: "2026-11-01" };

/** Of those who have these values among so many subjects. */
function aRecount(values: number[], subjects = values.length): Recount {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const moments: MomentsRow = {
    ...cell,
    metric: "revenue",
    n: values.length,
    conversions: values.filter((value) => value > 0).length,
    yMean: mean,
    yM2: values.reduce((sum, value) => sum + (value - mean) ** 2, 0),
    xMean: 0,
    xM2: 0,
    comoment: 0,
    yMin: Math.min(...values),
    xMin: 0,
  };
  return {
    ...NOTHING,
    population: [{ ...cell, n: subjects }],
    moments: values.length === 0 ? [] : [moments],
  };
}

const least = (recount: Recount | null) => recount?.moments[0]?.yMin;

describe("what is counted now", () => {
  test("is what was, without what those counted then who count otherwise now", () => {
    const folded = foldRecount(aRecount([3, 4, 9], 10), aRecount([4], 2), aRecount([5, 6], 3));
    const all = aRecount([3, 5, 6, 9], 11);
    expect(folded?.population).toEqual(all.population);
    const [ours, theirs] = [folded?.moments[0], all.moments[0]];
    expect(ours?.n).toBe(4);
    expect(ours?.yMean).toBeCloseTo(theirs?.yMean ?? 0, 12);
    expect(ours?.yM2).toBeCloseTo(theirs?.yM2 ?? 0, 12);
    expect(ours?.yMin).toBe(3);
  });

  test("keeps no row of whoever is gone", () => {
    const folded = foldRecount(aRecount([3], 1), aRecount([3], 1), NOTHING);
    expect(folded?.population).toEqual([]);
    expect(folded?.moments).toEqual([]);
  });

  test("is not told where more would be taken away than there was", () => {
    expect(foldRecount(aRecount([3], 1), aRecount([3], 2), NOTHING)).toBeNull();
    expect(foldRecount(NOTHING, aRecount([3]), NOTHING)).toBeNull();
  });

  test("is not told where nearly all that varied has gone: the rest would be rounding", () => {
    expect(foldRecount(aRecount([1, 1.001, 1e6], 9), aRecount([1e6], 1), aRecount([], 1))).toBeNull();
  });
});

describe("the smallest, where whoever had it may have more now", () => {
  test("is known if a smaller one came", () => {
    expect(least(foldRecount(aRecount([3, 4, 9], 10), aRecount([3], 1), aRecount([2], 1)))).toBe(2);
  });
  test("is told too small while somebody has nothing, which is smaller still", () => {
    expect(least(foldRecount(aRecount([3, 4, 9], 10), aRecount([3], 1), aRecount([8], 1)))).toBe(3);
  });
  test("is not told once nobody has nothing, not later either", () => {
    expect(foldRecount(aRecount([3, 4, 9], 3), aRecount([3], 1), aRecount([8], 1))).toBeNull();
    const loose = foldRecount(aRecount([3, 4, 9], 4), aRecount([3], 1), aRecount([8], 1));
    expect(loose).not.toBeNull();
    expect(foldRecount(loose as Recount, aRecount([], 1), aRecount([7], 1))).toBeNull();
  });
  test("is not told below 0, where it is smaller than nothing", () => {
    expect(foldRecount(aRecount([-3, 4, 9], 10), aRecount([-3], 1), aRecount([8], 1))).toBeNull();
  });
  test("stays where all have the same", () => {
    expect(least(foldRecount(aRecount([1, 1, 1], 3), aRecount([1], 1), aRecount([1], 1)))).toBe(1);
  });
});

describe("the values of a fact that are shown", () => {
  const aSplit = (sizes: [string | number | boolean, number][]): Recount => ({
    ...NOTHING,
    segmentSplit: sizes.map(([value, n]) => ({ ...cell, fact: "seats", value, days: { [cell.day]: n } })),
    segments: sizes.map(([value, n]) => ({
      fact: "seats",
      value,
      variant: "control",
      n,
      converted: 0,
      y: 0,
      x: 0,
    })),
  });

  test("are those with the most subjects, the others in one number", () => {
    const kept = keepLargest(
      aSplit([
        [3, 5],
        ["few", 1],
        [7, 9],
        [9, 2],
      ]),
      2,
    );
    expect(kept?.segments.map(({ value }) => value)).toEqual([3, 7]);
    expect(kept?.segmentSplit?.map(({ value }) => value)).toEqual([3, 7]);
    expect(kept?.smallSegments).toEqual([{ fact: "seats", values: 2, subjects: 3 }]);
  });
  test("are in the order of the database where two have as many, if that is known", () => {
    expect(
      keepLargest(
        aSplit([
          [true, 5],
          [30, 5],
          [4, 5],
        ]),
        2,
      )?.segments.map(({ value }) => value),
    ).toEqual([30, 4]);
    expect(
      keepLargest(
        aSplit([
          ["a", 5],
          ["b", 5],
          [4, 9],
        ]),
        2,
      ),
    ).toBeNull();
    expect(
      keepLargest(
        aSplit([
          ["a", 5],
          ["b", 5],
          [4, 9],
        ]),
        3,
      )?.segments,
    ).toHaveLength(3);
  });
});
