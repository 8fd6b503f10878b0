import type { ExperimentDetail, ExperimentSummary } from "../../types/admin";
import type { ExperimentConfig } from "../../types/config";
import { newConfig } from "../../utils/new-config";
import type { EditableExperiment } from "../form/editable";
import type { ExperimentPaths } from "../shared/paths";

export const paths: ExperimentPaths = {
  list: "/experiments",
  create: "/experiments/new",
  activity: "/experiments/activity",
  people: "/experiments/people",
  calendar: "/experiments/-/calendar",
  metrics: "/experiments/-/metrics",
  metric: (key) => `/experiments/-/metrics/${key}`,
  checklist: "/experiments/-/checklist",
  lookup: (slug = "") => `/experiments/-/people?search=${slug}`,
  person: ({ unit, id }) => `/experiments/-/people?${unit}=${id}`,
  detail: (slug) => `/experiments/${slug}`,
  results: (slug) => `/experiments/${slug}?tab=results`,
  setup: (slug) => `/experiments/${slug}?tab=setup`,
  edit: (slug) => `/experiments/${slug}/edit`,
  report: (slug) => `/experiments/-/report/${slug}`,
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
    takeBackUntil: null,
    owner: { id: 1, name: "Ada" },
    tags: [],
    assignments: 12_480,
    areMore: false,
    countedAt: null,
    recentExposures: 0,
    splitOff: null,
    chosenAfterStart: [],
    splitOffIn: [],
    health: null,
    effect: null,
    verdictMetric: null,
    version: 7,
    updatedAt: new Date("2026-11-03T10:00:00Z"),
    updatedBy: { id: 1, name: "Ada" },
    isConverted: false,
    isTurnedOff: false,
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
    lastAsk: null,
    ...summary,
    ...change,
    config: newConfig({
      name,
      status,
      unit,
      assignmentType,
      variants,
      control,
      winnerVariant,
      salt: "salt",
      epoch: status === "draft" ? 0 : 1,
      startedAt: status === "draft" ? null : "2026-11-03T10:00:00.000Z",
      ownerId: 1,
      ...settings,
    }),
  };
}
