"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field } from "@calcom/ui";
import { Controller, useFormContext } from "react-hook-form";
import type { Status } from "../../types/settings";
import { MomentInput } from "../shared/MomentInput";
import { useIsInBrowser } from "../shared/useFormat";
import type { FormValues } from "./form-values";

/** Each happens once, within seconds of its time, or as soon as a server runs again. */
export function ScheduleFields({ status, isLocked }: { status: Status; isLocked: boolean }) {
  const { t } = useLocale();
  const isInBrowser = useIsInBrowser();
  return (
    <>
      {isInBrowser && (
        <p className="text-dense text-muted-foreground">
          {t("time_zone_of_viewer", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
        </p>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <MomentField
          name="startAt"
          label={t("experiment_schedule_start")}
          hint={status === "draft" ? t("experiment_schedule_start_hint") : t("experiment_schedule_started")}
          disabled={isLocked || status !== "draft"}
        />
        <MomentField
          name="stopAt"
          label={t("experiment_schedule_stop")}
          hint={t("experiment_schedule_stop_hint")}
          disabled={isLocked}
        />
      </div>
    </>
  );
}

interface MomentFieldProps {
  name: keyof FormValues["schedule"];
  label: string;
  hint: string;
  disabled: boolean;
}

function MomentField({ name, label, hint, disabled }: MomentFieldProps) {
  const { control } = useFormContext<FormValues>();
  return (
    <Controller
      control={control}
      name={`schedule.${name}`}
      render={({ field, fieldState }) => (
        <Field label={label} htmlFor={`schedule-${name}`} hint={hint} error={fieldState.error?.message}>
          <MomentInput
            id={`schedule-${name}`}
            className="w-full"
            disabled={disabled}
            value={field.value}
            onChange={field.onChange}
            onBlur={field.onBlur}
            ref={field.ref}
          />
        </Field>
      )}
    />
  );
}
