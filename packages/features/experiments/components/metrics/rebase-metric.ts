import type { NewMetric } from "../../types/metric-catalog";
import { rebase } from "../form/rebase";
import type { ChangedSetting } from "../shared/ChangedAlert";
import type { describeMetric } from "./describe-metric";
import type { MetricValues } from "./metric-form-model";

/** Mine where I changed something, theirs everywhere else. */
export function rebaseMetric(base: MetricValues, mine: MetricValues, theirs: MetricValues): MetricValues {
  const { values } = rebase(base, mine, theirs);
  // A cap is a number of a kind: one part of it means nothing beside the other part of another.
  const isMine = base.capBy !== mine.capBy || base.cap !== mine.cap;
  const { capBy, cap } = isMine ? mine : theirs;
  return { ...values, capBy, cap };
}

type Metric = Pick<NewMetric, "definition" | "description">;

/** What they changed since I began, and what I made of it where I changed it too. */
export function listChanged(
  { base, mine, theirs }: { base: Metric | null; mine: Metric; theirs: Metric },
  describe: (metric: Metric) => ReturnType<typeof describeMetric>,
): ChangedSetting[] {
  const textsOf = (metric: Metric | null) =>
    new Map(metric === null ? [] : describe(metric).map(({ key, text }) => [key, text]));
  const [before, own] = [textsOf(base), textsOf(mine)];
  return describe(theirs)
    .filter(({ key, text }) => text !== before.get(key) && text !== own.get(key))
    .map(({ key, label, text }) => ({
      label,
      text,
      mine: own.get(key) === before.get(key) ? undefined : own.get(key),
    }));
}
