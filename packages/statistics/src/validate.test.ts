import { describe, expect, test } from "vitest";
import type { ArmData, Covariate, MetricKind, Moments } from "./types";
import { invalidData, rateMoments } from "./validate";

const fine: Moments = { mean: 2, m2: 100 };
const rate = (n: number, conversions: number, covariate?: Covariate): ArmData => ({
  kind: "rate",
  n,
  conversions,
  ...(covariate && { covariate }),
});
const mean = (value: Moments, covariate?: Covariate, n = 25): ArmData => ({
  kind: "mean",
  n,
  value,
  ...(covariate && { covariate }),
});
const ratio = (numerator: Moments, denominator: Moments, comoment: number): ArmData => ({
  kind: "ratio",
  n: 25,
  numerator,
  denominator,
  comoment,
});

function detailOf(arm: ArmData, kind: MetricKind = arm.kind): string | null {
  const reason = invalidData([{ epoch: 3, weights: { urgent: 50 }, arms: { urgent: arm } }], kind);
  if (reason === null) return null;
  expect(reason).toMatchObject({ code: "invalid_data", variant: "urgent", epoch: 3 });
  return reason.code === "invalid_data" ? reason.detail : null;
}

const MORE = "There are more conversions than units, or fewer than none.";
const SPREAD = "Mean and spread are no numbers.";
const RATIO = "The moments of numerator and denominator do not belong together.";
const COVARIATE = "The moments of value and covariate do not belong together.";
const BEYOND =
  "Its values are beyond 1e150, or all of them nearer to 0 than 1e-150. State them in another unit.";

describe("data that cannot be are named", () => {
  test.each<[string, ArmData, string]>([
    ["no whole number of units", rate(2.5, 1), "The number of units is no whole number from 0 on."],
    ["fewer units than none", rate(-1, 0), "The number of units is no whole number from 0 on."],
    ["more units than can be counted", rate(2 ** 53, 0), "The number of units is no whole number from 0 on."],
    ["more conversions than units", rate(5, 6), MORE],
    ["fewer conversions than none", rate(5, -1), MORE],
    ["conversions that are no number", rate(5, Number.NaN), MORE],
    ["a mean that is no number", mean({ mean: Number.NaN, m2: 1 }), SPREAD],
    ["a mean without end", mean({ mean: Infinity, m2: 1 }), SPREAD],
    ["a negative spread", mean({ mean: 1, m2: -1 }), SPREAD],
    ["a spread without end", mean({ mean: 1, m2: Infinity }), SPREAD],
    ["a numerator that is no number", ratio({ mean: Number.NaN, m2: 1 }, fine, 0), RATIO],
    ["a denominator with a negative spread", ratio(fine, { mean: 1, m2: -1 }, 0), RATIO],
    ["a comoment larger than both spreads allow", ratio(fine, fine, 101), RATIO],
    ["a comoment as much below 0", ratio(fine, fine, -101), RATIO],
    ["a comoment that is no number", ratio(fine, fine, Number.NaN), RATIO],
    ["a covariate with a negative spread", mean(fine, { mean: 1, m2: -1, comoment: 0 }), COVARIATE],
    [
      "a covariate that varies with the value more than both vary",
      mean(fine, { ...fine, comoment: 101 }),
      COVARIATE,
    ],
    ["a covariate of a rate that does so", rate(100, 50, { mean: 1, m2: 25, comoment: 26 }), COVARIATE],
    ["values beyond what can be squared", mean({ mean: 1e151, m2: 1 }), BEYOND],
    ["a spread beyond it", mean({ mean: 0, m2: 1e303 }), BEYOND],
    ["values below what can be squared", mean({ mean: 1e-151, m2: 0 }), BEYOND],
    ["a denominator beyond it", ratio(fine, { mean: -1e151, m2: 1 }, 0), BEYOND],
    ["a covariate beyond it", mean(fine, { mean: 1e151, m2: 1, comoment: 0 }), BEYOND],
    ["a covariate of a rate beyond it", rate(100, 50, { mean: 1e151, m2: 1, comoment: 0 }), BEYOND],
  ])("%s", (_, arm, detail) => expect(detailOf(arm)).toBe(detail));

  test("data of another kind than the metric", () => {
    expect(detailOf(rate(5, 1), "mean")).toBe("The data are of a rate and the metric is a mean.");
    expect(detailOf(mean(fine), "ratio")).toBe("The data are of a mean and the metric is a ratio.");
  });

  test("a weight that is no share", () => {
    for (const weight of [-1, Number.NaN, Infinity])
      expect(invalidData([{ epoch: 2, weights: { urgent: weight }, arms: {} }], "rate")).toEqual({
        code: "invalid_data",
        variant: "urgent",
        epoch: 2,
        detail: "The weight is no share.",
      });
  });

  test("wherever they are: in a later variant of a later epoch", () => {
    const weights = { control: 50, urgent: 50 };
    const epochs = [
      { epoch: 1, weights, arms: { control: rate(5, 1), urgent: rate(5, 5) } },
      { epoch: 2, weights, arms: { control: rate(5, 0), urgent: rate(5, 6) } },
    ];
    expect(invalidData(epochs, "rate")).toMatchObject({ epoch: 2, variant: "urgent", detail: MORE });
    expect(invalidData(epochs.slice(0, 1), "rate")).toBeNull();
  });
});

describe("data that can be are none", () => {
  test.each<[string, ArmData]>([
    ["no unit, whatever its figures", mean({ mean: Number.NaN, m2: Number.NaN }, undefined, 0)],
    ["everybody converts", rate(5, 5)],
    ["nobody converts", rate(5, 0)],
    ["all values are 0", mean({ mean: 0, m2: 0 })],
    ["values at the edge of what can be squared", mean({ mean: 1e150, m2: 0 })],
    ["and at the other edge", mean({ mean: -1e-150, m2: 0 })],
    ["a comoment as large as both spreads allow", ratio(fine, fine, 100)],
    ["that was rounded a little beyond", ratio(fine, fine, 100.000_05)],
    ["a covariate that explains every value", mean(fine, { ...fine, comoment: -100 })],
    ["a covariate of a rate that explains it", rate(100, 50, { mean: 1, m2: 25, comoment: 25 })],
  ])("%s", (_, arm) => expect(detailOf(arm)).toBeNull());
});

test("a rate has the moments of ones and zeros", () => {
  expect(rateMoments(4, 1)).toEqual({ mean: 0.25, m2: 0.75 });
});
