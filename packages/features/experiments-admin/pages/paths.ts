import type { ExperimentPaths } from "@calcom/features/experiments/components/ExperimentList";
import type { MetricPaths } from "@calcom/features/experiments/components/ExperimentMetrics";

export type AdminPaths = ExperimentPaths & MetricPaths & { editMetric: (key: string) => string };

/** The addresses of the pages below one of the application's. No slug has a hyphen alone, so that none is in the way. */
export function pathsUnder(root: string): AdminPaths {
  const lookup = `${root}/-/people`;
  const metrics = `${root}/-/metrics`;
  return {
    list: root === "" ? "/" : root,
    create: `${root}/new`,
    activity: `${root}/activity`,
    people: `${root}/people`,
    calendar: `${root}/-/calendar`,
    metrics,
    newMetric: `${metrics}/new`,
    metric: (key) => `${metrics}/${encodeURIComponent(key)}`,
    editMetric: (key) => `${metrics}/${encodeURIComponent(key)}/edit`,
    checklist: `${root}/-/checklist`,
    lookup: (slug) => `${lookup}${slug === undefined ? "" : `?search=${encodeURIComponent(slug)}`}`,
    person: ({ unit, id }) => `${lookup}?${unit}=${encodeURIComponent(id)}`,
    detail: (slug) => `${root}/${encodeURIComponent(slug)}`,
    results: (slug) => `${root}/${encodeURIComponent(slug)}?tab=results`,
    setup: (slug) => `${root}/${encodeURIComponent(slug)}?tab=setup`,
    report: (slug) => `${root}/-/report/${encodeURIComponent(slug)}`,
    edit: (slug) => `${root}/${encodeURIComponent(slug)}/edit`,
  };
}
