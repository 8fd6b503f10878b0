"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button, SheetBody, SheetFooter } from "@calcom/ui";
import { useEffect } from "react";
import { FormProvider } from "react-hook-form";
import { type ExperimentPatch, experimentPatchSchema } from "../types/input";
import { ConfigFields, isConfigField } from "./form/ConfigFields";
import type { EditableExperiment } from "./form/editable";
import { StaleAlert } from "./form/StaleAlert";
import { type SaveRefusal, useExperimentEditing } from "./form/useExperimentEditing";
import { LeaveDialog } from "./LeaveDialog";
import { SaveButton, UnsavedNote } from "./shared/SaveButton";

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
  const { form, base, collision, element, submit, guard, isDirty } = useExperimentEditing({
    experiment,
    send: async (candidate, edited = experiment) => {
      const refusal = await onSave(edited, experimentPatchSchema.parse(candidate));
      if (refusal === null) onSaved();
      return refusal;
    },
    loadCurrent: ({ slug }) => loadCurrent(slug),
    navigate,
    shows: isConfigField,
  });
  useEffect(() => onDirtyChange(isDirty), [isDirty, onDirtyChange]);
  const { errors, isSubmitting } = form.formState;
  return (
    <FormProvider {...form}>
      <form ref={element} noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <SheetBody className="flex flex-col gap-6">
          {collision && <StaleAlert {...collision} />}
          <ConfigFields experiment={base ?? experiment} />
          <div aria-live="assertive" className="empty:hidden">
            {errors.root?.message !== undefined && <Alert tone="destructive" title={errors.root.message} />}
          </div>
        </SheetBody>
        <SheetFooter className="items-center">
          {isDirty && <UnsavedNote isUndecided={collision !== null} className="me-auto" />}
          <Button type="button" variant="outline" onClick={onCancel}>
            {t("cancel")}
          </Button>
          <SaveButton loading={isSubmitting} disabled={!isDirty} isUndecided={collision !== null}>
            {t("save_changes")}
          </SaveButton>
        </SheetFooter>
      </form>
      <LeaveDialog guard={guard} />
    </FormProvider>
  );
}
