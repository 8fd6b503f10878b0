import { atMost, type Check, check, type Group, near, type Simulation, shareOf } from "./check";
import { type ArmData, analyseExperiment, type Random } from "./internals";
import { compareArms, drawnMeanArm, lookAt, rateArm, teams } from "./samples";

interface Pair {
  id: string;
  name: string;
  draw(random: Random): [ArmData, ArmData];
  /** Skewed, sparse or unevenly split data may find less than alpha. */
  isConservative?: boolean;
}

const rates = (
  id: string,
  name: string,
  nC: number,
  nT: number,
  rate: number,
  isConservative = false,
): Pair => ({
  id,
  name,
  isConservative,
  draw: (random) => [rateArm(random, nC, rate), rateArm(random, nT, rate)],
});

const pairs: Pair[] = [
  rates("aa-fixed-1000", "1,000 per variant, rate 10 %", 1_000, 1_000, 0.1),
  rates("aa-fixed-10000", "10,000 per variant, rate 5 %", 10_000, 10_000, 0.05),
  rates("aa-fixed-uneven", "200 against 1,800, rate 10 %", 200, 1_800, 0.1, true),
  rates("aa-fixed-rare", "5,000 per variant, rate 0.2 %", 5_000, 5_000, 0.002, true),
  {
    id: "aa-fixed-lognormal",
    name: "500 per variant, lognormal revenue",
    isConservative: true,
    draw: (random) => [lognormal(random), lognormal(random)],
  },
];

/** Where there is no difference: how often one is found. */
export const noDifference: Group = {
  name: "A/A, fixed",
  run: (simulation) => [
    ...pairs.map((pair) => falsePositives(simulation, pair)),
    ...clusters(simulation),
    familywise(simulation),
  ],
};

function falsePositives(simulation: Simulation, { id, name, draw, isConservative }: Pair): Check {
  const runs = simulation.runs(40_000);
  const share = shareOf(runs, () => isFound(simulation, ...draw(simulation.random)));
  const title = `false positives, ${name}`;
  return isConservative ? atMost(id, title, share, 0.05, runs, 0.025) : near(id, title, share, 0.05, runs);
}

function lognormal(random: Random): ArmData {
  return drawnMeanArm(500, () => Math.exp(random.normal()));
}

function isFound({ observe }: Simulation, control: ArmData, treatment: ArmData): boolean {
  return compareArms(lookAt(control, treatment), observe)?.isSignificant === true;
}

/** Teams are randomised and members counted: by the team it holds, by the member it must not. */
function clusters(simulation: Simulation): Check[] {
  const runs = simulation.runs(40_000);
  let [byTeam, byMember] = [0, 0];
  for (let i = 0; i < runs; i++) {
    const [control, treatment] = [teams(simulation.random, 200, 0.3), teams(simulation.random, 200, 0.3)];
    if (isFound(simulation, control.byTeam, treatment.byTeam)) byTeam++;
    if (isFound(simulation, control.byMember, treatment.byMember)) byMember++;
  }
  return [
    near(
      "aa-cluster-delta",
      "false positives, 200 teams per variant, by the team",
      byTeam / runs,
      0.05,
      runs,
    ),
    check("aa-cluster-naive", "the same by the member, which must fail", byMember / runs, 0.15, 1),
  ];
}

/** Any of three variants like control, in one family. */
function familywise({ random, runs, observe }: Simulation): Check {
  const count = runs(40_000);
  const variants = ["control", "one", "two", "three"];
  const share = shareOf(count, () => {
    const arms = Object.fromEntries(variants.map((variant) => [variant, rateArm(random, 2_000, 0.1)]));
    const weights = Object.fromEntries(variants.map((variant) => [variant, 25]));
    const { metrics } = analyseExperiment({
      ...lookAt(rateArm(random, 2_000, 0.1), rateArm(random, 2_000, 0.1)),
      variants,
      plannedUnits: 8_000,
      plannedComparisons: 3,
      split: [],
      metrics: [
        {
          metric: { id: "metric", kind: "rate", direction: "increase", role: "primary", minimumEffect: null },
          epochs: [{ epoch: 1, weights, arms }],
        },
      ],
    });
    return metrics.some((result) => {
      observe(result);
      return result.comparisons.some((one) => one.status === "compared" && one.isSignificant);
    });
  });
  return atMost("aa-holm", "any false positive, three variants like control", share, 0.05, count, 0.03);
}
