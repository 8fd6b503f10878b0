import { DEFAULT_ANALYSIS } from "../types/analysis";
import { NO_ASSUMPTIONS } from "../types/assumptions";
import type { ExperimentConfig } from "../types/config";
import { NO_METRICS } from "../types/metrics";
import { DEFAULT_WINDOW_DAYS, NO_SCHEDULE } from "../types/settings";

/** The configuration of a draft of which only this is known. All else is as in an empty form. */
export function newConfig(
  known: Pick<ExperimentConfig, "name" | "salt"> & Partial<ExperimentConfig>,
): ExperimentConfig {
  return {
    hypothesis: "",
    learning: "",
    tags: [],
    unit: "user",
    assignmentType: "deterministic",
    variants: [],
    control: "control",
    trafficPercentage: 100,
    exclusionGroups: [],
    targetingRules: {},
    clientEvents: [],
    conversionWindowDays: DEFAULT_WINDOW_DAYS,
    setPersonProperties: false,
    metrics: NO_METRICS,
    withoutMetric: null,
    analysis: DEFAULT_ANALYSIS,
    assumptions: NO_ASSUMPTIONS,
    schedule: NO_SCHEDULE,
    convertedFrom: null,
    registeredMetrics: null,
    catalogMetrics: [],
    plannedBy: null,
    status: "draft",
    hashVersion: 1,
    epoch: 0,
    winnerVariant: null,
    conclusionReason: null,
    takenBack: null,
    startedAt: null,
    endedAt: null,
    ownerId: null,
    ...known,
  };
}
