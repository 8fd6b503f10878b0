"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field } from "@calcom/ui";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { isByEvents } from "../../types/metrics";
import type { Status } from "../../types/settings";
import type { FormValues } from "./form-values";
import { TokensInput } from "./TokensInput";
import { useLock } from "./useLock";

/** The events that browsers may report. Where no metrics are named, each of them is one. */
export function EventsField({ status }: { status: Status }) {
  const { t } = useLocale();
  const { control } = useFormContext<FormValues>();
  const lockOf = useLock(status);
  const isExploratory =
    isByEvents(useWatch<FormValues, "metrics">({ name: "metrics" })) && status !== "draft";
  return (
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
  );
}
