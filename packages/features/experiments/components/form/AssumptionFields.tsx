"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Input, PercentInput } from "@calcom/ui";
import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { metricKinds } from "../../types/metric-kind";
import type { Forecast } from "../../types/planning";
import { useFormForecast } from "../planning/useForecast";
import { unitsKeys } from "../shared/words";
import { assumptionKeys } from "./describe-setting";
import type { FormValues } from "./form-values";
import { toNumber } from "./shares";

type Part = keyof FormValues["assumptions"];

/** A week brings more than one, whatever is typed so far. */
const SEVERAL = 2;

/** What somebody expects, for what no history says: the forecast beside the form goes by it, and so does the start. */
export function AssumptionFields({ disabled }: { disabled: boolean }) {
  const { t } = useLocale();
  const { register, formState } = useFormContext<FormValues>();
  const unit = useWatch<FormValues, "unit">({ name: "unit" });
  const typed = useWatch<FormValues, "assumptions">({ name: "assumptions" });
  const known = useLatestForecast();
  const isShare = metricKinds[known?.metric?.kind ?? "conversion"].isShare;
  const asked: Record<Part, boolean> = {
    perWeek: known?.assumable.perWeek ?? false,
    baseline: known?.assumable.baseline ?? false,
    spread: (known?.assumable.baseline ?? false) && !isShare,
    effect: known?.assumable.effect ?? false,
  };
  const errors = formState.errors.assumptions;
  // What was typed stays in sight, unless it is of no use to this metric and nothing is wrong with it.
  const isUseless = (part: Part) => part === "spread" && known?.metric != null && isShare && !errors?.spread;
  const parts = PARTS.filter(
    (part) => (asked[part] && !disabled) || (typed[part] !== "" && !isUseless(part)),
  );
  if (parts.length === 0) return null;
  const rate = toNumber(typed.baseline);
  const isImpossible = isShare && asked.baseline && typed.baseline !== "" && !(rate > 0 && rate < 100);
  return (
    <fieldset disabled={disabled} className="grid gap-4">
      <div>
        <legend className="font-medium text-sm">{t("planning_assumptions")}</legend>
        <p className="text-dense text-muted-foreground">
          {t(disabled ? "experiment_locked_since_started" : "planning_assumptions_hint")}
        </p>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        {parts.map((part) => (
          <Field
            key={part}
            label={t(assumptionKeys[part])}
            htmlFor={`assumptions-${part}`}
            hint={part === "spread" ? t("planning_assumed_spread_hint") : undefined}
            error={
              errors?.[part]?.message ??
              (part === "baseline" && isImpossible ? t("planning_assumed_baseline_range") : undefined)
            }
          >
            {part === "effect" || (part === "baseline" && isShare) ? (
              <PercentInput id={`assumptions-${part}`} {...register(`assumptions.${part}`)} />
            ) : (
              <div className="flex items-center gap-2">
                <Input
                  id={`assumptions-${part}`}
                  {...register(`assumptions.${part}`)}
                  className="w-32 text-right tabular-nums"
                  inputMode="decimal"
                  autoComplete="off"
                />
                {part === "perWeek" && (
                  <span className="text-muted-foreground text-sm">
                    {t(unitsKeys[unit], { count: SEVERAL })}
                  </span>
                )}
              </div>
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

/** The last forecast that was answered. It stays while the next one loads, so that no field disappears during typing. */
function useLatestForecast(): Forecast | null {
  const { forecast } = useFormForecast();
  const [latest, setLatest] = useState<Forecast | null>(null);
  if (forecast.status === "done" && forecast.value !== latest) setLatest(forecast.value);
  return latest;
}

const PARTS: Part[] = ["perWeek", "baseline", "spread", "effect"];
