import { expect, it, test } from "vitest";
import { niceScale, scaleAcrossZero, wholeScale } from "./scale";

it.each([
  [-0.2, 0.4, [-0.2, 0, 0.2, 0.4]],
  [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [-0.031, 0.054, [-0.04, -0.02, 0, 0.02, 0.04, 0.06]],
  [0, 0, [0, 0.2]],
])("a scale from %d to %d stands on round values that hold both", (low, high, ticks) => {
  const scale = niceScale(low, high);
  expect(scale.ticks).toEqual(ticks);
  expect(scale.domain).toEqual([ticks[0], ticks.at(-1)]);
});

it("whatever the ends, the scale holds them, zero is a tick where it lies between, and there are few ticks", () => {
  for (let low = -3; low <= 0; low += 0.037)
    for (let high = 0.001; high < 900; high *= 3.1) {
      const { domain, ticks } = niceScale(low, high);
      expect(domain[0]).toBeLessThanOrEqual(low + 1e-9);
      expect(domain[1]).toBeGreaterThanOrEqual(high - 1e-9);
      expect(ticks).toContain(0);
      expect(ticks.length).toBeLessThanOrEqual(8);
    }
});

it.each([
  [0.1, 0.8],
  [-0.8, -0.1],
  [-0.4, 0],
  [0, 0.4],
])("across zero, from %d to %d there is some of either side", (low, high) => {
  const { domain, ticks } = scaleAcrossZero(low, high);
  expect(domain[0]).toBeLessThan(0);
  expect(domain[1]).toBeGreaterThan(0);
  expect(ticks).toContain(0);
});

test.each(Array.from({ length: 60 }, (_, index) => index))(
  "what is counted up to %i is marked at whole numbers",
  (high: number) => {
    const { domain, ticks } = wholeScale(high);
    expect(ticks.every(Number.isInteger)).toBe(true);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(domain[0]).toBe(0);
    expect(domain[1]).toBeGreaterThanOrEqual(high);
  },
);
