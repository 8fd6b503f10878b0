import type { ExperimentPaths } from "@calcom/features/experiments/components/ExperimentList";

const ROOT = "/settings/admin/experiments";
/** No slug has a hyphen alone, so that none is in the way. */
const LOOKUP = `${ROOT}/-/people`;

export const experimentPaths: ExperimentPaths = {
  list: ROOT,
  create: `${ROOT}/new`,
  activity: `${ROOT}/activity`,
  people: `${ROOT}/people`,
  calendar: `${ROOT}/-/calendar`,
  lookup: (slug) => `${LOOKUP}${slug === undefined ? "" : `?search=${encodeURIComponent(slug)}`}`,
  person: ({ unit, id }) => `${LOOKUP}?${unit}=${encodeURIComponent(id)}`,
  detail: (slug) => `${ROOT}/${encodeURIComponent(slug)}`,
  results: (slug) => `${ROOT}/${encodeURIComponent(slug)}?tab=results`,
  report: (slug) => `${ROOT}/-/report/${encodeURIComponent(slug)}`,
  edit: (slug) => `${ROOT}/${encodeURIComponent(slug)}/edit`,
};

/** Of a subject as answers name it, such as `user:12`. */
export function personOfSubject(subject: string, slug: string): string {
  const [unit = "", id = ""] = subject.split(":");
  return `${LOOKUP}?${new URLSearchParams({ [unit]: id, search: slug })}`;
}
