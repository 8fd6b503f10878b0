import type { ExperimentConfig } from "../types/config";
import type { ExclusionGroup } from "../types/settings";

type Reach = Pick<ExperimentConfig, "unit" | "exclusionGroups" | "trafficPercentage">;

/** Whether two experiments can have the same participants: of one unit, and in no group that keeps them apart. */
export function canOverlap(one: Reach, other: Reach): boolean {
  if (one.unit !== other.unit || one.trafficPercentage === 0 || other.trafficPercentage === 0) return false;
  return !one.exclusionGroups.some((group) =>
    other.exclusionGroups.some((theirs) => theirs.name === group.name && areApart(group, theirs)),
  );
}

function areApart({ ranges }: ExclusionGroup, { ranges: theirs }: ExclusionGroup): boolean {
  return ranges.every(({ from, to }) => theirs.every((range) => to <= range.from || range.to <= from));
}
