import { compareSegments } from "../segments";
import type { Design, SegmentData } from "../types";
import type { Random } from "./random";

// To count how often segments are said to differ.
const DAYS = 28;
const design = (days: number, plannedUnits: number): Design => ({
  control: "control",
  variants: ["control", "urgent"],
  mode: "sequential",
  plannedUnits,
  plannedDays: null,
  days,
  plannedComparisons: 1,
});

interface Group {
  fact: string;
  value: string;
  perDay: number;
  rate: number;
  lift: number;
}

type Arms = Record<"control" | "urgent", { n: number; conversions: number }>;

/** Of four plans and two devices, whose rates and sizes are as unlike as they are: sizes from 5 to 400 a day. */
const groups = (liftOf: (value: string) => number): Group[] =>
  [
    ["plan", "individual", 400, 0.02],
    ["plan", "teams", 120, 0.08],
    ["plan", "organization", 40, 0.2],
    ["plan", "enterprise", 5, 0.5],
    ["device", "phone", 300, 0.05],
    ["device", "desktop", 250, 0.1],
  ].map(([fact, value, perDay, rate]) => ({
    fact: String(fact),
    value: String(value),
    perDay: Number(perDay),
    rate: Number(rate),
    lift: liftOf(String(value)),
  }));

/** Each day of one experiment. */
function watch(
  random: Random,
  of: readonly Group[],
  see: (day: number, arms: Map<Group, Arms>) => void,
): void {
  const arms = new Map<Group, Arms>(
    of.map((group) => [group, { control: { n: 0, conversions: 0 }, urgent: { n: 0, conversions: 0 } }]),
  );
  for (let day = 1; day <= DAYS; day++) {
    for (const [{ perDay, rate, lift }, { control, urgent }] of arms) {
      const came = random.binomial(2 * perDay, 0.5);
      control.n += came;
      control.conversions += random.binomial(came, rate);
      urgent.n += 2 * perDay - came;
      urgent.conversions += random.binomial(2 * perDay - came, rate * (1 + lift));
    }
    see(day, arms);
  }
}

const WEIGHTS = { control: 50, urgent: 50 };
const dataOf = (arms: Map<Group, Arms>): SegmentData[] =>
  [...arms].map(([{ fact, value }, { control, urgent }]) => ({
    fact,
    value,
    epochs: [
      {
        epoch: 1,
        weights: WEIGHTS,
        arms: { control: { kind: "rate", ...control }, urgent: { kind: "rate", ...urgent } },
      },
    ],
  }));

/** What a dashboard does that draws an interval for each segment: the difference here against that of all others, z = 1.96. */
function naiveDiffers(arms: Map<Group, Arms>, one: Group): boolean {
  const shown = (of: Arms[]) => {
    const sum = (arm: "control" | "urgent", what: "n" | "conversions") =>
      of.reduce((total, each) => total + each[arm][what], 0);
    const [c, t] = [
      sum("control", "conversions") / sum("control", "n"),
      sum("urgent", "conversions") / sum("urgent", "n"),
    ];
    return {
      log: Math.log(t / c),
      variance: (1 - c) / (c * sum("control", "n")) + (1 - t) / (t * sum("urgent", "n")),
    };
  };
  const here = shown([...arms].flatMap(([group, each]) => (group === one ? [each] : [])));
  const beside = shown(
    [...arms].flatMap(([group, each]) => (group.fact === one.fact && group !== one ? [each] : [])),
  );
  return Math.abs(here.log - beside.log) / Math.sqrt(here.variance + beside.variance) > 1.96;
}

/** Shares of experiments in which a segment is said to differ at any of the looks. */
export function countDifferent(random: Random, runs: number, liftOf: (value: string) => number) {
  const of = groups(liftOf);
  const plannedUnits =
    of.filter(({ fact }) => fact === "plan").reduce((sum, { perDay }) => sum + 2 * perDay, 0) * DAYS;
  let [valid, naive] = [0, 0];
  const found = new Map<string, number>();
  for (let run = 0; run < runs; run++) {
    const different = new Set<string>();
    let isNaive = false;
    watch(random, of, (day, arms) => {
      for (const one of compareSegments(design(day, plannedUnits), "rate", dataOf(arms)))
        if (one.isDifferent) different.add(one.value);
      isNaive ||= day >= 7 && of.some((group) => naiveDiffers(arms, group));
    });
    if (different.size > 0) valid++;
    if (isNaive) naive++;
    for (const value of different) found.set(value, (found.get(value) ?? 0) + 1);
  }
  return { valid: valid / runs, naive: naive / runs, of: (value: string) => (found.get(value) ?? 0) / runs };
}
