import { z } from "zod";
import { cupedAdjusted, cupedCentre, cupedTheta } from "../cuped";
import { ratioEstimate } from "../delta";
import * as dist from "../dist";
import { fieller } from "../fieller";
import { mixtureLogEvidence, mixtureMultiplier, mixtureP, mixtureRho } from "../mixture";
import { benjaminiHochberg, holm } from "../multiplicity";
import { bestOf, betaPosterior, comparePosteriors, gaussianEffect, transformed } from "../posterior";
import { crossing } from "../roots";
import { powerForRates, smallestTarget, unitsForMeans, unitsForRates } from "../sample-size";
import { scoreDifference, scoreRatio, scoreTest } from "../score";
import { chiSquareOfSplit, dirichletLogEvidence } from "../split-tests";
import { type Estimate, estimateOf, welch, welchMultiplier } from "../welch";
import { wilson } from "../wilson";
import { betaCdf, betaQuantile, betaSf } from "./beta";

// From the inputs of reference-cases.json to the engine's own functions, one entry per method.

type Answer = Record<string, number | number[] | boolean | null | undefined>;

/** Fields of the cases that the engine has no use for: logarithms of p, and cross-checks by other formulae. */
export const notAnswered: Record<string, readonly string[]> = {
  "dist.normal": ["log10sf"],
  "dist.chi2": ["log10sf"],
  "two_prop.z_score_mn": ["log10p"],
  "means.welch": ["log10p"],
  "srm.chi2": ["log10p"],
  "ratio.delta": ["seLargeSample", "designEffect"],
  "power.prop_n_pooled": ["ceil"],
};

export function compute(method: string, input: unknown): Answer {
  const compute = methods[method];
  if (compute === undefined) throw new RangeError(`No entry computes ${method}.`);
  return compute(input);
}

const counts = z.object({ x: z.number(), n: z.number() });
const pair = z.object({ control: counts, treatment: counts });
const withLevel = pair.extend({ confidence: z.number() });
const group = z.object({ n: z.number(), mean: z.number(), variance: z.number() });
const groups = z.object({ control: group, treatment: group, confidence: z.number() });
const sums = z.record(z.string(), z.number());
const strata = (input: unknown) => [{ weight: 1, ...pair.parse(input) }];
const read = (input: unknown, ...names: string[]) =>
  z.tuple([z.number()], z.number()).parse(names.map((name) => sums.parse(input)[name]));

