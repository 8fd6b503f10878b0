import { isRounding, residualSquares } from "./rounding";
import type { Covariate, Moments } from "./types";

/** A group of units with what was known of them before. */
export interface Adjustable {
  n: number;
  value: Moments;
  covariate: Covariate;
}

/**
 * The slope that takes the most variance away, over the units of all variants and within each epoch, so that no drift
 * between epochs enters it. 0 where the covariate does not vary. Deng, Xu, Kohavi and Walker 2013, section 3.
 */
export function cupedTheta(epochs: readonly (readonly Adjustable[])[]): number {
  let [together, alone] = [0, 0];
  for (const groups of epochs) {
    const value = meanOver(groups, (group) => group.value.mean);
    const centre = cupedCentre(groups);
    let [units, product, square] = [0, 0, 0];
    for (const { n, value: own, covariate } of groups) {
      units += n;
      product += covariate.comoment + n * (own.mean - value) * (covariate.mean - centre);
      square += covariate.m2 + n * (covariate.mean - centre) ** 2;
    }
    if (isRounding(square, units, centre)) continue;
    together += product;
    alone += square;
  }
  return alone > 0 ? together / alone : 0;
}

/** The group, adjusted as if its covariate had the mean of all groups (`centre`). */
export function cupedAdjusted({ n, value, covariate }: Adjustable, theta: number, centre: number): Moments {
  return {
    mean: value.mean - theta * (covariate.mean - centre),
    m2: residualSquares(n, { y: value, x: covariate, comoment: covariate.comoment }, theta),
  };
}

/** The covariate's mean over all units of the groups. */
export function cupedCentre(groups: readonly Adjustable[]): number {
  return meanOver(groups, (group) => group.covariate.mean);
}

function meanOver(groups: readonly Adjustable[], mean: (group: Adjustable) => number): number {
  let [units, sum] = [0, 0];
  for (const group of groups) {
    units += group.n;
    sum += group.n * mean(group);
  }
  return sum / units;
}
