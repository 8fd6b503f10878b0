"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Input } from "@calcom/ui";
import { Controller, useFormContext } from "react-hook-form";
import type { Status } from "../../types/settings";
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
  // In the server's HTML nobody knows the viewer's zone yet.
  const isInBrowser = useIsInBrowser();
  return (
    <Controller
      control={control}
      name={`schedule.${name}`}
      render={({ field, fieldState }) => (
        <Field label={label} htmlFor={`schedule-${name}`} hint={hint} error={fieldState.error?.message}>
          <Input
            id={`schedule-${name}`}
            type="datetime-local"
            className="w-full"
            disabled={disabled || !isInBrowser}
            value={isInBrowser && field.value !== null ? toLocal(field.value) : ""}
            onChange={(event) => field.onChange(fromLocal(event.target.value))}
            onBlur={field.onBlur}
            ref={field.ref}
          />
        </Field>
      )}
    />
  );
}

/** "2026-11-23T14:05", in the viewer's zone, as the control wants it. */
export function toLocal(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function fromLocal(text: string): string | null {
  const date = new Date(text);
  return text === "" || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
