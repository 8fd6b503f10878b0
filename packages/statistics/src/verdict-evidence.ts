import type { MeasuredMetric } from "./metric-measure";
import type { Compared, GuardrailResult, MetricResult } from "./results-types";
import type { SplitResult } from "./split-types";
import type { AnalysisInput } from "./types";

/** What the verdict is made from. */
export interface Evidence {
  input: AnalysisInput;
  measured: readonly MeasuredMetric[];
  metrics: readonly MetricResult[];
  split: SplitResult;
  guardrails: readonly GuardrailResult[];
}

/** A primary metric's comparison, with what is needed to say it. */
export interface Primary {
  result: MetricResult;
  comparison: Compared;
}
