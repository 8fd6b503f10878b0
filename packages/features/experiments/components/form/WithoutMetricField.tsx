"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Textarea } from "@calcom/ui";
import { useFormContext, useWatch } from "react-hook-form";
import { hasPrimary } from "../../types/metrics";
import type { FormValues } from "./form-values";

/** Why a scheduled start needs no metric. A start by hand asks for it in its dialog. */
export function WithoutMetricField({ disabled }: { disabled: boolean }) {
  const { t } = useLocale();
  const { register, formState } = useFormContext<FormValues>();
  const [metrics, clientEvents, schedule, reason] = useWatch<
    FormValues,
    ["metrics", "clientEvents", "schedule", "withoutMetric"]
  >({ name: ["metrics", "clientEvents", "schedule", "withoutMetric"] });
  const isAsked = schedule.startAt !== null || reason !== "";
  if (!isAsked || hasPrimary({ metrics, clientEvents })) return null;
  return (
    <Field
      label={t("experiment_without_metric")}
      htmlFor="withoutMetric"
      hint={t("experiment_without_metric_hint")}
      error={formState.errors.withoutMetric?.message}
    >
      <Textarea {...register("withoutMetric")} rows={2} maxLength={500} disabled={disabled} />
    </Field>
  );
}
