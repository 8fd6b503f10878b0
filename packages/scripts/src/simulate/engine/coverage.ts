import { type Check, type Group, near, type Simulation } from "./check";
import { contains } from "./daily";
import type { ArmData, EpochData, MetricInput, Random } from "./internals";
import { compareArms, covariateArm, lookAt, meanArm, rateArm, ratioArm, teams } from "./samples";

interface Design {
  id: string;
  name: string;
  difference: number;
  /** Null where the sample says nothing about it. */
  lift: number | null;
  draw(random: Random): [ArmData, ArmData] | EpochData[];
}

const designs: Design[] = [
  {
    id: "rate",
    name: "rates, 2,000 per variant, 10 % and 12 %",
    difference: 0.02,
    lift: 0.2,
    draw: (random) => [rateArm(random, 2_000, 0.1), rateArm(random, 2_000, 0.12)],
  },
  {
    id: "mean",
    name: "means, 200 per variant",
    difference: 1,
    lift: 0.1,
    draw: (random) => [meanArm(random, 200, 10, 8), meanArm(random, 200, 11, 9)],
  },
  {
    id: "ratio",
    name: "ratios of sums, 300 units per variant",
    difference: 0.5,
    lift: 0.1,
    draw: (random) => [perBooking(random, 5), perBooking(random, 5.5)],
  },
  {
    id: "cluster",
    name: "200 teams per variant",
    difference: 0.05,
    lift: null,
    draw: (random) => [teams(random, 200, 0.3).byTeam, teams(random, 200, 0.35).byTeam],
  },
  {
    id: "cuped",
    name: "means with CUPED, 200 per variant",
    difference: 1,
    lift: 0.1,
    draw: (random) => [covariateArm(random, 200, 10, 8, 0.6), covariateArm(random, 200, 11, 8, 0.6)],
  },
];

/** The lift over epochs is that of the standardised rates: with these weights from 7.06 % to 9.06 %. */
const overEpochs: Design = {
  id: "epochs",
  name: "rates while 90/10 became 50/50 and the base rate fell",
  difference: 0.02,
  lift: 0.02 / ((900 * 0.1 + 2_500 * 0.06) / 3_400),
  draw: (random) => [
    {
      epoch: 1,
      weights: { control: 90, urgent: 10 },
      arms: { control: rateArm(random, 9_000, 0.1), urgent: rateArm(random, 1_000, 0.12) },
    },
    {
      epoch: 2,
      weights: { control: 50, urgent: 50 },
      arms: { control: rateArm(random, 5_000, 0.06), urgent: rateArm(random, 5_000, 0.08) },
    },
  ],
};

/** How often the interval contains the true value. */
export const coverage: Group = {
  name: "coverage",
  run: (simulation) => [...designs, overEpochs].flatMap((design) => cover(simulation, design)),
};

function cover({ random, runs, observe }: Simulation, { id, name, difference, lift, draw }: Design): Check[] {
  const count = runs(40_000);
  let [inDifference, inLift] = [0, 0];
  for (let i = 0; i < count; i++) {
    const comparison = compareArms(inputOf(draw(random)), observe);
    if (comparison === null) continue;
    if (contains(comparison.interval, difference)) inDifference++;
    if (lift !== null && comparison.lift.interval !== null && contains(comparison.lift.interval, lift))
      inLift++;
  }
  const checks = [
    near(`coverage-${id}-difference`, `difference of ${name}`, inDifference / count, 0.95, count),
  ];
  if (lift !== null) checks.push(near(`coverage-${id}-lift`, `lift of ${name}`, inLift / count, 0.95, count));
  return checks;
}

function inputOf(drawn: ReturnType<Design["draw"]>): MetricInput {
  const [first, second] = drawn;
  if (first !== undefined && second !== undefined && !("epoch" in first) && !("epoch" in second)) {
    return lookAt(first, second);
  }
  const epochs = drawn.flatMap((one) => ("epoch" in one ? [one] : []));
  const none: ArmData = { kind: "rate", n: 0, conversions: 0 };
  return { ...lookAt(none, none), plannedUnits: 20_000, epochs };
}

/** Revenue per booking: people book several times, and those who book more pay another price. */
function perBooking(random: Random, price: number): ArmData {
  return ratioArm(300, () => {
    const bookings = 1 + random.binomial(8, 0.4);
    return [bookings * price + 3 * Math.sqrt(bookings) * random.normal(), bookings];
  });
}
