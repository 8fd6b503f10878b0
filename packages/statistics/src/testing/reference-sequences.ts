import { z } from "zod";
import * as dist from "../dist";
import { mixtureLogEvidence, mixtureMultiplier, mixtureP, mixtureRho } from "../mixture";
import { benjaminiHochberg, holm } from "../multiplicity";
import { powerForRates, smallestTarget, unitsForMeans, unitsForRates } from "../sample-size";
import { chiSquareOfSplit, dirichletLogEvidence } from "../split-tests";
import { type Answer, type Methods, pair, read } from "./reference-inputs";

export const sequencesMethods: Methods = {
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
};

export const planningMethods: Methods = {
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
