import { describe, expect, test } from "vitest";
import { chiSquareSf, logGamma } from "../dist";
import { Random } from "./random";

const DRAWS = 40_000;

describe("seeded draws", () => {
  test.each([
    [8, 0.3],
    [1_000, 0.004],
    [60, 0.4],
    [5_000, 0.02],
    [400, 0.85],
  ])("of Binomial(%i, %f) are spread as its probabilities say", (n, p) => {
    const random = new Random(n);
    const counts = new Map<number, number>();
    for (let i = 0; i < DRAWS; i++) {
      const x = random.binomial(n, p);
      counts.set(x, (counts.get(x) ?? 0) + 1);
    }
    let [statistic, cells, seen, expectedSeen] = [0, 0, 0, 0];
    for (let x = 0; x <= n; x++) {
      const expected = DRAWS * Math.exp(logChance(n, p, x));
      if (expected < 5) continue;
      statistic += ((counts.get(x) ?? 0) - expected) ** 2 / expected;
      cells++;
      seen += counts.get(x) ?? 0;
      expectedSeen += expected;
    }
    expect(chiSquareSf(statistic, cells - 1)).toBeGreaterThan(1e-4);
    expect(Math.abs(seen - expectedSeen)).toBeLessThan(0.001 * DRAWS);
  });

  test("of the normal and the gamma distribution have their moments", () => {
    const random = new Random(1);
    const [normal, gamma] = [momentsOf(() => random.normal()), momentsOf(() => random.gamma(2.5))];
    expect(normal).toEqual({ mean: expect.closeTo(0, 1), variance: expect.closeTo(1, 1) });
    expect(gamma).toEqual({ mean: expect.closeTo(2.5, 1), variance: expect.closeTo(2.5, 1) });
  });

  test("repeat with the seed", () => {
    const [one, same, other] = [new Random(5), new Random(5), new Random(6)];
    const draws = (random: Random) => Array.from({ length: 20 }, () => random.uniform());
    const first = draws(one);
    expect(draws(same)).toEqual(first);
    expect(draws(other)).not.toEqual(first);
  });
});

function logChance(n: number, p: number, x: number): number {
  return logGamma(n + 1) - logGamma(x + 1) - logGamma(n - x + 1) + x * Math.log(p) + (n - x) * Math.log1p(-p);
}

function momentsOf(draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: DRAWS }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS };
}
