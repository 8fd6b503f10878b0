import { atMost, type Check, check } from "../../engine/check";
import { analyseSplit } from "../../engine/internals";
import { visit } from "../crowd";
import { buyAsPeople, type Person, peopleOf, signIn } from "../people";
import { comparisonOf, DESIGN, naiveP, pooledArms, type RateArm } from "../planted";
import type { World } from "../world";

const WEIGHTS = { control: 80, urgent: 20 };
/** All on the same people: as many as one visitor may well be in. */
const EXPERIMENTS = 10;

/**
 * Experiments that do nothing, with uneven weights, among people some of whom come with two browsers and sign in with both:
 * they buy more than others, and many of them have seen two variants by then. Where those are left out, the larger
 * variant keeps more of the people who buy.
 */
export async function twoBrowsers(world: World): Promise<Check[]> {
  const [browsers, shareOfTwo] = [world.size(10_000, 2_500), world.size(0.1, 0.3)];
  const slugs = await startTogether(world, browsers / (1 + shareOfTwo));
  const people = peopleOf(await visit(world, { slugs, count: browsers, days: [20, 4] }), shareOfTwo);
  await signIn(world, people);
  const buyers = await buyAsPeople(world, people);
  const wrong = { people: 0, mixed: 0, conversions: 0 };
  const [counted, unmixed]: [Pair[], Pair[]] = [[], []];
  let [mixed, found, alarms] = [0, 0, 0];
  for (const slug of slugs) {
    const result = await world.recount(slug);
    const arms = pooledArms(result);
    const withoutMixed = pairOf(people, buyers, slug, true);
    const mixedHere = people.length - unitsIn(withoutMixed);
    counted.push(arms);
    unmixed.push(withoutMixed);
    mixed += mixedHere;
    wrong.people += Math.abs(unitsIn(arms) - people.length);
    wrong.mixed += Math.abs(result.leftOut.mixed - mixedHere);
    wrong.conversions += gap(arms, pairOf(people, buyers, slug));
    if (comparisonOf(result)?.isSignificant) found++;
    if (result.analysis?.split.status === "off") alarms++;
  }
  const [all, rest] = [sumOf(counted), sumOf(unmixed)];
  return [
    check(
      "database-browsers-people",
      `people who are not counted once in ${EXPERIMENTS} experiments at 80/20`,
      wrong.people,
      0,
      0,
    ),
    check(
      "database-browsers-mixed",
      `of ${mixed.toLocaleString("en")} who saw two variants, how many too few or too many are shown`,
      wrong.mixed,
      0,
      0,
    ),
    check(
      "database-browsers-counted",
      "subjects and conversions that do not count for the variant seen first",
      wrong.conversions,
      0,
      0,
    ),
    atMost(
      "database-browsers-aa",
      "false positives among these, always-valid",
      found / EXPERIMENTS,
      0.05,
      EXPERIMENTS,
    ),
    check("database-browsers-alarms", "alarms about the split among these", alarms, 0, 0),
    check("database-browsers-p", "p of all of them together", naiveP(...all), 0.001, 1),
    check("database-browsers-split", "p of the split of all of them together", splitP(all), 0.001, 1),
    check(
      "database-browsers-left-out",
      "p of all if who saw two variants were left out, which must fail",
      naiveP(...rest),
      0,
      0.001,
    ),
    check(
      "database-browsers-left-out-split",
      "p of the split if they were left out, which must fail",
      splitP(rest),
      0,
      0.001,
    ),
  ];
}

type Pair = [control: RateArm, treatment: RateArm];

async function startTogether(world: World, people: number): Promise<string[]> {
  const slugs: string[] = [];
  for (let i = 0; i < EXPERIMENTS; i++) {
    const slug = await world.create({
      ...DESIGN,
      variants: Object.entries(WEIGHTS).map(([variant, percentage]) => ({ name: variant, percentage })),
      analysis: { mode: "sequential", plannedSubjects: Math.floor(people), minimumRuntimeDays: 7 },
    });
    await world.start(slug);
    slugs.push(slug);
  }
  return slugs;
}

/** By what the simulation knows: everybody for what they saw first, or only who saw one variant. */
function pairOf(
  people: readonly Person[],
  buyers: ReadonlySet<Person>,
  slug: string,
  isUnmixed = false,
): Pair {
  const arms = { control: anArm(), urgent: anArm() };
  for (const person of people) {
    const [first, second] = person;
    const variant = first.variants[slug];
    if (isUnmixed && second !== undefined && second.variants[slug] !== variant) continue;
    const arm = arms[variant === "urgent" ? "urgent" : "control"];
    arm.n++;
    if (buyers.has(person)) arm.conversions++;
  }
  return [arms.control, arms.urgent];
}

function anArm(): RateArm {
  return { kind: "rate", n: 0, conversions: 0 };
}

function unitsIn([control, treatment]: Pair): number {
  return control.n + treatment.n;
}

function gap(counted: Pair, truth: Pair): number {
  return counted.reduce((total, { n, conversions }, index) => {
    const other = truth[index] ?? anArm();
    return total + Math.abs(n - other.n) + Math.abs(conversions - other.conversions);
  }, 0);
}

/** Each experiment splits the people in a way of its own, so that what one does by chance the others do not. */
function sumOf(pairs: readonly Pair[]): Pair {
  const sum: Pair = [anArm(), anArm()];
  for (const pair of pairs)
    pair.forEach(({ n, conversions }, index) => {
      const arm = sum[index] as RateArm;
      arm.n += n;
      arm.conversions += conversions;
    });
  return sum;
}

function splitP([control, treatment]: Pair): number {
  const units = { control: control.n, urgent: treatment.n };
  const { once } = analyseSplit({
    split: [{ epoch: 1, weights: WEIGHTS, units }],
    variants: ["control", "urgent"],
  });
  return once.method === null ? 1 : once.p;
}
