import { describe, expect, test } from "vitest";
import { multiplierOf, oracleFinds } from "./bounds";
import { boundOf, type Cell, cells, liftOf } from "./cell";
import { Random } from "./internals";
import { kinds } from "./kinds";
import { type PairLook, pairAt } from "./pair";
import { Run } from "./run";
import { DAYS, splits } from "./splits";
import { noSums } from "./sums";

/** Of their squares 60,000 units show too little; what follows from them is tested by the spread of differences. */
const HEAVY = [
  "lognormal-sparse",
  "lognormal-dense",
  "pareto",
  "cuped-mean",
  "refunds",
  "per-booking",
  "teams-pareto",
];

describe.each(kinds.map((kind) => [kind.id, kind] as const))("units of %s", (id, kind) => {
  test.each([1, 0.7, 1.6])("add what is expected of them, at %s of control's level", (factor) => {
    const [units, expected] = [60_000, kind.expected(factor)];
    const sums = noSums();
    kind.draw(new Random(7), units, factor, sums);
    expect(sums.n).toBe(units);
    for (const [first, square] of [
      ["y", "yy"],
      ["x", "xx"],
      ["acting", "acting"],
    ] as const) {
      const variance = expected[square] - expected[first] ** 2;
      const error = 4.5 * Math.sqrt(variance / units);
      expect(Math.abs(sums[first] / units - expected[first]), first).toBeLessThanOrEqual(error);
    }
    if (HEAVY.includes(id)) return;
    for (const square of ["yy", "xx", "xy"] as const) {
      expect(Math.abs(sums[square] / units - expected[square]), square).toBeLessThanOrEqual(
        0.06 * expected[square],
      );
    }
  });
});

test.each(splits.map((split) => [split.id, split] as const))("units under %s come as planned", (_, split) => {
  const [kind] = kinds;
  if (kind === undefined) throw new TypeError("There are kinds.");
  const daily = new Run(new Random(3), kind, split, 10_003, 0);
  while (daily.day < DAYS) daily.advance();
  const once = new Run(new Random(4), kind, split, 10_003, 0);
  once.finish();
  for (const { epochs } of [daily, once]) {
    expect(epochs.flatMap(({ arms }) => arms).reduce((sum, { n }) => sum + n, 0)).toBe(10_003);
    for (const { phase, arms } of epochs) {
      const all = arms.reduce((sum, { n }) => sum + n, 0);
      for (const [variant, weight] of phase.weights.entries()) {
        const share = weight / 100;
        const error = 4.5 * Math.sqrt(all * share * (1 - share));
        expect(Math.abs((arms[variant]?.n ?? 0) - all * share)).toBeLessThanOrEqual(error);
      }
    }
  }
  expect(daily.epochs.map(({ arms }) => arms.length)).toEqual(once.epochs.map(({ arms }) => arms.length));
});

describe("the bound with the true variance", () => {
  // The variance of the heaviest is that of values that hardly ever come: no number of runs shows it.
  const someCells = cells
    .filter(({ kind: { id } }) => id !== "lognormal-dense" && id !== "pareto")
    .filter(({ units, split: { id } }) => units <= 10_000 && ["50/50", "90/10", "ramp"].includes(id));

  test.each(someCells.map((cell) => [cell.id, cell] as const))("knows the spread of %s", (_, cell) => {
    const scores = endsOf({ ...cell, units: Math.min(cell.units, 3_000) }, 200, 0.3).map(
      ({ oracleDifference, trueDifference, oracleVariance }) =>
        (oracleDifference - trueDifference) / Math.sqrt(oracleVariance),
    );
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (scores.length - 1);
    expect(Math.abs(mean)).toBeLessThan(4.5 / Math.sqrt(scores.length));
    expect(variance).toBeGreaterThan(0.55);
    expect(variance).toBeLessThan(1.7);
  });

  test("finds at the end what it was sized for, in four of five runs", () => {
    const cell = cellNamed("conversion-10_80/20_10000");
    const lift = liftOf(cell, "fixed");
    const found = endsOf(cell, 600, lift).filter((look) =>
      oracleFinds(look, boundOf(cell, "fixed"), 1),
    ).length;
    expect(Math.abs(found / 600 - 0.8)).toBeLessThan(4.5 * Math.sqrt(0.16 / 600));
  });

  test("asks 1.96 standard errors of one look, more of several treatments, and 3.035 of all looks at the plan", () => {
    expect(multiplierOf({ mode: "fixed", planned: 100, alpha: 0.05 }, 100)).toBeCloseTo(1.96, 3);
    expect(multiplierOf(boundOf(cellNamed("price-1_80/5/5/5/5_10000"), "fixed"), 100)).toBeCloseTo(2.498, 3);
    expect(multiplierOf({ mode: "sequential", planned: 100, alpha: 0.05 }, 100)).toBeCloseTo(3.035, 3);
  });
});

function cellNamed(id: string): Cell {
  const cell = cells.find((one) => one.id === id);
  if (cell === undefined) throw new TypeError(`There is no cell ${id}.`);
  return cell;
}

function endsOf({ kind, split, units }: Cell, runs: number, lift: number): PairLook[] {
  return Array.from({ length: runs }, (_, i) => {
    const run = new Run(new Random(100 + i), kind, split, units, lift);
    run.finish();
    return pairAt(kind, run.epochs, 1, lift);
  }).filter((look) => look !== null);
}
