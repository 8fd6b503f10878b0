import { z } from "zod";
import * as dist from "../dist";
import { bestOf, betaPosterior, comparePosteriors, gaussianEffect, transformed } from "../posterior";
import { crossing } from "../roots";
import { counts, type Methods, pair, withLevel } from "./reference-inputs";

export const posteriorsMethods: Methods = {
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
};

function posteriors({ control, treatment }: z.infer<typeof pair>) {
  return [betaPosterior(control.x, control.n), betaPosterior(treatment.x, treatment.n)] as const;
}
