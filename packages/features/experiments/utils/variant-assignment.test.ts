import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { HASH_SPACE } from "./hash";
import {
  assignVariantDeterministic,
  indexAt,
  shareEnd,
  validateVariantPercentages,
  variantBoundaries,
} from "./variant-assignment";

const halves = [
  { name: "control", percentage: 50 },
  { name: "treatment", percentage: 50 },
];

/** Every way to cut 100 % into shares of 0.01 %. */
const shares = fc
  .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 19 })
  .map((cuts) => [0, ...cuts.sort((a, b) => a - b), 10_000])
  .map((cuts) => cuts.slice(1).map((end, index) => ({ percentage: (end - (cuts[index] as number)) / 100 })));

describe("boundaries", () => {
  test.prop([shares])("cover 0..2³² without gap or overlap for all shares in steps of 0.01", (variants) => {
    const ends = variantBoundaries(variants);
    expect(ends.at(-1)).toBe(HASH_SPACE);
    expect(ends.every((end, index) => Number.isInteger(end) && end >= (ends[index - 1] ?? 0))).toBe(true);
    for (const [index, { percentage }] of variants.entries()) {
      const width = (ends[index] as number) - (ends[index - 1] ?? 0);
      expect(Math.abs(width - (percentage / 100) * HASH_SPACE)).toBeLessThan(2);
    }
  });

  test.prop([shares, fc.integer({ min: 0, max: HASH_SPACE - 1 })])(
    "give every hash a variant",
    (variants, hash) => {
      const index = indexAt(variantBoundaries(variants), hash);
      expect(variants[index]?.percentage).toBeGreaterThan(0);
    },
  );

  it("make 33.3, 33.3 and 33.4 a whole", () => {
    const ends = variantBoundaries([{ percentage: 33.3 }, { percentage: 33.3 }, { percentage: 33.4 }]);
    expect(ends).toEqual([1_430_224_109, 2_860_448_219, HASH_SPACE]);
  });

  it("end the whole exactly where the hash space ends", () => {
    expect(shareEnd(100)).toBe(HASH_SPACE);
    expect(shareEnd(0)).toBe(0);
  });
});

describe("a range", () => {
  it("begins where the one before ends, and the last one ends before its end", () => {
    expect([0, 9, 10, 19, 20].map((position) => indexAt([10, 20], position))).toEqual([0, 0, 1, 1, -1]);
    expect(indexAt([], 0)).toBe(-1);
  });

  it.each<[number[], boolean]>([
    [[0, 100], true],
    [[-10, 110], false],
    [[110, -10], false],
  ])("of %j percent adds up: %s", (percentages, isValid) => {
    expect(validateVariantPercentages(percentages.map((percentage) => ({ percentage })))).toBe(isValid);
  });
});

describe("deterministic assignment", () => {
  it("is what it has always been", () => {
    const ids = Array.from({ length: 24 }, (_, id) => String(id + 1));
    expect(ids.map((id) => assignVariantDeterministic(id, "exp-1", halves)[0]).join("")).toBe(
      "cttcctccccttttccttctcctc",
    );
  });

  it("returns the same variant for the same user and experiment", () => {
    const first = assignVariantDeterministic("user-123", "exp-1", halves);
    expect(assignVariantDeterministic("user-123", "exp-1", halves)).toBe(first);
  });

  it("distributes variants according to their percentages", () => {
    const variants = [
      { name: "control", percentage: 80 },
      { name: "treatment", percentage: 20 },
    ];
    const treated = Array.from({ length: 10_000 }, (_, id) =>
      assignVariantDeterministic(String(id), "exp-1", variants),
    ).filter((variant) => variant === "treatment").length;
    // Four standard deviations around 2,000.
    expect(Math.abs(treated - 2_000)).toBeLessThan(160);
  });

  it("refuses percentages that do not add up to 100, rather than mending them", () => {
    const invalid = [
      { name: "control", percentage: 50 },
      { name: "treatment", percentage: 49.99 },
    ];
    expect(validateVariantPercentages(invalid)).toBe(false);
    expect(() => assignVariantDeterministic("1", "exp-1", invalid)).toThrow("add up to 100");
  });
});
