import { atMost, type Check, check, type Group, reaches, type Simulation } from "./check";
import { type Compared, type MetricInput, plan } from "./internals";
import { compareArms, lookAt, type RateArm, rateArm } from "./samples";

const DAYS = 28;
const PER_DAY = 500;

/** What is looked at every day. */
export const daily: Group = {
  name: "28 daily looks",
  run: (simulation) => [...nothing(simulation), effect(simulation), planned(simulation)],
};

/** No difference: always-valid results hold, and the plain z that many dashboards show does not. */
function nothing(simulation: Simulation): Check[] {
  const runs = simulation.runs(18_000);
  let [valid, naive] = [0, 0];
  for (let i = 0; i < runs; i++) {
    let [isFound, isNaivelyFound] = [false, false];
    look(simulation, 0.05, 0.05, (comparison, control, treatment) => {
      isFound ||= comparison.isSignificant;
      isNaivelyFound ||= Math.abs(plainZ(control, treatment)) > 1.959963984540054;
    });
    if (isFound) valid++;
    if (isNaivelyFound) naive++;
  }
  return [
    atMost("aa-sequential", "false positives at any look, always-valid", valid / runs, 0.05, runs, 0.001),
    check("aa-naive-looks", "the same with a fixed z at every look, which must fail", naive / runs, 0.2, 1),
  ];
}

/** An effect: its interval contains it at every look at once. */
function effect(simulation: Simulation): Check {
  const runs = simulation.runs(18_000);
  let covered = 0;
  for (let i = 0; i < runs; i++) {
    let isCovered = true;
    look(simulation, 0.05, 0.06, ({ interval, lift }) => {
      isCovered &&= contains(interval, 0.01) && (lift.interval === null || contains(lift.interval, 0.2));
    });
    if (isCovered) covered++;
  }
  return reaches(
    "coverage-uniform",
    "the true effect is in the interval at all 28 looks",
    covered / runs,
    0.95,
    runs,
  );
}

/** The effect that was planned for is found by the planned end. */
function planned(simulation: Simulation): Check {
  const runs = simulation.runs(9_000);
  const design = plan({
    metric: { kind: "rate", baseline: 0.05 },
    direction: "increase",
    minimumEffect: 0.2,
    mode: "sequential",
    control: "control",
    weights: { control: 50, urgent: 50 },
    primaryMetrics: 1,
    arrivals: { perDay: 2 * PER_DAY },
    windowDays: 0,
  });
  const units = design.status === "planned" ? design.units : 0;
  const perDay = Math.ceil(units / 2 / DAYS);
  let found = 0;
  for (let i = 0; i < runs; i++) {
    let isFound = false;
    look(
      simulation,
      0.05,
      0.06,
      ({ isSignificant }) => {
        isFound ||= isSignificant;
      },
      perDay,
      units,
    );
    if (isFound) found++;
  }
  return reaches(
    "power-sequential",
    "the planned effect is found by the planned end, with daily looks",
    found / runs,
    0.8,
    runs,
  );
}

function look(
  { random, observe }: Simulation,
  baseRate: number,
  rate: number,
  see: (comparison: Compared, control: RateArm, treatment: RateArm) => void,
  perDay = PER_DAY,
  plannedUnits = 2 * DAYS * perDay,
): void {
  const control: RateArm = { kind: "rate", n: 0, conversions: 0 };
  const treatment: RateArm = { kind: "rate", n: 0, conversions: 0 };
  let previous: MetricInput["previous"];
  for (let day = 1; day <= DAYS; day++) {
    add(control, rateArm(random, perDay, baseRate));
    add(treatment, rateArm(random, perDay, rate));
    const input = lookAt({ ...control }, { ...treatment }, { mode: "sequential", plannedUnits, previous });
    // A latched p may outlive its interval; a result is held to itself where it is the first.
    const comparison = compareArms(input, previous === undefined ? observe : ignore);
    if (comparison === null) continue;
    previous = { smallestP: { metric: { urgent: comparison.p } }, smallestSplitP: 1 };
    see(comparison, control, treatment);
  }
}

function ignore(): void {}

function add(sum: RateArm, more: RateArm): void {
  sum.n += more.n;
  sum.conversions += more.conversions;
}

function plainZ(control: RateArm, treatment: RateArm): number {
  const pooled = (control.conversions + treatment.conversions) / (control.n + treatment.n);
  const se = Math.sqrt(pooled * (1 - pooled) * (1 / control.n + 1 / treatment.n));
  return (treatment.conversions / treatment.n - control.conversions / control.n) / se;
}

export function contains({ low, high }: { low: number | null; high: number | null }, value: number): boolean {
  return (low === null || low <= value) && (high === null || high >= value);
}
