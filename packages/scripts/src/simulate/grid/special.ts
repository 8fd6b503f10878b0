import { type Check, check } from "../engine/check";
import { pageAt, variantsOf } from "./adapter";
import type { Mode } from "./bounds";
import type { MetricRole } from "./internals";
import type { EpochSums } from "./run";
import { noSums, type Sums } from "./sums";

/** 25 of 2,732 pay and none of 160: nothing is known, as Fisher's test says (.41). In how many ways a verdict is given. */
export function nothingAmongFew(): Check {
  const payers = (n: number, count: number): Sums => ({
    ...noSums(),
    n,
    acting: count,
    y: 30 * count,
    yy: 900 * count,
    // As a ratio, each unit has one booking.
    x: n,
    xx: n,
    xy: 30 * count,
  });
  const epochs: EpochSums[] = [
    { phase: { until: 70, weights: [95, 5], base: 1 }, arms: [payers(2_732, 25), payers(160, 0)] },
  ];
  let wrong = 0;
  for (const metric of ["rate", "mean", "ratio"] as const) {
    for (const role of ["primary", "guardrail"] satisfies MetricRole[]) {
      for (const [mode, plannedUnits, phase] of plans) {
        const design = {
          kind: { metric, isAdjusted: false },
          mode,
          variants: variantsOf(2),
          plannedUnits,
          role,
        };
        const { verdict } = pageAt(design, epochs, 20, { phase });
        if (["better", "worse", "mixed", "guardrail_worse"].includes(verdict.code)) wrong++;
      }
    }
  }
  return check("grid-none-of-160", "verdicts from none of 160 who pay and 25 of 2,732", wrong, 0, 0);
}

const plans: readonly (readonly [mode: Mode, plannedUnits: number, phase: "running" | "over"])[] = [
  ["sequential", 10_000, "running"],
  ["sequential", 2_892, "running"],
  ["sequential", 10_000, "over"],
  ["fixed", 2_892, "over"],
  ["fixed", 10_000, "over"],
];
