import { stringify } from "csv-stringify/sync";
import { findImpact, readTraffic } from "./impact";
import type { StoredResult } from "./types";

const COLUMNS = [
  "metric",
  "role",
  "variant",
  "subjects",
  "conversions",
  "value",
  "value_low",
  "value_high",
  "lift",
  "lift_low",
  "lift_high",
  "difference",
  "p",
  "p_adjusted",
  "outcome",
  "withheld",
  "look",
  "as_of",
  "planned_subjects",
  "planned_days",
  "ended_short_subjects",
  "ended_short_days",
  "chosen_after_start",
  "split",
  "impact_30_days",
  "impact_30_days_low",
  "impact_30_days_high",
] as const;

/** Writes one line for each metric and variant. Texts that a spreadsheet would run as formulas are escaped. */
export function writeCsv(result: StoredResult | null): string {
  const traffic = result === null ? null : readTraffic(result);
  const lines = result?.analysis?.metrics.flatMap(({ metric, arms, comparisons }) =>
    arms.map(({ variant, units, conversions, value, interval }) => {
      const comparison = comparisons.find((one) => one.variant === variant);
      const compared = comparison?.status === "compared" ? comparison : null;
      const impact = compared === null ? null : findImpact(metric.kind, compared, traffic);
      return {
        metric: metric.id,
        role: metric.role,
        variant,
        subjects: units,
        conversions,
        value,
        value_low: interval?.low,
        value_high: interval?.high,
        lift: compared?.lift.value,
        lift_low: compared?.lift.interval?.low,
        lift_high: compared?.lift.interval?.high,
        difference: compared?.difference,
        p: compared?.p,
        p_adjusted: compared?.pAdjusted,
        outcome: compared?.outcome,
        withheld: comparison?.status === "withheld" ? comparison.reason.code : null,
        look: result.look,
        as_of: result.asOf,
        planned_subjects: result.plannedSubjects,
        planned_days: result.settings.minimumRuntimeDays,
        // Only of a fixed test that ended before its plan was reached: its comparisons are always-valid ones.
        ended_short_subjects: result.analysis?.endedShort?.units,
        ended_short_days: result.analysis?.endedShort?.days,
        chosen_after_start: String(metric.isChosenAfterStart ?? false),
        // Where it is "off", the page compares nothing: the groups are not alike.
        split: result.analysis?.split.status,
        impact_30_days: impact?.value,
        impact_30_days_low: impact?.interval.low,
        impact_30_days_high: impact?.interval.high,
      };
    }),
  );
  return stringify(lines ?? [], { header: true, columns: [...COLUMNS], escape_formulas: true });
}