const methods: Record<string, (input: unknown) => Answer> = {
  "dist.normal": (input) => {
    const [x] = read(input, "x");
    return { cdf: dist.normalSf(-x), sf: dist.normalSf(x) };
  },
  "dist.normal_quantile": (input) => ({ quantile: -dist.normalIsf(read(input, "p")[0]) }),
  "dist.t": (input) => {
    const [t, df = 0] = read(input, "t", "df");
    return { sf: dist.tSf(t, df), twoSided: dist.tTwoSided(t, df) };
  },
  "dist.t_quantile": (input) => {
    const [p, df = 0] = read(input, "p", "df");
    return { quantile: -dist.tIsf(p, df) };
  },
  "dist.chi2": (input) => {
    const [x, df = 0] = read(input, "x", "df");
    return { sf: dist.chiSquareSf(x, df) };
  },
  "dist.beta": (input) => {
    const [x, a = 0, b = 0] = read(input, "x", "a", "b");
    return { cdf: betaCdf(x, a, b), sf: betaSf(x, a, b) };
  },
  "dist.beta_quantile": (input) => {
    const [p, a = 0, b = 0] = read(input, "p", "a", "b");
    return { quantile: betaQuantile(p, a, b) };
  },
  "prop_ci.wilson": (input) => {
    const [x, n = 0, confidence = 0] = read(input, "x", "n", "confidence");
    const { low, high } = wilson(x, n, 1 - confidence);
    return { estimate: x / n, lower: low, upper: high };
  },
  "two_prop.z_score_mn": (input) => {
    const { z, p } = scoreTest(strata(input));
    return { z, pValue: p };
  },
  "two_prop.mn_diff": (input) => {
    const { control, treatment, confidence } = withLevel.parse(input);
    const { low, high } = scoreDifference(strata(input), 1 - confidence);
    return { diff: treatment.x / treatment.n - control.x / control.n, lower: low, upper: high };
  },
  "two_prop.mn_ratio": (input) => {
    const { control, treatment, confidence } = withLevel.parse(input);
    const { low, high } = scoreRatio(strata(input), 1 - confidence);
    const ratio = treatment.x / treatment.n / (control.x / control.n);
    return {
      ratio: Number.isNaN(ratio) ? null : ratio,
      lower: low,
      upper: high,
      liftLower: low - 1,
      liftUpper: high - 1,
    };
  },
  "means.welch": (input) => {
    const { control, treatment, confidence } = groups.parse(input);
    return welchAnswer(meanOf(control), meanOf(treatment), confidence);
  },
  "means.fieller_lift": (input) => {
    const { control, treatment, confidence } = groups.parse(input);
    const [c, t] = [meanOf(control), meanOf(treatment)];
    const q = welchMultiplier(welch(c, t)?.df ?? 0, 1 - confidence);
    const interval = fieller(c, t, q);
    return {
      bounded: interval !== null,
      g: (q * q * c.variance) / c.value ** 2,
      liftLower: interval?.low ?? null,
      liftUpper: interval?.high ?? null,
    };
  },
  "ratio.delta": (input) => {
    const read = z.object({ control: sums, treatment: sums, confidence: z.number() }).parse(input);
    const [c, t] = [ratioOf(read.control), ratioOf(read.treatment)];
    return {
      ...welchAnswer(c, t, read.confidence),
      controlRatio: c.value,
      treatmentRatio: t.value,
      seControl: Math.sqrt(c.variance),
      seTreatment: Math.sqrt(t.variance),
    };
  },
  "means.cuped": (input) => {
    const read = z.object({ control: sums, treatment: sums, confidence: z.number() }).parse(input);
    const both = [adjustableOf(read.control), adjustableOf(read.treatment)];
    const [theta, centre] = [cupedTheta([both]), cupedCentre(both)];
    const [control, treatment] = both.map((one) => {
      const { mean, m2 } = cupedAdjusted(one, theta, centre);
      return { raw: estimateOf(one.n, one.value.mean, one.value.m2), adjusted: estimateOf(one.n, mean, m2) };
    });
    if (control === undefined || treatment === undefined) throw new RangeError("There are two groups.");
    return {
      ...welchAnswer(control.adjusted, treatment.adjusted, read.confidence),
      theta,
      adjControlMean: control.adjusted.value,
      adjTreatmentMean: treatment.adjusted.value,
      varianceReduction:
        1 -
        (control.adjusted.variance + treatment.adjusted.variance) /
          (control.raw.variance + treatment.raw.variance),
    };
  },
  "bayes.beta_binomial": (input) => {
    const [control, treatment] = posteriors(pair.parse(input));
    const result = comparePosteriors(control, treatment);
    return {
      probTreatmentBetter: result.above,
      probControlBetter: result.below,
      expectedLossTreatment: result.controlExcess,
      expectedLossControl: result.treatmentExcess,
      meanControl: control.mean,
      meanTreatment: treatment.mean,
    };
  },
  // The quantiles of the effect, by asking which margin the treatment exceeds with the chance in question.
  "bayes.beta_credible_effect": (input) => {
    const { confidence, ...rest } = withLevel.parse(input);
    const [control, treatment] = posteriors(rest);
    const below = (1 - confidence) / 2;
    const difference = (p: number) =>
      crossing((d) => comparePosteriors(transformed(control, 1, d), treatment).below - p, 0, 0.01, 1);
    const ratio = (p: number) =>
      Math.exp(
        crossing(
          (r) => comparePosteriors(transformed(control, Math.exp(r), 0), treatment).below - p,
          0,
          0.1,
          50,
        ),
      );
    return {
      diffLower: difference(below),
      diffUpper: difference(1 - below),
      liftLower: ratio(below) - 1,
      liftUpper: ratio(1 - below) - 1,
      liftMedian: ratio(0.5) - 1,
    };
  },
  "bayes.prob_best": (input) => {
    const { variants } = z.object({ variants: z.array(counts) }).parse(input);
    const results = bestOf(variants.map(({ x, n }) => betaPosterior(x, n)));
    return {
      probBest: results.map(({ chance }) => chance),
      expectedLossVsBest: results.map(({ loss }) => loss),
    };
  },
  "bayes.gaussian_effect": (input) => {
    const read = z
      .object({
        effect: z.number(),
        se: z.number(),
        prior: z.object({ mean: z.number(), sd: z.number() }).nullable(),
        confidence: z.number(),
      })
      .parse(input);
    const { mean, sd, above, controlExcess, treatmentExcess } = gaussianEffect(
      read.effect,
      read.se,
      read.prior,
    );
    const half = dist.normalIsf((1 - read.confidence) / 2) * sd;
    return {
      mean,
      sd,
      chanceToWin: above,
      lower: mean - half,
      upper: mean + half,
      lossTreatment: controlExcess,
      lossControl: treatmentExcess,
    };
  },
  "srm.chi2": (input) => {
    const { observed, weights } = z
      .object({ observed: z.array(z.number()), weights: z.array(z.number()) })
      .parse(input);
    const whole = weights.reduce((total, weight) => total + weight, 0);
    const { p, ...rest } = chiSquareOfSplit(
      observed,
      weights.map((weight) => weight / whole),
    );
    return { ...rest, pValue: p };
  },
  "srm.sequential": (input) => {
    const { increments, probabilities, concentration } = z
      .object({
        increments: z.array(z.array(z.number())),
        probabilities: z.array(z.number()),
        concentration: z.number(),
      })
      .parse(input);
    const seen = probabilities.map(() => 0);
    let smallest = 1;
    const [pValues, logBayesFactors]: [number[], number[]] = [[], []];
    for (const increment of increments) {
      for (const [i, units] of increment.entries()) seen[i] = (seen[i] ?? 0) + units;
      const log = dirichletLogEvidence(seen, probabilities, concentration);
      smallest = Math.min(smallest, Math.exp(-log));
      logBayesFactors.push(log);
      pValues.push(smallest);
    }
    return { pValues, logBayesFactors };
  },
  "sequential.asymp_cs": (input) => {
    const [estimate, se = 0, n = 0, alpha = 0, tuningN = 0] = read(
      input,
      "estimate",
      "se",
      "n",
      "alpha",
      "tuningN",
    );
    const rho = mixtureRho(tuningN, alpha);
    const multiplier = mixtureMultiplier(n, rho, alpha);
    const log = mixtureLogEvidence(estimate / se, n, rho);
    return {
      rho,
      multiplier,
      halfwidth: multiplier * se,
      lower: estimate - multiplier * se,
      upper: estimate + multiplier * se,
      pValue: mixtureP(log),
      logEValue: log,
    };
  },
  "sequential.daily_series": dailySeries,
  "multiplicity.holm": (input) => {
    const { pValues } = z.object({ pValues: z.array(z.number()) }).parse(input);
    return { adjusted: holm(pValues, pValues.length, 0.05).p };
  },
  "multiplicity.bh": (input) => {
    const { pValues } = z.object({ pValues: z.array(z.number()) }).parse(input);
    return { adjusted: benjaminiHochberg(pValues, 0.05).p };
  },
  "power.prop_n_pooled": (input) => {
    const [baseline, target = 0, alpha = 0, power = 0] = read(input, "baseline", "target", "alpha", "power");
    return { nPerGroup: unitsForRates(baseline, target, { mode: "fixed", alpha, power, ratio: 1 }) };
  },
  "power.prop_mde": (input) => {
    const [baseline, n = 0, alpha = 0, power = 0] = read(input, "baseline", "nPerGroup", "alpha", "power");
    const target = smallestTarget(baseline, n, { mode: "fixed", alpha, power, ratio: 1 });
    return { target, absoluteMde: target - baseline, relativeMde: target / baseline - 1 };
  },
  "power.prop_power": (input) => {
    const [baseline, target = 0, n = 0, alpha = 0] = read(input, "baseline", "target", "nPerGroup", "alpha");
    return { power: powerForRates(baseline, target, n, alpha) };
  },
  "power.means_n_z": (input) => {
    const [delta, sd = 0, alpha = 0, power = 0, ratio = 0] = read(
      input,
      "delta",
      "sd",
      "alpha",
      "power",
      "allocationRatio",
    );
    const nControl = unitsForMeans(delta, sd, { mode: "fixed", alpha, power, ratio });
    return { nControl, nTreatment: nControl * ratio };
  },
};

