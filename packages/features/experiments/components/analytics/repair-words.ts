import type { Translate } from "@calcom/lib/i18n";
import type { Sentence } from "@calcom/lib/sentence";
import type { WithheldReason } from "@calcom/statistics";
import { isMendedByTime } from "@calcom/statistics/minimum";
import { NO_GUARDRAIL_ANY_MORE, NOT_DEFINED, NOT_FOR_UNIT, REDEFINED, TOO_SLOW } from "../../metrics/faults";

const REPAIRS: ReadonlyMap<string, string> = new Map([
  [NOT_DEFINED.text, "results_repair_not_defined"],
  [NOT_FOR_UNIT.text, "results_repair_unit"],
  [NO_GUARDRAIL_ANY_MORE.text, "results_repair_role"],
  [REDEFINED.text, "results_repair_redefined"],
  [TOO_SLOW.text, "results_repair_slow"],
]);

/** What to do about a metric without figures. */
export function repairText(metric: string, fault: Sentence | null, t: Translate): string {
  if (fault !== null) return t(REPAIRS.get(fault.text) ?? "results_repair_definition", { key: metric });
  return metric.startsWith("event:")
    ? t("results_repair_event", { event: metric.slice("event:".length) })
    : t("results_repair_data");
}

/** Whether it may be for want of data that nothing is compared, and not merely too early. */
export function isRepairable(reason: WithheldReason): boolean {
  if (reason.code === "too_few_conversions") return reason.conversions === 0;
  return !isMendedByTime(reason);
}
