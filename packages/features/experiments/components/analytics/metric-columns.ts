import type { Translate } from "@calcom/lib/i18n";
import type { Comparison } from "@calcom/statistics";
import type { MetricInfo } from "../../results/types";
import type { Unit } from "../../types/settings";
import type { Figures } from "./charts/figures";
import { hasRaised, levelText } from "./lift-words";

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

/** The same, with how sure the intervals are, and why that is more than 95 % where it is. */
export function columnsWithLevel(
  columns: MetricColumns,
  comparisons: readonly Comparison[],
  { t, figures }: { t: Translate; figures: Pick<Figures, "percentage"> },
): MetricColumns {
  const levels = comparisons.flatMap((one) =>
    one.status === "compared" ? { variant: one.variant, level: levelText(one.interval.level, figures) } : [],
  );
  const [first] = levels;
  if (first === undefined) return columns;
  const { level } = first;
  const { lift, interval } = columns;
  const why = hasRaised(comparisons) ? t("results_interval_raised") : "";
  if (levels.some((one) => one.level !== level)) {
    const each = levels.map((one) => `${one.variant} ${one.level}`).join(", ");
    const told = `${t("results_interval_levels", { levels: each })} ${why}`;
    return {
      ...columns,
      lift: { ...lift, hint: `${lift.hint}. ${told}` },
      interval: { ...interval, hint: `${interval.hint} ${told}` },
    };
  }
  return {
    ...columns,
    lift: { ...lift, hint: `${t("results_lift_hint_level", { level })} ${why}`.trimEnd() },
    interval: {
      label: t("results_interval_level", { level }),
      hint: `${interval.hint} ${why}`.trimEnd(),
    },
  };
}

const meanKeys: Record<Unit, string> = {
  user: "results_mean_user",
  team: "results_mean_team",
  visitor: "results_mean_visitor",
};
