import type { ExperimentConfig } from "../../types/config";
import type { PlanQuestion } from "../../types/planning";

/** What a draft asks about the time to come. The server checks it: a page that reads a draft needs no schema for it. */
export function planQuestionOf(config: ExperimentConfig): PlanQuestion {
  const { unit, targetingRules, trafficPercentage, variants, control } = config;
  const { metrics, clientEvents, conversionWindowDays, analysis, assumptions } = config;
  return {
    unit,
    targetingRules,
    trafficPercentage,
    variants,
    control,
    metrics,
    clientEvents,
    conversionWindowDays,
    analysis,
    assumptions,
  };
}
