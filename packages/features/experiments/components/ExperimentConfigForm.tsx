"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button, Field, SheetBody, SheetFooter } from "@calcom/ui";
import { useEffect, useId, useRef, useState } from "react";
import { Controller, FormProvider, useForm } from "react-hook-form";
import { assignmentTypeSchema, type ExperimentPatch, experimentPatchSchema } from "../types";
import type { EditableExperiment, SaveRefusal } from "./ExperimentForm";
import { placed, resolverOf } from "./form/form-errors";
import { changedSettings, type FormValues, toFormValues, toSettings } from "./form/form-values";
import { RadioChoices } from "./form/RadioChoices";
import { rebase } from "./form/rebase";
import { StaleAlert } from "./form/StaleAlert";
import { useLock } from "./form/useLock";
import { useUnsavedGuard } from "./form/useUnsavedGuard";
import { LeaveDialog } from "./LeaveDialog";
import { assignmentSentenceKeys, assignmentTypeKeys } from "./shared/words";
import { VariantsField } from "./VariantsField";

export interface ExperimentConfigFormProps {
  experiment: EditableExperiment;
  /** Null once it is saved. */
  onSave: (experiment: EditableExperiment, patch: ExperimentPatch) => Promise<SaveRefusal | null>;
  /** The experiment as it stands now, after somebody else has saved it; null where that cannot be had. */
  loadCurrent: (slug: string) => Promise<EditableExperiment | null>;
  /** Follows a link that was held because of unsaved work. */
  navigate: (href: string) => void;
  onDirtyChange: (isDirty: boolean) => void;
  onCancel: () => void;
  onSaved: () => void;
}

/** Holds all settings, as the big form does, and shows three of them: so both save, refuse and collide alike. */
export function ExperimentConfigForm(props: ExperimentConfigFormProps) {
  const { experiment, onSave, loadCurrent, navigate, onDirtyChange, onCancel, onSaved } = props;
  const { t } = useLocale();
  const id = useId();
  // What this work is based on: it moves when another admin's save is taken in.
  const [base, setBase] = useState(experiment);
  const [collision, setCollision] = useState<EditableExperiment | null>(null);
  const form = useForm<FormValues>({
    defaultValues: valuesOf(base),
    resolver: resolverOf(experimentPatchSchema, toCandidate, t),
    shouldFocusError: false,
  });
  const { errors, isDirty, isSubmitting } = form.formState;
  const { element, focusFirstError } = useFirstErrorFocus();
  const guard = useUnsavedGuard(isDirty, navigate);
  useEffect(() => onDirtyChange(isDirty), [isDirty, onDirtyChange]);

  const lockOf = useLock(base.status);
  const isStarted = base.status !== "draft";
  const variantsLock = lockOf("variants");
  const assignmentLock = lockOf("assignmentType");

  function toCandidate(values: FormValues) {
    return changedSettings(toSettings(valuesOf(base)), toSettings(values));
  }

  async function save(values: FormValues) {
    const refusal = await onSave(base, experimentPatchSchema.parse(toCandidate(values)));
    if (refusal === null) return onSaved();
    if (refusal.code === "stale_version") {
      const current = await loadCurrent(base.slug);
      if (current !== null) return setCollision(current);
    }
    const issues = placed(refusal.issues, values, t);
    for (const { path, message } of issues) form.setError(path, { type: "server", message });
    // What is not shown here cannot be mended here.
    const isShown = issues.some(({ path }) => path.startsWith("variants") || path === "assignmentType");
    if (!isShown) form.setError("root", { type: "server", message: refusal.message });
    focusFirstError();
  }

  /** Takes their save in; mine goes on top where it is kept. */
  function settle(current: EditableExperiment, keepsMine: boolean) {
    const theirs = valuesOf(current);
    const mine = rebase(valuesOf(base), form.getValues(), theirs).values;
    setBase(current);
    setCollision(null);
    form.reset(theirs);
    if (!keepsMine) return;
    form.setValue("variants", mine.variants, { shouldDirty: true });
    form.setValue("assignmentType", mine.assignmentType, { shouldDirty: true });
  }

  return (
    <FormProvider {...form}>
      <form
        ref={element}
        noValidate
        onSubmit={form.handleSubmit(save, focusFirstError)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <SheetBody className="flex flex-col gap-6">
          {collision !== null && (
            <StaleAlert
              changedBy={collision.updatedBy?.name ?? null}
              rebase={rebase(valuesOf(base), form.getValues(), valuesOf(collision))}
              current={valuesOf(collision)}
              mine={form.getValues()}
              onKeepMine={() => settle(collision, true)}
              onTakeTheirs={() => settle(collision, false)}
            />
          )}
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
              keptNames={isStarted ? base.config.variants.map(({ name }) => name) : []}
              isControlLocked={lockOf("control").disabled}
              disabled={variantsLock.disabled}
              hasPayloads={false}
            />
          </section>
          <Controller
            control={form.control}
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
          <div aria-live="assertive" className="empty:hidden">
            {errors.root?.message !== undefined && <Alert tone="destructive" title={errors.root.message} />}
          </div>
        </SheetBody>
        <SheetFooter className="items-center">
          {isDirty && <p className="mr-auto text-dense text-muted-foreground">{t("unsaved_changes")}</p>}
          <Button type="button" variant="outline" onClick={onCancel}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={isSubmitting} disabled={!isDirty || collision !== null}>
            {t("save_changes")}
          </Button>
        </SheetFooter>
      </form>
      <LeaveDialog guard={guard} />
    </FormProvider>
  );
}

function valuesOf({ slug, description, config }: EditableExperiment): FormValues {
  return toFormValues(slug, description, config);
}

/** Focuses the first control that is marked invalid, in the order of the page, once the marks are there. */
function useFirstErrorFocus() {
  const element = useRef<HTMLFormElement>(null);
  const [request, setRequest] = useState(0);
  useEffect(() => {
    if (request > 0) element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [request]);
  return { element, focusFirstError: () => setRequest((count) => count + 1) };
}
