import type { Forecast } from "../types/planning";

/** Who matches now has to be enough for the target, unless the traffic of before says that enough will come. */
export function isTargetOutOfReach(
  trafficPercentage: number,
  { matching, frozen }: Pick<Forecast, "matching" | "frozen">,
): boolean {
  if (matching === null || frozen.weeks !== null) return false;
  return (matching.matching * trafficPercentage) / 100 < frozen.subjects;
}
