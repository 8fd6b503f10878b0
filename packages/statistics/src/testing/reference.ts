import { comparisonsMethods, distributionsMethods } from "./reference-comparisons";
import type { Answer, Methods } from "./reference-inputs";
import { posteriorsMethods } from "./reference-posteriors";
import { planningMethods, sequencesMethods } from "./reference-sequences";

// From the inputs of reference-cases.json to the engine's own functions, one entry per method.

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
  const entry = methods[method];
  if (entry === undefined) throw new RangeError(`No entry computes ${method}.`);
  return entry(input);
}

const methods: Methods = {
  ...distributionsMethods,
  ...comparisonsMethods,
  ...posteriorsMethods,
  ...sequencesMethods,
  ...planningMethods,
};