function meanOf({ n, mean, variance }: z.infer<typeof group>): Estimate {
  return estimateOf(n, mean, variance * (n - 1));
}

function welchAnswer(control: Estimate, treatment: Estimate, confidence: number): Answer {
  const result = welch(control, treatment);
  if (result === null) return {};
  const half = welchMultiplier(result.df, 1 - confidence) * result.se;
  const { difference, p, ...rest } = result;
  return { ...rest, diff: difference, pValue: p, lower: difference - half, upper: difference + half };
}

function moments(n: number, sum: number, squares: number): { mean: number; m2: number } {
  return { mean: sum / n, m2: squares - (sum * sum) / n };
}

function ratioOf(input: Record<string, number>): Estimate {
  const { clusters = 0, sumY = 0, sumYY = 0, sumD = 0, sumDD = 0, sumYD = 0 } = input;
  const [y, d] = [moments(clusters, sumY, sumYY), moments(clusters, sumD, sumDD)];
  const estimate = ratioEstimate(clusters, y, d, sumYD - (sumY * sumD) / clusters);
  if (estimate === null) throw new RangeError("The denominators sum to 0.");
  return estimate;
}

function adjustableOf(input: Record<string, number>) {
  const { n = 0, sumY = 0, sumYY = 0, sumX = 0, sumXX = 0, sumXY = 0 } = input;
  const covariate = { ...moments(n, sumX, sumXX), comoment: sumXY - (sumX * sumY) / n };
  return { n, value: moments(n, sumY, sumYY), covariate };
}

