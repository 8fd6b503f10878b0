import { expect, test } from "vitest";
import { bestOf, betaPosterior, comparePosteriors, normalPosterior } from "./posterior";
import { tabulate } from "./quadrature";

test("tabulated chances agree with the incomplete beta function in both tails", () => {
  for (const [x, n] of [
    [0, 0],
    [0, 50],
    [3, 10],
    [120, 1_000],
    [5, 100_000],
    [50_000, 1_000_000],
  ] as const) {
    const { weights, arms } = tabulate([betaPosterior(x, n)]);
    const [arm] = arms;
    if (arm === undefined) expect.fail("There is one arm.");
    const [mean, total] = integrals(weights, arm.density);
    expect(total).toBeCloseTo(1, 12);
    expect(mean).toBeCloseTo(0.5, 6); // of F, under f: half of the mass lies below a random draw
    function integrals(w: Float64Array, density: Float64Array) {
      let [below, all] = [0, 0];
      for (const [i, weight] of w.entries()) {
        all += weight * (density[i] ?? 0);
        below += weight * (density[i] ?? 0) * (arm?.below[i] ?? 0);
      }
      return [below, all] as const;
    }
  }
});

test("what is missing to the other is what the closed form says", () => {
  // E[(C − T)⁺] = mC P(C' > T) − mT P(C > T'), where the primes have one conversion more.
  for (const [xC, nC, xT, nT] of [
    [100, 1_000, 120, 1_000],
    [3, 40, 9, 35],
    [2_000, 40_000, 17, 200],
  ] as const) {
    const [c, t] = [betaPosterior(xC, nC), betaPosterior(xT, nT)];
    const { controlExcess, treatmentExcess } = comparePosteriors(c, t);
    const closed =
      c.mean * comparePosteriors(t, betaPosterior(xC + 1, nC + 1)).above -
      t.mean * comparePosteriors(betaPosterior(xT + 1, nT + 1), c).above;
    expect(controlExcess).toBeCloseTo(closed, 12);
    expect(treatmentExcess - controlExcess).toBeCloseTo(t.mean - c.mean, 12);
  }
});

test("a chance of 1e-18 keeps its digits, and both sides sum to 1", () => {
  const { above, below } = comparePosteriors(betaPosterior(0, 30), betaPosterior(30, 30));
  // P(Beta(1, 31) > Beta(31, 1)) = 31 B(31, 32)
  expect(below / 2.1485584043299413e-18).toBeCloseTo(1, 10);
  expect(above + below).toBeCloseTo(1, 12);
});

test("normal posteriors give the closed form, and equal arms share the chance of being best", () => {
  const { above } = comparePosteriors(normalPosterior(0, 3), normalPosterior(5, 4));
  expect(above).toBeCloseTo(0.8413447460685429, 12); // Φ(1)
  const equal = bestOf([
    normalPosterior(1, 1),
    normalPosterior(1, 1),
    normalPosterior(1, 1),
    normalPosterior(1, 1),
  ]);
  for (const { chance, loss } of equal) {
    expect(chance).toBeCloseTo(0.25, 12);
    expect(loss).toBeCloseTo(1.0293753730039641, 10); // E[max of four standard normals]
  }
});

test("the best of two is what the pair says", () => {
  const arms = [betaPosterior(100, 1_000), betaPosterior(120, 1_000)] as const;
  const { above, below, controlExcess } = comparePosteriors(...arms);
  const [first, second] = bestOf(arms);
  expect(first?.chance).toBeCloseTo(below, 12);
  expect(second?.chance).toBeCloseTo(above, 12);
  expect(second?.loss).toBeCloseTo(controlExcess, 12);
  expect(bestOf(arms, true)[0]?.chance).toBeCloseTo(above, 12);
});
