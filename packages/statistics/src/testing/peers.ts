import { z } from "zod";
import { cupedAdjusted, cupedCentre, cupedTheta } from "../cuped";
import { normalIsf, normalTwoSided } from "../dist";
import { fieller } from "../fieller";
import { mixtureLogEvidence, mixtureMultiplier, mixtureP, mixtureRho } from "../mixture";
import { betaPosterior, comparePosteriors, gaussianEffect } from "../posterior";
import { unitsForRates } from "../sample-size";
import { scoreDifference, scoreRatio, scoreTest } from "../score";
import { chiSquareOfSplit } from "../split-tests";
import { type Estimate, estimateOf, welch, welchMultiplier } from "../welch";
import { groupsOf, pairOf } from "./peer-inputs";

/** By field of the published case: our figure, and why it differs where it does. */
export type Answer = Record<string, { ours: number | number[]; differs?: string } | undefined>;

const FIELLER =
  "Ours is Fieller's, or Miettinen and Nurminen's for rates, which agree with p; theirs is the delta method.";
const ONE_TEST =
  "Ours asks the difference, so that difference and lift have one p; theirs asks the delta lift.";
const SCORE = "Ours is Miettinen and Nurminen's score interval; theirs is Wald's.";
const EXACT =
  "Ours is exact from Beta(1, 1), and the loss is in points of the rate; theirs is normal on the relative scale.";
const ADJUSTED = "Ours is relative to control's adjusted mean; theirs to the unadjusted one.";
const TWO_SIDED =
  "Ours is one side of the two-sided sequence; theirs is a one-sided mixture of its own, 0.5 % wider.";
const WITHIN_UNITS =
  "Ours is on the adjusted means by Fieller; theirs by the delta method with covariances between before and after.";

export const table: Record<string, (input: unknown) => Answer> = {
  "gb-t-rel": relative,
  "gb-t-prop-rel": relative,
  "ph-t-prop": relative,
  "gb-t1g-abs": (input) => oneSided(input, 1),
  "gb-t1l-abs": (input) => oneSided(input, -1),
  "gb-seq-tune1000": (input) => mixture(input, 1_000, 0.05, (low, high) => [low, high]),
  "gb-seq1g-rel": (input) => mixture(input, 5_000, 0.1, (low) => [low, Number.POSITIVE_INFINITY]),
  "gb-seq1l-rel": (input) => mixture(input, 5_000, 0.1, (_, high) => [Number.NEGATIVE_INFINITY, high]),
  "gb-seq-cuped": cuped,
  "gb-theta-zero-variance": (input) => ({ theta: { ours: cupedTheta([groupsOf(input)]) } }),
  "gb-bayes-prop": (input) => ({ ...bayes(input, null), ...exact(input) }),
  "gb-bayes-mean-informative": (input) => bayes(input, { mean: 0.1, sd: Math.sqrt(0.1) }),
  "sp-us-95": (input) => pooled(input, 0.05),
  "sp-us-999": (input) => pooled(input, 0.001),
  "sp-srm": split,
  "osc-srm": split,
  "sp-n-small": sampleSize,
  "sp-n-alpha-power": sampleSize,
};

function tested(control: Estimate, treatment: Estimate) {
  const test = welch(control, treatment);
  if (test === null) throw new RangeError("Nothing varies.");
  return test;
}

function relative(input: unknown): Answer {
  const { control, treatment, strata, lift } = pairOf(input);
  const test = tested(control, treatment);
  const bounds =
    strata === null
      ? fieller(control, treatment, welchMultiplier(test.df, 0.05))
      : shifted(scoreRatio(strata, 0.05));
  return {
    effect: { ours: lift.effect },
    stddev: { ours: lift.se },
    ci: { ours: [bounds?.low ?? Number.NaN, bounds?.high ?? Number.NaN], differs: FIELLER },
    pValue: { ours: strata === null ? test.p : scoreTest(strata).p, differs: ONE_TEST },
  };
}

function shifted({ low, high }: { low: number; high: number }) {
  return { low: low - 1, high: high - 1 };
}

function oneSided(input: unknown, side: 1 | -1): Answer {
  const { control, treatment } = pairOf(input);
  const { difference, se, p, t, df } = tested(control, treatment);
  const half = welchMultiplier(df, 0.1) * se;
  return {
    effect: { ours: difference },
    stddev: { ours: se },
    pValue: { ours: t * side > 0 ? p / 2 : 1 - p / 2 },
    ci: { ours: [difference - half, difference + half] },
  };
}

