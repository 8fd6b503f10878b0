import type { Translate } from "@calcom/lib/i18n";
import type { LiftReason, WithheldReason } from "@calcom/statistics";
import { subjects, type Words } from "./words";

/** Why there is no number. */
export function reasonText(reason: WithheldReason, words: Words): string {
  const { t, figures } = words;
  switch (reason.code) {
    case "invalid_data":
      return t("results_reason_invalid_data", { variant: reason.variant, detail: reason.detail });
    case "no_data":
    case "no_common_epoch":
    case "no_variation_within":
    case "zero_denominator":
    case "denominator_near_zero":
      return t(`results_reason_${reason.code}`, { variant: reason.variant });
    case "too_few_days":
      return t("results_reason_too_few_days", { days: figures.count(reason.days), count: reason.needed });
    case "too_few_units":
      return t("results_reason_too_few_units", {
        variant: reason.variant,
        units: figures.count(reason.units),
        needed: subjects(reason.needed, words),
      });
    case "too_few_conversions":
      return t("results_reason_too_few_conversions", {
        conversions: figures.count(Math.floor(reason.conversions)),
        needed: figures.count(Math.ceil(reason.needed)),
      });
    case "too_few_failures":
      return reason.failures > 0
        ? t("results_reason_too_few_failures", {
            failures: figures.count(Math.floor(reason.failures)),
            needed: figures.count(Math.ceil(reason.needed)),
          })
        : t("results_reason_no_failures");
    case "not_measured":
      return t("results_reason_not_measured", {
        metric: words.nameOf(reason.metric),
        fault: words.faultOf(reason.metric),
      });
    case "no_plan":
    case "no_primary_metric":
    case "before_planned_end":
    case "no_variation":
    case "no_variation_left":
    case "chosen_after_start":
      return t(`results_reason_${reason.code}`);
  }
}

export function liftReasonText({ code }: LiftReason, t: Translate): string {
  return t(`results_${code}`);
}
