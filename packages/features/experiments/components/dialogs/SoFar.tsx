"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { ExperimentSummary } from "../../types/admin";
import { useFormat } from "../shared/useFormat";
import { unitCountKeys } from "../shared/words";

/** How many are in by now; nothing where nobody is. */
export function SoFar({ experiment }: { experiment: Pick<ExperimentSummary, "unit" | "assignments"> }) {
  const { t } = useLocale();
  const { count } = useFormat();
  const { unit, assignments } = experiment;
  if (assignments === 0) return null;
  return t("experiment_so_far", {
    subjects: t(unitCountKeys[unit], { count: assignments, formatted: count(assignments) }),
  });
}
