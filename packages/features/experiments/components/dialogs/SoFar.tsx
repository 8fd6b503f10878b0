"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { ExperimentSummary } from "../../types/admin";
import { useCounted } from "../shared/useCounted";

/** How many participants there are by now; nothing if there are none. */
export function SoFar({
  experiment,
}: {
  experiment: Pick<ExperimentSummary, "unit" | "assignments" | "areMore" | "countedAt">;
}) {
  const { t } = useLocale();
  const { subjects, when } = useCounted();
  if (experiment.assignments === 0) return null;
  return t("experiment_so_far", { subjects: subjects(experiment) }) + when(experiment);
}
