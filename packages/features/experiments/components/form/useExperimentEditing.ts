"use client";

import { useLocale } from "@calcom/lib/i18n";
import { type ComponentProps, useState } from "react";
import { useForm } from "react-hook-form";
import { experimentInputSchema, experimentPatchSchema } from "../../types/input";
import type { EditableExperiment } from "./editable";
import { type Issue, placed, resolverOf } from "./form-errors";
import type { FieldPath } from "./form-fields";
import { changedSettings, toSettings } from "./form-settings";
import type { FormValues } from "./form-values";
import { rebase } from "./rebase";
import type { StaleAlert } from "./StaleAlert";
import { emptyForm, toFormValues } from "./to-form-values";
import { useFirstErrorFocus } from "./useFirstErrorFocus";
import { useUnsavedGuard } from "./useUnsavedGuard";

export interface SaveRefusal {
  code: string | null;
  message: string;
  /** Who changed what, if it is refused because somebody changed it in the meantime. */
  changed?: string | undefined;
  issues: Issue[];
}

interface EditingOptions {
  /** The one to edit; without it a new one is made. */
  experiment: EditableExperiment | undefined;
  /** Sends the whole of a new one, or what was changed of the given one. Null once it is saved. */
  send: (candidate: unknown, base: EditableExperiment | undefined) => Promise<SaveRefusal | null>;
  /** The experiment as it stands now, after somebody else has saved it; null where that cannot be had. */
  loadCurrent: ((base: EditableExperiment) => Promise<EditableExperiment | null>) | undefined;
  /** Follows a link that was held because of unsaved work. */
  navigate: (href: string) => void;
  /** Whether the form has a control for it: what is not shown cannot be corrected, and is said for the whole form. */
  shows?: (path: FieldPath) => boolean;
}

/** Unsaved work on an experiment: checked, sent, refused at its fields, and brought onto what others save meanwhile. */
export function useExperimentEditing(options: EditingOptions) {
  const { experiment, send, loadCurrent, navigate, shows = () => true } = options;
  const { t } = useLocale();
  // What this work is based on: it moves when another admin's save is taken in.
  const [base, setBase] = useState(experiment);
  const [current, setCurrent] = useState<EditableExperiment | null>(null);
  const [isSaved, setSaved] = useState(false);
  const form = useForm<FormValues>({
    defaultValues: valuesOf(base),
    resolver: resolverOf(base ? experimentPatchSchema : experimentInputSchema, toCandidate, t),
    // We focus by the order of the page, server errors included.
    shouldFocusError: false,
  });
  const { isDirty } = form.formState;
  const guard = useUnsavedGuard(isDirty && !isSaved, navigate);
  const { element, focusFirstError } = useFirstErrorFocus(form.control);

  function toCandidate(values: FormValues): unknown {
    const settings = toSettings(values);
    if (base === undefined) return { slug: values.slug, ...settings };
    return changedSettings(toSettings(valuesOf(base)), settings);
  }

  async function save(values: FormValues) {
    const refusal = await send(toCandidate(values), base);
    if (refusal === null) return setSaved(true);
    if (refusal.code === "stale_version" && base && loadCurrent) {
      const theirs = await loadCurrent(base);
      if (theirs !== null) return setCurrent(theirs);
    }
    const issues = placed(refusal.issues, values);
    for (const { path, message } of issues) form.setError(path, { type: "server", message });
    if (!issues.some(({ path }) => shows(path)))
      form.setError("root", { type: "server", message: refusal.message });
    focusFirstError();
  }

  /** Takes their save in; mine goes on top where it is kept. */
  function settle(saved: EditableExperiment, keepsMine: boolean) {
    const theirs = valuesOf(saved);
    const mine = rebase(valuesOf(base), form.getValues(), theirs).values;
    setBase(saved);
    setCurrent(null);
    form.reset(theirs);
    if (!keepsMine) return;
    for (const key of Object.keys(theirs) as (keyof FormValues)[]) {
      if (JSON.stringify(mine[key]) !== JSON.stringify(theirs[key]))
        form.setValue(key, mine[key], { shouldDirty: true });
    }
  }

  return {
    form,
    base,
    guard,
    isDirty,
    /** Of the form element, where the first error is looked for. */
    element,
    submit: form.handleSubmit(save, focusFirstError),
    collision: current && collisionWith(current),
  };

  function collisionWith(saved: EditableExperiment): ComponentProps<typeof StaleAlert> {
    const theirs = valuesOf(saved);
    const mine = form.getValues();
    return {
      changedBy: saved.updatedBy?.name ?? null,
      rebase: rebase(valuesOf(base), mine, theirs),
      current: theirs,
      mine,
      onKeepMine: () => settle(saved, true),
      onTakeTheirs: () => settle(saved, false),
    };
  }
}

function valuesOf(experiment: EditableExperiment | undefined): FormValues {
  if (experiment === undefined) return emptyForm;
  return toFormValues(experiment.slug, experiment.description, experiment.config);
}
