"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useWatch } from "react-hook-form";
import { targetingRulesSchema } from "../../../types/targeting-rules";
import { useFormat } from "../../shared/useFormat";
import { unitCountKeys } from "../../shared/words";
import { toRules } from "../form-settings";
import type { FormValues } from "../form-values";
import { useAudiencePort } from "./audience-port";
import { useSettled } from "./use-settled";

/** "1,204 of 5,311 users match", counted in the database while the rules are typed. */
export function AudienceCounter() {
  const { t } = useLocale();
  const { count, percentage } = useFormat();
  const port = useAudiencePort();
  const [unit, rules] = useWatch<FormValues, ["unit", "targetingRules"]>({
    name: ["unit", "targetingRules"],
  });
  const parsed = targetingRulesSchema.safeParse(toRules(rules));
  const question =
    port && parsed.success && unit !== "visitor" ? { unit, targetingRules: parsed.data } : null;
  const counted = useSettled(question, async (asked) => (await port?.count(asked)) ?? null);
  const said = () => {
    if (unit === "visitor") return t("audience_visitors_unknown");
    if (counted.status === "failed") return t("audience_not_counted", { reason: counted.message });
    if (counted.status !== "done" || counted.value === null) return t("audience_counting");
    const { matching, examined, total } = counted.value;
    const everybody = t(unitCountKeys[unit], { count: total, formatted: count(total) });
    if (examined < total)
      return t("audience_estimated", {
        share: percentage(Math.round((matching / Math.max(examined, 1)) * 1_000) / 10),
        examined: count(examined),
        total: everybody,
      });
    return t("audience_match", { matching: count(matching), total: everybody });
  };
  if (port === null) return null;
  return (
    <p aria-live="polite" className="min-h-5 text-muted-foreground tabular-nums">
      {said()}
    </p>
  );
}
