import { describe, expect, test } from "vitest";
import { atMost, check, near, reaches } from "./check";
import { Random } from "./internals";
import { noDifference } from "./no-difference";

describe("a band", () => {
  test("is ±0.5 points about 5 % with the full number of runs, and wider with fewer", () => {
    const full = near("id", "name", 0.05, 0.05, 40_000);
    expect([full.low, full.high]).toEqual([expect.closeTo(0.0452, 4), expect.closeTo(0.0548, 4)]);
    const quick = near("id", "name", 0.05, 0.05, 4_000);
    expect(quick.high - quick.low).toBeCloseTo((full.high - full.low) * Math.sqrt(10), 10);
    expect(near("id", "name", 0.05, 0.001, 100).low).toBe(0);
  });

  test("is missed on either side, or on the one that matters", () => {
    expect(near("id", "name", 0.056, 0.05, 40_000).met).toBe(false);
    expect(near("id", "name", 0.044, 0.05, 40_000).met).toBe(false);
    expect(atMost("id", "name", 0.02, 0.05, 40_000).met).toBe(true);
    expect(atMost("id", "name", 0.056, 0.05, 40_000).met).toBe(false);
    expect(reaches("id", "name", 0.94, 0.95, 40_000).met).toBe(false);
    expect(check("id", "name", Number.NaN, 0, 1).met).toBe(false);
  });
});

test("the same seed gives the same figures, and every result is held to itself", () => {
  const run = (seed: number) => {
    let observed = 0;
    const checks = noDifference.run({
      random: new Random(seed),
      runs: () => 40,
      observe: () => {
        observed++;
      },
      observeExperiment: () => undefined,
    });
    return { checks, observed };
  };
  expect(run(1)).toEqual(run(1));
  expect(run(1).checks).not.toEqual(run(2).checks);
  expect(run(1).observed).toBe(40 * 8);
});
