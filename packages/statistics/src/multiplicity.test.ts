import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { benjaminiHochberg, holm } from "./multiplicity";

const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });

describe("an interval excludes 0 exactly where the adjusted p is small enough", () => {
  test.prop([ps, fc.integer({ min: 0, max: 10 })])(
    "by Holm, at a level of at least 1 − alpha",
    (values, more) => {
      const m = values.length + more;
      const { p, alphas } = holm(values, m, 0.05);
      for (const [i, value] of values.entries()) {
        const [adjusted, alpha] = [p[i] ?? 1, alphas[i] ?? 1];
        expect(alpha).toBeLessThanOrEqual(0.05);
        expect(alpha).toBeGreaterThanOrEqual(0.05 / m - 1e-15);
        if (Math.abs(value - alpha) > 1e-12) expect(value <= alpha).toBe(adjusted <= 0.05);
      }
    },
  );

  test.prop([ps])("by Benjamini and Hochberg, at one level for all", (values) => {
    const { p, alphas } = benjaminiHochberg(values, 0.05);
    expect(new Set(alphas).size).toBe(1);
    for (const [i, value] of values.entries()) {
      const alpha = alphas[i] ?? 1;
      if (Math.abs(value - alpha) > 1e-12) expect(value <= alpha).toBe((p[i] ?? 1) <= 0.05);
    }
  });
});

test("comparisons that were planned and are missing count as nothing found", () => {
  expect(holm([0.02], 3, 0.05)).toEqual({ p: [0.06], alphas: [0.05 / 3] });
  expect(holm([], 2, 0.05)).toEqual({ p: [], alphas: [] });
});
