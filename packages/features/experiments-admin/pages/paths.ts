import type { ExperimentPaths } from "@calcom/features/experiments/components/ExperimentList";

/** The addresses of the pages below one of the application's. No slug has a hyphen alone, so that none is in the way. */
export function pathsUnder(root: string): ExperimentPaths {
  const lookup = `${root}/-/people`;
  return {
    list: root === "" ? "/" : root,
    create: `${root}/new`,
    activity: `${root}/activity`,
    people: `${root}/people`,
    lookup: (slug) => `${lookup}${slug === undefined ? "" : `?search=${encodeURIComponent(slug)}`}`,
    person: ({ unit, id }) => `${lookup}?${unit}=${encodeURIComponent(id)}`,
    detail: (slug) => `${root}/${encodeURIComponent(slug)}`,
    results: (slug) => `${root}/${encodeURIComponent(slug)}?tab=results`,
    report: (slug) => `${root}/-/report/${encodeURIComponent(slug)}`,
    edit: (slug) => `${root}/${encodeURIComponent(slug)}/edit`,
  };
}
