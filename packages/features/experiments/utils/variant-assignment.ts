import type { Variant } from "../types/settings";
import { HASH_SPACE, type HashState, hashFrom, hashPrefix } from "./hash";

/** Shares are counted in hundredths of a percent, so that sums are exact where floats are not. */
const POINTS_OF_WHOLE = 10_000;

/** The end of a share in the hash space: an integer, and exactly 2³² for 100 %. */
export function shareEnd(percentage: number): number {
  return pointsEnd(Math.round(percentage * 100));
}

/**
 * The exclusive end of each variant's range. Together the ranges cover 0..2³² without gap or overlap
 * wherever the percentages add up to 100.
 */
export function variantBoundaries(variants: readonly Pick<Variant, "percentage">[]): number[] {
  let points = 0;
  return variants.map(({ percentage }) => {
    points += Math.round(percentage * 100);
    return pointsEnd(points);
  });
}

/** The index of the range that holds `position`; -1 past the last one. */
export function indexAt(boundaries: readonly number[], position: number): number {
  for (let index = 0; index < boundaries.length; index++) {
    if (position < (boundaries[index] as number)) return index;
  }
  return -1;
}

/** Each stage hashes under a prefix of its own, so that being in the traffic says nothing about the variant. */
export function stageHash(stage: "variant" | "traffic" | "group", salt: string): HashState {
  return hashPrefix(`${stage}:${salt}:`);
}

export function validateVariantPercentages(variants: readonly Pick<Variant, "percentage">[]): boolean {
  const points = variants.map(({ percentage }) => Math.round(percentage * 100));
  return (
    points.every((share) => share >= 0) && points.reduce((sum, share) => sum + share, 0) === POINTS_OF_WHOLE
  );
}

/** Picks a variant by hash alone: what `decide` allocates with full traffic and no rules. */
export function assignVariantDeterministic(
  unitId: string,
  salt: string,
  variants: readonly Pick<Variant, "name" | "percentage">[],
): string {
  if (!validateVariantPercentages(variants))
    throw new RangeError("The percentages of the variants must add up to 100.");
  const index = indexAt(variantBoundaries(variants), hashFrom(stageHash("variant", salt), unitId));
  return (variants[index] as Pick<Variant, "name">).name;
}

function pointsEnd(points: number): number {
  return Math.floor((points * HASH_SPACE) / POINTS_OF_WHOLE);
}