/** The mixture is the same; what it is put on here is their standard error of the lift. */
function mixture(
  input: unknown,
  tuning: number,
  alpha: number,
  ends: (low: number, high: number) => number[],
): Answer {
  const { units, lift } = pairOf(input);
  const rho = mixtureRho(tuning, alpha);
  const half = mixtureMultiplier(units, rho, alpha) * lift.se;
  return {
    effect: { ours: lift.effect },
    stddev: { ours: lift.se },
    ci: {
      ours: ends(lift.effect - half, lift.effect + half),
      ...(alpha === 0.05 ? {} : { differs: TWO_SIDED }),
    },
    pValue: { ours: mixtureP(mixtureLogEvidence(lift.effect / lift.se, units, rho)) },
  };
}

function cuped(input: unknown): Answer {
  const groups = groupsOf(input);
  const [theta, centre] = [cupedTheta([groups]), cupedCentre(groups)];
  const [control, treatment] = groups.map((one) => {
    const { mean, m2 } = cupedAdjusted(one, theta, centre);
    return estimateOf(one.n, mean, m2);
  });
  if (control === undefined || treatment === undefined) throw new RangeError("There are two groups.");
  const units = groups.reduce((sum, { n }) => sum + n, 0);
  const bounds = fieller(control, treatment, mixtureMultiplier(units, mixtureRho(5_000, 0.05), 0.05));
  const ratio = treatment.value / control.value;
  return {
    effect: { ours: ratio - 1, differs: ADJUSTED },
    ci: { ours: [bounds?.low ?? Number.NaN, bounds?.high ?? Number.NaN], differs: WITHIN_UNITS },
    stddev: { ours: Math.sqrt(treatment.variance + ratio ** 2 * control.variance) / control.value },
  };
}

function bayes(input: unknown, prior: { mean: number; sd: number } | null): Answer {
  const { lift } = pairOf(input);
  const { mean, sd, above, controlExcess, treatmentExcess } = gaussianEffect(lift.effect, lift.se, prior);
  const half = normalIsf(0.025) * sd;
  return {
    effect: { ours: mean },
    stddev: { ours: sd },
    ci: { ours: [mean - half, mean + half] },
    chanceToWin: { ours: above },
    risk: { ours: [treatmentExcess, controlExcess] },
  };
}

function exact(input: unknown): Answer {
  const { strata } = pairOf(input);
  const [only] = strata ?? [];
  if (only === undefined) throw new RangeError("These are rates.");
  const { above, controlExcess, treatmentExcess } = comparePosteriors(
    betaPosterior(only.control.x, only.control.n),
    betaPosterior(only.treatment.x, only.treatment.n),
  );
  return {
    chanceToWin: { ours: above, differs: EXACT },
    risk: { ours: [treatmentExcess, controlExcess], differs: EXACT },
  };
}

/** Their z is pooled without N / (N − 1). */
function pooled(input: unknown, alpha: number): Answer {
  const { strata, units, lift, control } = pairOf(input);
  const { z } = scoreTest(strata ?? []);
  const { low, high } = scoreDifference(strata ?? [], alpha);
  return {
    effect: { ours: lift.effect * control.value },
    pValuePooled: { ours: normalTwoSided((z ?? 0) * Math.sqrt(units / (units - 1))) },
    ci: { ours: [low, high], differs: SCORE },
  };
}

function split(input: unknown): Answer {
  const { observed, weights } = z
    .object({ observed: z.array(z.number()), weights: z.array(z.number()) })
    .parse(input);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    pValue: {
      ours: chiSquareOfSplit(
        observed,
        weights.map((weight) => weight / whole),
      ).p,
    },
  };
}

function sampleSize(input: unknown): Answer {
  const { baseline, absoluteMde, alpha, power } = z
    .object({ baseline: z.number(), absoluteMde: z.number(), alpha: z.number(), power: z.number() })
    .parse(input);
  const strength = { mode: "fixed", alpha, power, ratio: 1 } as const;
  return { totalN: { ours: 2 * Math.ceil(unitsForRates(baseline, baseline + absoluteMde, strength)) } };
}
