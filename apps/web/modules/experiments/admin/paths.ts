import { pathsUnder } from "@calcom/features/experiments-admin/pages/paths";

export const experimentPaths = pathsUnder("/settings/admin/experiments");

/** Of a subject as answers name it, such as `user:12`. */
export function personOfSubject(subject: string, slug: string): string {
  const [unit = "", id = ""] = subject.split(":");
  return `${experimentPaths.lookup()}?${new URLSearchParams({ [unit]: id, search: slug })}`;
}
