"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Switch } from "@calcom/ui";
import { Controller, useFormContext } from "react-hook-form";
import type { FormValues } from "./form-values";
import type { Lock } from "./useLock";

/** What analytics is told of the people who take part. */
export function PersonPropertiesField({ lock }: { lock: Lock }) {
  const { t } = useLocale();
  const { control } = useFormContext<FormValues>();
  return (
    <Controller
      control={control}
      name="setPersonProperties"
      render={({ field }) => (
        <div className="flex items-start gap-2.5">
          <Switch
            id="setPersonProperties"
            className="mt-0.5"
            checked={field.value}
            onCheckedChange={field.onChange}
            disabled={lock.disabled}
            aria-describedby="setPersonProperties-hint"
          />
          <div>
            <label htmlFor="setPersonProperties" className="font-medium text-sm">
              {t("experiment_person_properties")}
            </label>
            <p id="setPersonProperties-hint" className="text-dense text-muted-foreground">
              {lock.reason ?? t("experiment_person_properties_hint")}
            </p>
          </div>
        </div>
      )}
    />
  );
}
