import type { ExperimentPaths } from "@calcom/features/experiments/components/ExperimentList";

const ROOT = "/settings/admin/experiments";

export const experimentPaths: ExperimentPaths = {
  list: ROOT,
  create: `${ROOT}/new`,
  activity: `${ROOT}/activity`,
  people: `${ROOT}/people`,
  detail: (slug) => `${ROOT}/${encodeURIComponent(slug)}`,
  results: (slug) => `${ROOT}/${encodeURIComponent(slug)}?tab=results`,
  edit: (slug) => `${ROOT}/${encodeURIComponent(slug)}/edit`,
};
