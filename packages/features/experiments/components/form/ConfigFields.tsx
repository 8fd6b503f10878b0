"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field } from "@calcom/ui";
import { useId } from "react";
import { Controller, useFormContext } from "react-hook-form";
import { assignmentTypeSchema } from "../../types/settings";
import { assignmentSentenceKeys, assignmentTypeKeys } from "../shared/words";
import { VariantsField } from "../VariantsField";
import type { EditableExperiment } from "./editable";
import type { FieldPath } from "./form-fields";
import type { FormValues } from "./form-values";
import { RadioChoices } from "./RadioChoices";
import { useLock } from "./useLock";

/** Whether an error of this path has a control here. */
export const isConfigField = (path: FieldPath) => path.startsWith("variants") || path === "assignmentType";

/** Variants, split, control and the way of assigning: what is set without opening the whole form. */
export function ConfigFields({ experiment: { status, config } }: { experiment: EditableExperiment }) {
  const { t } = useLocale();
  const id = useId();
  const { control } = useFormContext<FormValues>();
  const lockOf = useLock(status);
  const isStarted = status !== "draft";
  const variantsLock = lockOf("variants");
  const assignmentLock = lockOf("assignmentType");
  return (
    <>
      <section aria-labelledby={`${id}-variants`} className="grid gap-3">
        <div>
          <h3 id={`${id}-variants`} className="font-medium text-sm">
            {t("experiment_variants")}
          </h3>
          <p className="text-dense text-muted-foreground">
            {variantsLock.reason ??
              t(isStarted ? "experiment_variants_started" : "experiment_variants_description")}
          </p>
        </div>
        <VariantsField
          keptNames={isStarted ? config.variants.map(({ name }) => name) : []}
          isControlLocked={lockOf("control").disabled}
          disabled={variantsLock.disabled}
          hasPayloads={false}
        />
      </section>
      <Controller
        control={control}
        name="assignmentType"
        render={({ field, fieldState }) => (
          <Field
            label={t("experiment_assignment_type")}
            htmlFor={`${id}-assignment`}
            hint={assignmentLock.reason}
            error={fieldState.error?.message}
          >
            <RadioChoices
              value={field.value}
              onChange={field.onChange}
              disabled={assignmentLock.disabled}
              options={assignmentTypeSchema.options.map((value) => ({
                value,
                label: t(assignmentTypeKeys[value]),
                description: t(assignmentSentenceKeys[value]),
              }))}
            />
          </Field>
        )}
      />
    </>
  );
}
