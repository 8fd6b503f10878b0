import { describe, expect, test } from "vitest";
import { aConfig } from "../../../../features/experiments/testing/builders";
import { Random } from "../engine/internals";
import { defineMetric, type OutcomeRow } from "../internals";
import { figuresOf, wordsOf } from "./report";
import { type MetricSplits, type Splits, splitAgain } from "./splits";

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
      day: `2026-11-${String(1 + (index % 20)).padStart(2, "0")}`,
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

const config = (percentage: number, mode: "fixed" | "sequential" = "fixed") =>
  aConfig({
    analysis: { mode, plannedSubjects: 2_000, minimumRuntimeDays: 7 },
    conversionWindowDays: 3,
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
      for (const { positives, withheld } of splits.metrics) {
        expect(positives).toBeGreaterThan(10);
        expect(withheld).toEqual({});
      }
    },
  );

  test.each([
    [50, [false, true, true]],
    [10, [true, true, true]],
  ] as const)(
    "is careful where few carry a metric, with %i of 100 in the treatment",
    (percentage, careful) => {
      // Two hundred have bought, and what a few of them spent is a large part of the spread.
      const options = { count: 1, random: new Random(1) };
      const { metrics } = splitAgain(aCrowd(2_000), METRICS, config(percentage), options);
      expect(metrics.map(({ isCareful }) => isCareful)).toEqual(careful);
    },
  );

  test("gives the same figures with the same seed, and others with another", () => {
    const run = (seed: number) =>
      splitAgain(aCrowd(500), METRICS, config(50), { count: 100, random: new Random(seed) });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  test("watches as the experiment is watched: every day, and rarely wrong at any of them", () => {
    const [count, seed] = [400, 3];
    const options = () => ({ count, random: new Random(seed) });
    const { daily, metrics } = splitAgain(aCrowd(2_000), METRICS, config(50, "sequential"), options());
    expect(metrics).toEqual(splitAgain(aCrowd(2_000), METRICS, config(50), options()).metrics);
    for (const { positives, withheld } of daily ?? []) {
      expect(positives).toBeLessThan(0.04 * count);
      expect(withheld).toEqual({});
    }
    expect(daily?.some(({ positives }) => positives > 0)).toBe(true);
    const idle = aCrowd(2_000).map((row) => ({ ...row, outcomes: [null] }));
    expect(splitAgain(idle, [bought], config(50, "sequential"), options()).daily).toMatchObject([
      { positives: 0, withheld: { too_few_conversions: count } },
    ]);
  });

  test("withholds what too few have done, and says so instead of finding nothing", () => {
    const rare = aCrowd(2_000).map((row, index) => ({
      ...row,
      outcomes: index < 6 ? [[1, 0] as [number, number]] : [null],
    }));
    const splits = splitAgain(rare, [bought], config(50), { count: 100, random: new Random(1) });
    expect(splits.metrics).toEqual([
      { positives: 0, withheld: { too_few_conversions: 100 }, isCareful: true },
    ]);
    expect(splits.daily).toBeNull();
  });

  test("notices where subjects are not split as the weights say", () => {
    // The same id again and again is the same variant again and again.
    const same = aCrowd(500).map((row) => ({ ...row, unit: "one" }));
    const { alarms } = splitAgain(same, METRICS, config(50), { count: 50, random: new Random(1) });
    expect(alarms).toBe(50);
  });
});

describe("the figures", () => {
  const aMetric = (changes: Partial<MetricSplits>): MetricSplits => ({
    positives: 50,
    withheld: {},
    isCareful: true,
    ...changes,
  });
  const splits: Splits = {
    metrics: [aMetric({}), aMetric({ positives: 100 })],
    daily: null,
    alarms: 0,
    count: 1_000,
  };

  test("call a metric wrong that differs too often, and name the interval", () => {
    const [fine, wrong, split] = figuresOf(splits, ["fine", "wrong"]);
    expect(fine).toMatchObject({ rate: 0.05, met: true });
    expect(fine?.low).toBeCloseTo(0.0381, 4);
    expect(fine?.high).toBeCloseTo(0.0653, 4);
    expect(wrong).toMatchObject({ rate: 0.1, met: false });
    expect(split).toMatchObject({ id: "split", rate: 0, low: 0, met: true });
  });

  test("call one wrong that differs too seldom, unless few subjects carry it", () => {
    const metrics = [aMetric({ positives: 15 }), aMetric({ positives: 15, isCareful: false })];
    const [careful, wrong] = figuresOf({ ...splits, metrics }, ["careful", "wrong"]);
    expect(careful).toMatchObject({ rate: 0.015, least: 0, met: true });
    expect(wrong).toMatchObject({ rate: 0.015, least: expect.closeTo(0.0197, 4), met: false });
  });

  test("are of those splits that were tested, and none where most were not", () => {
    const metrics = [
      aMetric({ positives: 30, withheld: { too_few_conversions: 400 } }),
      aMetric({ positives: 0, withheld: { too_few_conversions: 900, no_variation: 20 } }),
    ];
    const figures = figuresOf({ ...splits, metrics }, ["fewer", "none"]);
    expect(figures).toMatchObject([
      { tested: 600, rate: 0.05, met: true },
      { tested: 80, rate: null, low: null, high: null, met: null },
      { id: "split" },
    ]);
    expect(wordsOf("upgrade", 2_000, 1_000, figures).split("\n").slice(1, 6)).toEqual([
      expect.stringMatching(/^met {5}fewer {4}5\.00 % false positives/),
      expect.stringMatching(/^ +withheld in 400 splits: too few subjects have converted$/),
      "-       none   most splits cannot be tested:",
      expect.stringMatching(/^ +withheld in 900 splits: too few subjects have converted$/),
      expect.stringMatching(/^ +withheld in 20 splits: all subjects have the same value$/),
    ]);
  });

  test("are words with the number of subjects", () => {
    const words = wordsOf("upgrade", 2_000, 1_000, figuresOf(splits, ["fine", "wrong"]));
    expect(words).toContain("2,000 subjects of upgrade, split again 1,000 times:");
    expect(words).toMatch(/^MISSED {2}wrong {3}10\.00 %/m);
  });
});
