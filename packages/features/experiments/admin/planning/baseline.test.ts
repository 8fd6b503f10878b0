import { describe, expect, test } from "vitest";
import { measureBaseline } from "./baseline";

const rows = (outcomes: ([number, number] | null)[]) =>
  outcomes.map((outcome, index) => ({ unit: String(index), outcomes: [outcome] }));
const repeated = (outcomes: ([number, number] | null)[]) =>
  rows(Array.from({ length: 50 }, () => outcomes).flat());

describe("a baseline", () => {
  test("of conversions is the share with whom any happened, of all who were seen", () => {
    expect(measureBaseline("conversion", repeated([[2, 1], null, null, [0, 1]]), 0)).toMatchObject({
      value: 0.25,
      subjects: 200,
      input: { kind: "rate", baseline: 0.25 },
    });
  });

  test("of a mean counts who did nothing as zero, with the spread over all", () => {
    const found = measureBaseline("mean", repeated([[4, 1], null]), 0);
    expect(found?.value).toBe(2);
    expect(found?.input).toMatchObject({ kind: "mean", mean: 2, sd: expect.closeTo(2.01, 2) });
  });

  test("of a ratio is the ratio of the sums, and has no spread where all have the same", () => {
    expect(
      measureBaseline(
        "ratio",
        repeated([
          [6, 2],
          [3, 1],
        ]),
        0,
      ),
    ).toBeNull();
    const found = measureBaseline(
      "ratio",
      repeated([
        [6, 1],
        [3, 2],
      ]),
      0,
    );
    expect(found?.value).toBe(3);
    // Deviations are (6 − 3)/1.5 = 2 and (3 − 6)/1.5 = −2.
    expect(found?.input).toMatchObject({ kind: "mean", mean: 3, sd: expect.closeTo(2.01, 2) });
  });

  test("knows how much of the spread was known before, as CUPED takes it away", () => {
    // y = 3 + x ± 1 in equal parts: of the variance of 2 one half is x's.
    const half = repeated([
      [5, 1],
      [3, 1],
      [3, -1],
      [1, -1],
    ]);
    expect(measureBaseline("mean", half, 0)?.varianceReduction).toBeCloseTo(0.5, 10);
    const known = repeated([
      [1, 1],
      [1, 0],
      [0, 0],
      [0, 0],
    ]);
    // r² = (1/4 − 1/8)² / (1/4 · 3/16)
    expect(measureBaseline("conversion", known, 0)?.varianceReduction).toBeCloseTo(1 / 3, 10);
    expect(measureBaseline("mean", repeated([[4, 0], null]), 0)?.varianceReduction).toBe(0);
    expect(measureBaseline("mean", repeated([[4, 4], null]), 0)?.varianceReduction).toBe(0.99);
    expect(
      measureBaseline(
        "ratio",
        repeated([
          [6, 1],
          [3, 2],
        ]),
        0,
      )?.varianceReduction,
    ).toBe(0);
  });

  test("is not there of too few, of nobody's conversion and of everybody's", () => {
    expect(measureBaseline("conversion", rows([[1, 1], null]), 0)).toBeNull();
    expect(measureBaseline("conversion", repeated([null, null]), 0)).toBeNull();
    expect(
      measureBaseline(
        "conversion",
        repeated([
          [1, 1],
          [1, 1],
        ]),
        0,
      ),
    ).toBeNull();
  });
});
