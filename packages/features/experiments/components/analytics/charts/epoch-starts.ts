import type { Epoch } from "../../../types/admin";
import type { TimeSpan } from "./series";

/** When shares or traffic were changed while the chart runs: the first epoch is where it begins. */
export function epochStarts(
  epochs: readonly Pick<Epoch, "startedAt">[],
  { from, until }: TimeSpan,
): number[] {
  return epochs
    .map(({ startedAt }) => startedAt.getTime())
    .sort((a, b) => a - b)
    .slice(1)
    .filter((at) => at > from && at < until);
}
