import { expect, test, vi } from "vitest";
import { defineMetric } from "../../metrics/define-metric";
import { MetricRegistry } from "../../metrics/registry";
import { MetricTrials } from "./metric-trials";

const version = (n: number) =>
  defineMetric({ key: "paid", name: "Paid", kind: "conversion", source: { events: [`paid-${n}`] } });

function aTrial() {
  const findFault = vi.fn(async () => null);
  return { findFault, trials: new MetricTrials(new MetricRegistry(), { findFault }, () => 0) };
}

test("versions of one metric are tried once each, however they alternate", async () => {
  const { trials, findFault } = aTrial();
  for (const n of [1, 2, 1, 2, 1, 2]) await trials.findFault(version(n));
  expect(findFault).toHaveBeenCalledTimes(2);
});

test("what was found is kept of so many definitions at most, whatever somebody tries", async () => {
  const { trials, findFault } = aTrial();
  for (let n = 1; n <= 2_100; n++) await trials.findFault(version(n));
  await trials.findFault(version(2_100));
  expect(findFault).toHaveBeenCalledTimes(2_100);
  await trials.findFault(version(1));
  expect(findFault).toHaveBeenCalledTimes(2_101);
});
