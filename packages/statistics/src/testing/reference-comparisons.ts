import { z } from "zod";
import { cupedAdjusted, cupedCentre, cupedTheta } from "../cuped";
import { ratioEstimate } from "../delta";
import * as dist from "../dist";
import { fieller } from "../fieller";
import { scoreDifference, scoreRatio, scoreTest } from "../score";
import { type Estimate, estimateOf, welch, welchMultiplier } from "../welch";
import { wilson } from "../wilson";
import { betaCdf, betaQuantile, betaSf } from "./beta";
import {
  type Answer,
  type group,
  groups,
  type Methods,
  read,
  strata,
  sums,
  withLevel,
} from "./reference-inputs";

export const distributionsMethods: Methods = {
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
};

export const comparisonsMethods: Methods = {
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
