"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { ExperimentSummary } from "../../types/admin";
import { relativeTime } from "./relative-time";
import { useFormat } from "./useFormat";
import { unitCountKeys } from "./words";

/** How many there are, in words that hold where they were counted a while ago, or not to their end. */
export function useCounted() {
  const { t, locale } = useLocale();
  const { count } = useFormat();
  const number = ({ assignments, areMore }: Pick<ExperimentSummary, "assignments" | "areMore">) =>
    areMore ? t("experiment_over", { formatted: count(assignments) }) : count(assignments);
  return {
    number,
    subjects: (experiment: Pick<ExperimentSummary, "unit" | "assignments" | "areMore">) =>
      // A line never breaks between the number and what it counts.
      t(unitCountKeys[experiment.unit], {
        count: experiment.assignments,
        formatted: number(experiment),
      }).replaceAll(" ", "\u00a0"),
    /** A sentence to follow it; empty where it was counted just now. */
    when: ({ countedAt }: Pick<ExperimentSummary, "countedAt">) => {
      if (countedAt === null) return "";
      // "vor 2 Min." ends a sentence by itself.
      const when = relativeTime(countedAt, new Date(), locale).replace(/\.$/, "");
      return ` ${t("experiment_counted_at", { when })}`;
    },
  };
}
