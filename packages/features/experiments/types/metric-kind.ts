import type { MetricKind as AnalysedKind } from "@calcom/statistics";
import { z } from "zod";

export const metricKindSchema = z.enum(["conversion", "mean", "ratio"]);

export type MetricKind = z.infer<typeof metricKindSchema>;

interface MetricTraits {
  /** The kind of data that the engine gets. */
  analysedAs: AnalysedKind;
  /** Whether values are shares of subjects: they are written in percent, and differ by percentage points. */
  isShare: boolean;
  /** Whether what happened on each day adds up to the value. */
  isSumOfDays: boolean;
}

/** A new kind begins here. The compiler then names what else tells kinds apart. */
export const metricKinds: Record<MetricKind, MetricTraits> = {
  conversion: { analysedAs: "rate", isShare: true, isSumOfDays: true },
  mean: { analysedAs: "mean", isShare: false, isSumOfDays: true },
  ratio: { analysedAs: "ratio", isShare: false, isSumOfDays: false },
};
