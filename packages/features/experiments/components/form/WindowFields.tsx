"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Input, Switch } from "@calcom/ui";
import { Controller, useFormContext } from "react-hook-form";
import type { Status } from "../../types/settings";
import type { FormValues } from "./form-values";
import { useLock } from "./useLock";

/** For how long conversions count, and what analytics is told. */
export function WindowFields({ status }: { status: Status }) {
  const { t } = useLocale();
  const { control, register, formState } = useFormContext<FormValues>();
  const lockOf = useLock(status);
  const { errors } = formState;
  return (
    <>
      <Field
        label={t("experiment_conversion_window")}
        htmlFor="conversionWindowDays"
        hint={lockOf("conversionWindowDays").reason ?? t("experiment_conversion_window_hint")}
        error={errors.conversionWindowDays?.message}
      >
        <div className="flex items-center gap-2">
          <Input
            {...register("conversionWindowDays")}
            className="w-20 text-right tabular-nums"
            inputMode="numeric"
            autoComplete="off"
            disabled={lockOf("conversionWindowDays").disabled}
          />
          <span className="text-muted-foreground text-sm">{t("days")}</span>
        </div>
      </Field>
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
              disabled={lockOf("setPersonProperties").disabled}
              aria-describedby="setPersonProperties-hint"
            />
            <div>
              <label htmlFor="setPersonProperties" className="font-medium text-sm">
                {t("experiment_person_properties")}
              </label>
              <p id="setPersonProperties-hint" className="text-dense text-muted-foreground">
                {lockOf("setPersonProperties").reason ?? t("experiment_person_properties_hint")}
              </p>
            </div>
          </div>
        )}
      />
    </>
  );
}
