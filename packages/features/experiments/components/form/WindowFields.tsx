"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Input } from "@calcom/ui";
import { useFormContext } from "react-hook-form";
import type { Status } from "../../types/settings";
import type { FormValues } from "./form-values";
import { useLock } from "./useLock";

/** For how long conversions count, below a title that names it. */
export function WindowFields({ status }: { status: Status }) {
  const { t } = useLocale();
  const { register, formState } = useFormContext<FormValues>();
  const lockOf = useLock(status);
  const { errors } = formState;
  return (
    <Field
      label={t("experiment_conversion_window")}
      htmlFor="conversionWindowDays"
      isLabelHidden
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
  );
}
