import { atMost, type Check, check, type Group, type Simulation } from "./check";
import { countDifferent } from "./internals";

/** Whether the effect is said to differ between segments, with 28 daily looks. */
export const segments: Group = {
  name: "segments",
  run: (simulation) => [...alike(simulation, 0), ...alike(simulation, 0.3), different(simulation)],
};

/** The same lift in every segment, whose rates and sizes are as unlike as can be. */
function alike({ random, runs }: Simulation, lift: number): Check[] {
  const count = runs(1_500);
  const { valid, naive } = countDifferent(random, count, () => lift);
  const which = lift === 0 ? "no effect" : `a lift of ${100 * lift} % everywhere`;
  return [
    atMost(`segments-alike-${lift}`, `segments that "differ" at any look, with ${which}`, valid, 0.05, count),
    check(`segments-naive-${lift}`, "the same with each segment by itself, which must fail", naive, 0.2, 1),
  ];
}

function different({ random, runs }: Simulation): Check {
  const found = countDifferent(random, runs(500), (value) => (value === "organization" ? 0.7 : 0));
  return check(
    "segments-power",
    "one segment of 7 % with a lift of 70 % is found",
    found.of("organization"),
    0.8,
    1,
  );
}
