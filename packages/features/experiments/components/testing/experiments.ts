import type { ExperimentDetail, ExperimentSummary } from "../../types/admin";
import type { ExperimentConfig } from "../../types/config";
import { DEFAULT_ANALYSIS, NO_METRICS, NO_SCHEDULE } from "../../types/settings";
import type { EditableExperiment } from "../form/editable";
import type { ExperimentPaths } from "../shared/paths";

export const paths: ExperimentPaths = {
  list: "/experiments",
  create: "/experiments/new",
  activity: "/experiments/activity",
  people: "/experiments/people",
  detail: (slug) => `/experiments/${slug}`,
  results: (slug) => `/experiments/${slug}?tab=results`,
  edit: (slug) => `/experiments/${slug}/edit`,
};

export function aSummary(change: Partial<ExperimentSummary> = {}): ExperimentSummary {
  return {
    slug: "upgrade-button-test",
    name: "Upgrade button",
    status: "running",
    unit: "user",
    assignmentType: "deterministic",
    variants: [
      { name: "control", percentage: 50 },
      { name: "urgent", percentage: 50 },
    ],
    control: "control",
    winnerVariant: null,
    owner: { id: 1, name: "Ada" },
    assignments: 12_480,
    recentExposures: 0,
    splitOff: null,
    chosenAfterStart: [],
    splitOffIn: [],
    version: 7,
    updatedAt: new Date("2026-11-03T10:00:00Z"),
    updatedBy: { id: 1, name: "Ada" },
    isConverted: false,
    damage: null,
    ...change,
  };
}

export function anExperiment(
  change: Partial<ExperimentDetail> = {},
  settings: Partial<ExperimentConfig> = {},
): EditableExperiment {
  const summary = aSummary(change);
  const { name, status, unit, assignmentType, variants, control, winnerVariant } = summary;
  return {
    description: "",
    epochs: [],
    ...summary,
    ...change,
    config: {
      name,
      status,
      unit,
      assignmentType,
      variants,
      control,
      winnerVariant,
      hypothesis: "",
      trafficPercentage: 100,
      exclusionGroups: [],
      targetingRules: {},
      clientEvents: [],
      conversionWindowDays: 14,
      setPersonProperties: false,
      metrics: NO_METRICS,
      analysis: DEFAULT_ANALYSIS,
      schedule: NO_SCHEDULE,
      convertedFrom: null,
      registeredMetrics: null,
      plannedBy: null,
      salt: "salt",
      hashVersion: 1,
      epoch: status === "draft" ? 0 : 1,
      startedAt: status === "draft" ? null : "2026-11-03T10:00:00.000Z",
      endedAt: null,
      ownerId: 1,
      ...settings,
    },
  };
}
