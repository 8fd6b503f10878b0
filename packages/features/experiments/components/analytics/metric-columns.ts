import type { Translate } from "@calcom/lib/i18n";
import type { MetricInfo } from "../../results/types";
import type { Unit } from "../../types/settings";

export interface MetricColumn {
  label: string;
  /** What it means, for whoever asks. */
  hint: string | null;
}

export interface MetricColumns {
  participants: MetricColumn;
  conversions: MetricColumn;
  value: MetricColumn;
  lift: MetricColumn;
  interval: MetricColumn;
}

/** The heads of a metric's table, which the figures of a small one bear themselves. */
export function metricColumns({ kind }: MetricInfo, unit: Unit, t: Translate): MetricColumns {
  const values = { conversion: "results_rate", mean: meanKeys[unit], ratio: "results_ratio" };
  return {
    participants: { label: t("results_participants"), hint: t("results_participants_hint") },
    conversions: { label: t("results_conversions"), hint: null },
    value: { label: t(values[kind]), hint: t("results_value_hint") },
    lift: { label: t("results_lift"), hint: t("results_lift_hint") },
    interval: { label: t("results_interval"), hint: t("results_interval_hint") },
  };
}

const meanKeys: Record<Unit, string> = {
  user: "results_mean_user",
  team: "results_mean_team",
  visitor: "results_mean_visitor",
};
