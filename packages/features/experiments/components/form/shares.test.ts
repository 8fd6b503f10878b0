import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { variantsSchema } from "../../types";
import { evenSplit, sumOfShares, toNumber } from "./shares";

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
