import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { roundToSum } from "./add-up";

const tenths = (parts: number[]) => roundToSum(parts, 0.001).map((part) => (100 * part).toFixed(1));

test.each([
  // Each by itself, these would be 33.9, 32.9 and 33.1.
  [
    [2_720 / 8_015, 2_640 / 8_015, 2_655 / 8_015],
    ["33.9", "33.0", "33.1"],
  ],
  [
    [1 / 3, 1 / 3, 1 / 3],
    ["33.4", "33.3", "33.3"],
  ],
  [
    [0.65, 0.35],
    ["65.0", "35.0"],
  ],
])("shares %j are shown as %j, which add up", (parts, shown) => {
  expect(tenths(parts)).toEqual(shown);
});

property.prop([fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 })])(
  "rounded parts add up to the rounded sum, and each is within one of what it was",
  (parts) => {
    const rounded = roundToSum(parts);
    const sum = (of: number[]) => of.reduce((total, part) => total + part, 0);
    expect(sum(rounded)).toBe(Math.round(sum(parts)));
    for (const [place, part] of parts.entries())
      expect(Math.abs((rounded[place] ?? 0) - part)).toBeLessThan(1 + 1e-6);
  },
);
