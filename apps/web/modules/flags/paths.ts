const ADMIN = "/settings/admin/experiments";

export function experimentPath(slug: string): string {
  return `${ADMIN}/${encodeURIComponent(slug)}`;
}

export function editExperimentPath(slug: string): string {
  return `${experimentPath(slug)}/edit`;
}
