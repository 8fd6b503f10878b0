"use client";

import { useMay } from "../ExperimentPermissions";
import type { ExperimentPaths } from "../shared/paths";
import type { CheckLinks } from "./StartChecks";

/** Where the checks of a draft are mended, for the person who reads them. */
export function useCheckLinks(
  paths: Pick<ExperimentPaths, "edit" | "setup">,
  slug: string,
): Pick<CheckLinks, "edit" | "setup"> {
  const mayEdit = useMay("edit");
  return { edit: mayEdit ? paths.edit(slug) : undefined, setup: paths.setup(slug) };
}