function posteriors({ control, treatment }: z.infer<typeof pair>) {
  return [betaPosterior(control.x, control.n), betaPosterior(treatment.x, treatment.n)] as const;
}

function dailySeries(input: unknown): Answer {
  const { days, alpha, tuningN } = z
    .object({ days: z.array(pair), alpha: z.number(), tuningN: z.number() })
    .parse(input);
  const rho = mixtureRho(tuningN, alpha);
  const [control, treatment] = [
    { x: 0, n: 0 },
    { x: 0, n: 0 },
  ];
  let smallest = 1;
  const series = {
    pValues: [] as number[],
    lower: [] as number[],
    upper: [] as number[],
    fixedPValues: [] as number[],
  };
  for (const day of days) {
    control.x += day.control.x;
    control.n += day.control.n;
    treatment.x += day.treatment.x;
    treatment.n += day.treatment.n;
    const [pC, pT] = [control.x / control.n, treatment.x / treatment.n];
    const se = Math.sqrt((pC * (1 - pC)) / control.n + (pT * (1 - pT)) / treatment.n);
    const units = control.n + treatment.n;
    const half = mixtureMultiplier(units, rho, alpha) * se;
    smallest = Math.min(smallest, mixtureP(mixtureLogEvidence((pT - pC) / se, units, rho)));
    series.pValues.push(smallest);
    series.lower.push(pT - pC - half);
    series.upper.push(pT - pC + half);
    series.fixedPValues.push(dist.normalTwoSided((pT - pC) / se));
  }
  return series;
}
