"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Input } from "@calcom/ui";
import { TriangleAlertIcon } from "lucide-react";
import { Controller, useFormContext } from "react-hook-form";
import { DEFAULT_PLANNED_SUBJECTS } from "../../types/analysis";
import type { Status } from "../../types/settings";
import { useFormForecast } from "../planning/useForecast";
import { useFormat } from "../shared/useFormat";
import type { FormValues } from "./form-values";
import { RadioChoices } from "./RadioChoices";
import { useLock } from "./useLock";
import { useOutOfReach } from "./useOutOfReach";

/** How the numbers are read, and how many are planned: frozen at the start. */
export function AnalysisFields({ status }: { status: Status }) {
  const { t } = useLocale();
  const { count } = useFormat();
  const { control, register, formState } = useFormContext<FormValues>();
  const lock = useLock(status)("metrics");
  const { errors } = formState;
  const { forecast } = useFormForecast();
  const outOfReach = useOutOfReach(status);
  // Where nothing is typed: in a draft what the start would freeze now, and else what froze before it froze anything.
  const ofForecast = forecast.status === "done" ? forecast.value.frozen.subjects : null;
  const planned = status === "draft" ? ofForecast : DEFAULT_PLANNED_SUBJECTS;
  return (
    <>
      <Field
        label={t("analysis_mode")}
        htmlFor="analysisMode"
        isLabelHidden
        hint={lock.reason}
        error={errors.analysis?.mode?.message}
      >
        <Controller
          control={control}
          name="analysis.mode"
          render={({ field }) => (
            <RadioChoices
              value={field.value}
              onChange={field.onChange}
              disabled={lock.disabled}
              options={(["sequential", "fixed"] as const).map((mode) => ({
                value: mode,
                label: t(`analysis_${mode}`),
                description: t(`analysis_${mode}_sentence`),
              }))}
            />
          )}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t("analysis_minimum_runtime")}
          htmlFor="minimumRuntimeDays"
          hint={t("analysis_minimum_runtime_hint")}
          error={errors.analysis?.minimumRuntimeDays?.message}
        >
          <div className="flex items-center gap-2">
            <Input
              id="minimumRuntimeDays"
              {...register("analysis.minimumRuntimeDays")}
              className="w-20 text-right tabular-nums"
              inputMode="numeric"
              autoComplete="off"
              disabled={lock.disabled}
            />
            <span className="text-muted-foreground text-sm">{t("days")}</span>
          </div>
        </Field>
        <Field
          label={t("analysis_planned_subjects")}
          htmlFor="plannedSubjects"
          hint={
            <>
              {t(
                status === "draft"
                  ? "analysis_planned_subjects_hint"
                  : "analysis_planned_subjects_hint_started",
              )}
              {outOfReach !== null && (
                <span className="mt-1 flex gap-1.5 text-warning">
                  <TriangleAlertIcon aria-hidden className="mt-0.5 size-4 shrink-0" />
                  {outOfReach}
                </span>
              )}
            </>
          }
          error={errors.analysis?.plannedSubjects?.message}
        >
          <Input
            id="plannedSubjects"
            {...register("analysis.plannedSubjects")}
            className="w-32 text-right tabular-nums"
            inputMode="numeric"
            autoComplete="off"
            placeholder={planned === null ? "" : count(planned)}
            disabled={lock.disabled}
          />
        </Field>
      </div>
    </>
  );
}
