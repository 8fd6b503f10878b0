import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { variantsSchema } from "../../types/settings";
import { evenSplit, moveBoundary, sumOfShares, toNumber } from "./shares";

describe("evenSplit", () => {
  test.each([
    [2, [50, 50]],
    [3, [33.3, 33.3, 33.4]],
    [4, [25, 25, 25, 25]],
    [7, [14.2, 14.3, 14.3, 14.3, 14.3, 14.3, 14.3]],
  ])("of %i", (count, shares) => expect(evenSplit(count)).toEqual(shares));

  property.prop([fc.integer({ min: 2, max: 20 })])("is accepted by the schema for any number", (count) => {
    const shares = evenSplit(count);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(0.11);
    const variants = shares.map((percentage, index) => ({ name: `variant-${index}`, percentage }));
    expect(variantsSchema.safeParse(variants).success).toBe(true);
  });
});

describe("a boundary that is moved", () => {
  test.each([
    [[50, 50], 0, 60, [60, 40]],
    [[50, 50], 0, 130, [100, 0]],
    [[50, 50], 0, -3, [0, 100]],
    [[33.3, 33.3, 33.4], 1, 70, [33.3, 36.7, 30]],
    [[33.3, 33.3, 33.4], 1, 10, [33.3, 0, 66.7]],
    [[50, 50], 0, 33.333, [33.33, 66.67]],
  ])("of %j, the one at %i to %d", (shares, index, to, moved) => {
    expect(moveBoundary(shares, index, to)).toEqual(moved);
  });

  property.prop([
    fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 19 }),
    fc.nat(),
    fc.double({ min: -50, max: 150, noNaN: true }),
  ])("leaves exactly 100, no share below 0, and all others alone", (cuts, seed, to) => {
    const sorted = [0, ...cuts.toSorted((a, b) => a - b), 10_000];
    const shares = sorted.slice(1).map((cut, index) => (cut - (sorted[index] ?? 0)) / 100);
    const index = seed % (shares.length - 1);
    const moved = moveBoundary(shares, index, to);
    expect(sumOfShares(moved)).toBe(100);
    expect(Math.min(...moved)).toBeGreaterThanOrEqual(0);
    expect(moved.filter((_, at) => at !== index && at !== index + 1)).toEqual(
      shares.filter((_, at) => at !== index && at !== index + 1),
    );
    for (const share of moved) expect(Math.round(share * 100) / 100).toBe(share);
  });
});

test("shares are added up without the errors of floating point", () => {
  expect(sumOfShares([33.3, 33.3, 33.4])).toBe(100);
  expect(sumOfShares([0.1, 0.2])).toBe(0.3);
});

test.each([
  ["33.3", 33.3],
  ["33,3", 33.3],
  [" 50 % ", 50],
  ["", Number.NaN],
  ["half", Number.NaN],
  ["1e2x", Number.NaN],
])("%j is read as %d", (text, number) => expect(toNumber(text)).toBe(number));
