import { type Check, check } from "../../engine/check";
import { buy, visit } from "../crowd";
import { comparisonOf, DESIGN, pooledArms, revenue } from "../planted";
import type { World } from "../world";

const RATES = { control: 0.1, urgent: 0.16 };
/** The mean value of a purchase, which is exponentially distributed. */
const WORTH = { control: 20, urgent: 26 };
const SIGMAS = 4.4;

/** An effect that is there is found, and said to be as large as it is. */
export async function effect(world: World): Promise<Check[]> {
  const slug = await world.create({
    ...DESIGN,
    metrics: { primary: "event:bought", secondary: [revenue.key], guardrails: [] },
    analysis: { mode: "sequential", plannedSubjects: world.size(20_000, 3_000), minimumRuntimeDays: 7 },
  });
  await world.start(slug);
  const subjects = await visit(world, { slugs: [slug], count: world.size(20_000, 3_000), days: [20, 4] });
  const planted = { control: 0, urgent: 0 };
  const recorded = await buy(
    world,
    subjects,
    ({ variants, random }) => {
      const variant = variants[slug] === "urgent" ? "urgent" : "control";
      if (random.uniform() >= RATES[variant]) return [];
      planted[variant]++;
      return [{ delayDays: 2.9 * random.uniform(), value: -WORTH[variant] * Math.log(random.uniform()) }];
    },
    slug,
  );
  const result = await world.recount(slug);
  const arms = pooledArms(result);
  const counted = arms[0].conversions + arms[1].conversions;
  const [rate, mean] = [comparisonOf(result, 0), comparisonOf(result, 1)];
  const verdict = result.analysis?.verdict.code;
  return [
    check(
      "database-effect-recorded",
      "planted conversions that were not recorded, or not counted",
      Math.abs(planted.control + planted.urgent - recorded) + Math.abs(recorded - counted),
      0,
      0,
    ),
    check(
      "database-effect-found",
      `10 % became 16 %: the verdict is "${verdict}"`,
      verdict === "better" ? 1 : 0,
      1,
      1,
    ),
    check(
      "database-effect-rate",
      "standard errors between the planted difference of rates and the estimate",
      rate === null
        ? Number.NaN
        : (rate.difference - (RATES.urgent - RATES.control)) / errorOfRates(arms[0].n, arms[1].n),
      -SIGMAS,
      SIGMAS,
    ),
    check(
      "database-effect-mean",
      "standard errors between the planted difference of revenue per visitor and the estimate",
      mean === null
        ? Number.NaN
        : (mean.difference - (RATES.urgent * WORTH.urgent - RATES.control * WORTH.control)) /
            errorOfMeans(arms[0].n, arms[1].n),
      -SIGMAS,
      SIGMAS,
    ),
  ];
}

function errorOfRates(control: number, urgent: number): number {
  return Math.hypot(
    ...(
      [
        ["control", control],
        ["urgent", urgent],
      ] as const
    ).map(([variant, n]) => Math.sqrt((RATES[variant] * (1 - RATES[variant])) / n)),
  );
}

/** Nothing, or an exponential value: E X² = 2 p w². */
function errorOfMeans(control: number, urgent: number): number {
  return Math.hypot(
    ...(
      [
        ["control", control],
        ["urgent", urgent],
      ] as const
    ).map(([variant, n]) => {
      const [p, w] = [RATES[variant], WORTH[variant]];
      return Math.sqrt((2 * p * w * w - (p * w) ** 2) / n);
    }),
  );
}
