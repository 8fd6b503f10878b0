import { type Check, check, type Group, near, type Simulation, shareOf } from "./check";
import { plan } from "./internals";
import { compareArms, lookAt, meanArm, rateArm } from "./samples";

/** Whether what was planned for is found as often as planned. */
export const power: Group = {
  name: "power",
  run: (simulation) => [rates(simulation), means(simulation)],
};

const design = {
  direction: "increase",
  mode: "fixed",
  control: "control",
  weights: { control: 50, urgent: 50 },
  primaryMetrics: 1,
  arrivals: { perDay: 1_000 },
  windowDays: 0,
} as const;

function rates({ random, runs, observe }: Simulation): Check {
  const count = runs(31_000);
  const planned = plan({ ...design, metric: { kind: "rate", baseline: 0.1 }, minimumEffect: 0.2 });
  const n = planned.status === "planned" ? planned.units / 2 : 0;
  const share = shareOf(count, () => {
    const input = lookAt(rateArm(random, Math.ceil(n), 0.1), rateArm(random, Math.ceil(n), 0.12));
    return compareArms(input, observe)?.outcome === "better";
  });
  return n > 0
    ? near("power-rates", "the planned effect on a rate is found", share, 0.8, count)
    : check("power-rates", "the planner gave no plan", 0, 1, 1);
}

function means({ random, runs, observe }: Simulation): Check {
  const count = runs(31_000);
  const planned = plan({ ...design, metric: { kind: "mean", mean: 10, sd: 8 }, minimumEffect: 0.1 });
  const n = planned.status === "planned" ? planned.units / 2 : 0;
  const share = shareOf(count, () => {
    const input = lookAt(meanArm(random, Math.ceil(n), 10, 8), meanArm(random, Math.ceil(n), 11, 8));
    return compareArms(input, observe)?.outcome === "better";
  });
  return near("power-means", "the planned effect on a mean is found", share, 0.8, count);
}
