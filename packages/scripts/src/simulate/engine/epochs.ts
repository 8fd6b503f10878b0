import { atMost, type Check, check, type Group, type Simulation } from "./check";
import type { EpochData, MetricInput } from "./internals";
import { compareArms, lookAt, type RateArm, rateArm } from "./samples";

/** From 90/10 to 50/50 while the base rate falls, and no variant makes a difference. */
export const epochs: Group = {
  name: "changed weights",
  run: (simulation) => (["fixed", "sequential"] as const).flatMap((mode) => changedWeights(simulation, mode)),
};

function changedWeights({ random, runs, observe }: Simulation, mode: MetricInput["mode"]): Check[] {
  const count = runs(18_000);
  let [combined, pooled] = [0, 0];
  for (let i = 0; i < count; i++) {
    const before = { control: rateArm(random, 9_000, 0.1), urgent: rateArm(random, 1_000, 0.1) };
    const after = { control: rateArm(random, 5_000, 0.06), urgent: rateArm(random, 5_000, 0.06) };
    const data: EpochData[] = [
      { epoch: 1, weights: { control: 90, urgent: 10 }, arms: before },
      { epoch: 2, weights: { control: 50, urgent: 50 }, arms: after },
    ];
    const design = { mode, plannedUnits: 20_000 };
    const honest = lookAt(before.control, before.urgent, { ...design, epochs: data });
    if (compareArms(honest, observe)?.isSignificant) combined++;
    const together = lookAt(added(before.control, after.control), added(before.urgent, after.urgent), design);
    if (compareArms(together, observe)?.isSignificant) pooled++;
  }
  return [
    atMost(
      `epochs-${mode}`,
      `false positives after 90/10 became 50/50, ${mode}`,
      combined / count,
      0.05,
      count,
    ),
    check(
      `epochs-${mode}-pooled`,
      "the same if the epochs were pooled, which must fail",
      pooled / count,
      0.5,
      1,
    ),
  ];
}

function added(a: RateArm, b: RateArm): RateArm {
  return { kind: "rate", n: a.n + b.n, conversions: a.conversions + b.conversions };
}
