import {
  type ArmData,
  analyse,
  type Compared,
  type MetricInput,
  moments,
  type Random,
  twoArms,
} from "./internals";

export type RateArm = Extract<ArmData, { kind: "rate" }>;

export function rateArm(random: Random, n: number, rate: number): RateArm {
  return { kind: "rate", n, conversions: random.binomial(n, rate) };
}

export function meanArm(random: Random, n: number, mean: number, sd: number): ArmData {
  return { kind: "mean", n, value: moments(random, n, mean, sd) };
}

/** One value per unit. */
export function drawnMeanArm(n: number, draw: () => number): ArmData {
  const value = new Accumulator();
  for (let i = 0; i < n; i++) value.add(draw(), 0);
  return { kind: "mean", n, value: value.first() };
}

/** Mean, and a covariate that correlates with it by rho: exact moments of n bivariate normal units, without drawing them. */
export function covariateArm(random: Random, n: number, mean: number, sd: number, rho: number): ArmData {
  // Bartlett's decomposition of the Wishart distribution, and the means, which are independent of it.
  const a = Math.sqrt(2 * random.gamma((n - 1) / 2));
  const b = random.normal();
  const c = Math.sqrt(2 * random.gamma((n - 2) / 2));
  const [u, v] = [random.normal() / Math.sqrt(n), random.normal() / Math.sqrt(n)];
  const rest = Math.sqrt(1 - rho * rho);
  return {
    kind: "mean",
    n,
    value: {
      mean: mean + sd * (rho * u + rest * v),
      m2: sd * sd * ((rho * a + rest * b) ** 2 + (rest * c) ** 2),
    },
    covariate: { mean: u, m2: a * a, comoment: sd * a * (rho * a + rest * b) },
  };
}

/** A ratio of sums over n units, each drawn as [numerator, denominator]. */
export function ratioArm(n: number, draw: () => readonly [numerator: number, denominator: number]): ArmData {
  const both = new Accumulator();
  for (let i = 0; i < n; i++) both.add(...draw());
  return { kind: "ratio", n, numerator: both.first(), denominator: both.second(), comoment: both.comoment };
}

/** Teams with rates of their own, whose members convert: as a ratio of the teams, and as if members were randomised. */
export function teams(random: Random, count: number, rate: number): { byTeam: ArmData; byMember: RateArm } {
  let [members, conversions] = [0, 0];
  const byTeam = ratioArm(count, () => {
    const size = 5 + random.below(31);
    const converted = random.binomial(size, random.beta(6 * rate, 6 * (1 - rate)));
    members += size;
    conversions += converted;
    return [converted, size];
  });
  return { byTeam, byMember: { kind: "rate", n: members, conversions } };
}

/** Two variants, one metric, one epoch; what is not said is that of a fixed design that has ended. */
export function lookAt(control: ArmData, treatment: ArmData, design: Partial<MetricInput> = {}): MetricInput {
  return {
    control: "control",
    variants: ["control", "urgent"],
    mode: "fixed",
    plannedUnits: control.n + treatment.n,
    plannedDays: null,
    days: 28,
    plannedComparisons: 1,
    hasChances: false,
    minimumUnits: 10,
    metric: { id: "metric", kind: control.kind, direction: "increase", role: "primary", minimumEffect: null },
    epochs: twoArms(control, treatment),
    ...design,
  };
}

/** The comparison of the only treatment; null where it is withheld, which no check counts as a finding. */
export function compareArms(
  input: MetricInput,
  observe: (result: ReturnType<typeof analyse>) => void,
): Compared | null {
  const result = analyse(input);
  observe(result);
  const [comparison] = result.comparisons;
  return comparison?.status === "compared" ? comparison : null;
}

/** Welford's sums for pairs. */
class Accumulator {
  #n = 0;
  #a = { mean: 0, m2: 0 };
  #b = { mean: 0, m2: 0 };
  comoment = 0;

  add(a: number, b: number): void {
    this.#n++;
    const [fromA, fromB] = [a - this.#a.mean, b - this.#b.mean];
    this.#a.mean += fromA / this.#n;
    this.#b.mean += fromB / this.#n;
    this.#a.m2 += fromA * (a - this.#a.mean);
    this.#b.m2 += fromB * (b - this.#b.mean);
    this.comoment += fromA * (b - this.#b.mean);
  }

  first() {
    return { ...this.#a };
  }

  second() {
    return { ...this.#b };
  }
}
