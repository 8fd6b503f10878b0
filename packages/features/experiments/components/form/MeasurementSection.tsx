"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Input, Section, Switch } from "@calcom/ui";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { isByEvents } from "../../types/metrics";
import type { Status } from "../../types/settings";
import type { FormValues } from "./form-values";
import { TokensInput } from "./TokensInput";
import { useLock } from "./useLock";

/** What counts as a conversion, for how long, and what analytics is told. */
export function MeasurementSection({ status }: { status: Status }) {
  const { t } = useLocale();
  const { control, register, formState } = useFormContext<FormValues>();
  const lockOf = useLock(status);
  const { errors } = formState;
  // Where no metrics are named, each of these events is one.
  const isExploratory =
    isByEvents(useWatch<FormValues, "metrics">({ name: "metrics" })) && status !== "draft";
  return (
    <Section title={t("experiment_measurement")}>
      <Controller
        control={control}
        name="clientEvents"
        render={({ field, fieldState }) => (
          <Field
            label={t("experiment_client_events")}
            htmlFor="clientEvents"
            hint={
              lockOf("clientEvents").reason ??
              t(isExploratory ? "experiment_client_events_after_start" : "experiment_client_events_hint")
            }
            error={fieldState.error?.message}
          >
            <TokensInput
              value={field.value}
              onChange={field.onChange}
              placeholder="billing_button_clicked"
              disabled={lockOf("clientEvents").disabled}
            />
          </Field>
        )}
      />
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
    </Section>
  );
}
