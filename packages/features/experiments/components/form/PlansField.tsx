"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Checkbox } from "@calcom/ui";
import { Controller, useFormContext } from "react-hook-form";
import { planSchema } from "../../types/settings";
import { planKeys } from "../shared/words";
import type { FormValues } from "./form-values";

/** None ticked is no restriction, and says so. */
export function PlansField({ disabled }: { disabled: boolean }) {
  const { t } = useLocale();
  const { control } = useFormContext<FormValues>();
  return (
    <Controller
      control={control}
      name="targetingRules.plans"
      render={({ field, fieldState }) => (
        <fieldset aria-describedby="plans-hint">
          <legend className="mb-1.5 font-medium text-sm">{t("experiment_plans")}</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-2">
            {planSchema.options.map((plan) => (
              <div key={plan} className="flex items-center gap-2">
                <Checkbox
                  id={`plan-${plan}`}
                  checked={field.value.includes(plan)}
                  onCheckedChange={(checked) =>
                    // In the order of the schema, so that ticking back is no change.
                    field.onChange(
                      planSchema.options.filter((other) =>
                        other === plan ? checked === true : field.value.includes(other),
                      ),
                    )
                  }
                  aria-invalid={fieldState.invalid || undefined}
                  disabled={disabled}
                />
                <label htmlFor={`plan-${plan}`} className="text-sm">
                  {t(planKeys[plan])}
                </label>
              </div>
            ))}
          </div>
          <p id="plans-hint" className="mt-1.5 text-dense text-muted-foreground">
            {fieldState.error?.message ?? t("experiment_plans_hint")}
          </p>
        </fieldset>
      )}
    />
  );
}
