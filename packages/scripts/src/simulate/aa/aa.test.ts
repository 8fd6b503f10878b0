import { describe, expect, test } from "vitest";
import { aConfig } from "../../../../features/experiments/testing/builders";
import { Random } from "../engine/internals";
import { defineMetric, type OutcomeRow } from "../internals";
import { figuresOf, wordsOf } from "./report";
import { splitAgain } from "./splits";

const bought = defineMetric({
  key: "bought",
  name: "Bought",
  kind: "conversion",
  source: { events: ["bought"] },
});
const spent = defineMetric({
  key: "spent",
  name: "Spent",
  kind: "mean",
  source: { events: ["bought"], take: "value" },
});
const worth = defineMetric({
  key: "worth",
  name: "Worth of a purchase",
  kind: "ratio",
  numerator: { events: ["bought"], take: "value" },
  denominator: { events: ["bought"] },
});
const METRICS = [bought, spent, worth];

/** A tenth does something worth about 30. */
function aCrowd(size: number): OutcomeRow[] {
  const random = new Random(7);
  return Array.from({ length: size }, (_, index): OutcomeRow => {
    const did = random.uniform() < 0.1;
    const value = -30 * Math.log(random.uniform());
    return {
      unit: `unit-${index}`,
      outcomes: did
        ? [
            [1, 0],
            [value, 0],
            [value, 1],
          ]
        : [null, null, null],
    };
  });
}

const config = (percentage: number) =>
  aConfig({
    variants: [
      { name: "control", percentage: 100 - percentage },
      { name: "urgent", percentage },
    ],
    control: "control",
  });

describe("splitting the same subjects again", () => {
  test.each([50, 20])(
    "finds a difference in about one of twenty, with %i of 100 in the treatment",
    (percentage) => {
      const splits = splitAgain(aCrowd(2_000), METRICS, config(percentage), {
        count: 600,
        random: new Random(1),
      });
      const figures = figuresOf(
        splits,
        METRICS.map(({ key }) => key),
      );
      expect(figures.map(({ id, met }) => ({ id, met }))).toEqual(
        ["bought", "spent", "worth", "split"].map((id) => ({ id, met: true })),
      );
      // A test that never fires would be met too.
      for (const found of splits.positives) expect(found).toBeGreaterThan(10);
    },
  );

  test("gives the same figures with the same seed, and others with another", () => {
    const run = (seed: number) =>
      splitAgain(aCrowd(500), METRICS, config(50), { count: 100, random: new Random(seed) });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  test("notices where subjects are not split as the weights say", () => {
    // The same id again and again is the same variant again and again.
    const same = aCrowd(500).map((row) => ({ ...row, unit: "one" }));
    const { alarms } = splitAgain(same, METRICS, config(50), { count: 50, random: new Random(1) });
    expect(alarms).toBe(50);
  });
});

describe("the figures", () => {
  const splits = { positives: [50, 100], alarms: 0, count: 1_000 };

  test("call a metric wrong that differs too often, and name the interval", () => {
    const [fine, wrong, split] = figuresOf(splits, ["fine", "wrong"]);
    expect(fine).toMatchObject({ rate: 0.05, met: true });
    expect(fine?.low).toBeCloseTo(0.0381, 4);
    expect(fine?.high).toBeCloseTo(0.0653, 4);
    expect(wrong).toMatchObject({ rate: 0.1, met: false });
    expect(split).toMatchObject({ id: "split", rate: 0, low: 0, met: true });
  });

  test("are words with the number of subjects", () => {
    const words = wordsOf("upgrade", 2_000, 1_000, figuresOf(splits, ["fine", "wrong"]));
    expect(words).toContain("2,000 subjects of upgrade, split again 1,000 times:");
    expect(words).toMatch(/^MISSED {2}wrong {3}10\.00 %/m);
  });
});
