"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button } from "@calcom/ui";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import {
  type ExperimentInput,
  type ExperimentPatch,
  experimentInputSchema,
  experimentPatchSchema,
} from "../types";
import { AboutSection } from "./form/AboutSection";
import { AnalysisSection } from "./form/AnalysisSection";
import { AudienceSection } from "./form/AudienceSection";
import type { EditableExperiment } from "./form/editable";
import { FormSummary } from "./form/FormSummary";
import { type Issue, placed, resolverOf } from "./form/form-errors";
import { changedSettings, emptyForm, type FormValues, toFormValues, toSettings } from "./form/form-values";
import { MeasurementSection } from "./form/MeasurementSection";
import { rebase } from "./form/rebase";
import { ScheduleSection } from "./form/ScheduleSection";
import { StaleAlert } from "./form/StaleAlert";
import { useUnsavedGuard } from "./form/useUnsavedGuard";
import { VariantsSection } from "./form/VariantsSection";
import { LeaveDialog } from "./LeaveDialog";

export { type EditableExperiment, editable } from "./form/editable";
export { MetricsProvider } from "./form/metrics-port";
export { type AudiencePort, AudiencePortProvider } from "./form/targeting/audience-port";
export { type PlanningPort, PlanningPortProvider } from "./planning/planning-port";

export type Save =
  | { kind: "create"; input: ExperimentInput }
  | { kind: "edit"; version: number; patch: ExperimentPatch };

export interface SaveRefusal {
  code: string | null;
  message: string;
  issues: Issue[];
}

export interface ExperimentFormProps {
  /** The one to edit; without it a new one is made. */
  experiment?: EditableExperiment;
  /** Null once it is saved; the caller then leads elsewhere. */
  onSave: (save: Save) => Promise<SaveRefusal | null>;
  /** The experiment as it stands now, after somebody else has saved it; null where that cannot be had. */
  loadCurrent?: () => Promise<EditableExperiment | null>;
  cancelHref: string;
  /** Follows a link that was held because of unsaved work. */
  navigate: (href: string) => void;
}

export function ExperimentForm({
  experiment,
  onSave,
  loadCurrent,
  cancelHref,
  navigate,
}: ExperimentFormProps) {
  const { t } = useLocale();
  // What this work is based on: it moves when another admin's save is taken in.
  const [base, setBase] = useState(experiment);
  const [collision, setCollision] = useState<EditableExperiment | null>(null);
  const [isSaved, setSaved] = useState(false);
  const form = useForm<FormValues>({
    defaultValues: valuesOf(base),
    resolver: resolverOf(base ? experimentPatchSchema : experimentInputSchema, toCandidate, t),
    // We focus by the order of the page, server errors included.
    shouldFocusError: false,
  });
  const { errors, isDirty, isSubmitting } = form.formState;
  const guard = useUnsavedGuard(isDirty && !isSaved, navigate);
  const { element, focusFirstError } = useFirstErrorFocus();

  function toCandidate(values: FormValues): unknown {
    const settings = toSettings(values);
    if (base === undefined) return { slug: values.slug, ...settings };
    return changedSettings(toSettings(valuesOf(base)), settings);
  }

  async function save(values: FormValues) {
    const candidate = toCandidate(values);
    const refusal = await onSave(
      base === undefined
        ? { kind: "create", input: experimentInputSchema.parse(candidate) }
        : { kind: "edit", version: base.version, patch: experimentPatchSchema.parse(candidate) },
    );
    if (refusal === null) return setSaved(true);
    if (refusal.code === "stale_version" && loadCurrent) {
      const current = await loadCurrent();
      if (current !== null) return setCollision(current);
    }
    const issues = placed(refusal.issues, values, t);
    for (const { path, message } of issues) form.setError(path, { type: "server", message });
    if (issues.length === 0) form.setError("root", { type: "server", message: refusal.message });
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
    for (const key of Object.keys(theirs) as (keyof FormValues)[]) {
      if (JSON.stringify(mine[key]) !== JSON.stringify(theirs[key]))
        form.setValue(key, mine[key], { shouldDirty: true });
    }
  }

  const status = base?.status ?? "draft";
  const rootError = errors.root?.message;
  return (
    <FormProvider {...form}>
      <form
        ref={element}
        noValidate
        onSubmit={form.handleSubmit(save, focusFirstError)}
        className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,40rem)_minmax(14rem,18rem)]"
      >
        <div className="flex min-w-0 flex-col gap-10">
          {collision && (
            <StaleAlert
              changedBy={collision.updatedBy?.name ?? null}
              rebase={rebase(valuesOf(base), form.getValues(), valuesOf(collision))}
              current={valuesOf(collision)}
              mine={form.getValues()}
              onKeepMine={() => settle(collision, true)}
              onTakeTheirs={() => settle(collision, false)}
            />
          )}
          <AboutSection isNew={base === undefined} />
          <AudienceSection status={status} slug={base?.slug} />
          <VariantsSection
            status={status}
            servedNames={base?.config.variants.map(({ name }) => name) ?? []}
          />
          <MeasurementSection status={status} />
          <AnalysisSection status={status} />
          <ScheduleSection status={status} />
          <footer className="sticky bottom-0 z-10 -mx-1 flex flex-wrap items-center gap-2 border-t bg-background px-1 py-3">
            <Button type="submit" loading={isSubmitting} disabled={base !== undefined && !isDirty}>
              {base === undefined ? t("experiment_create") : t("save_changes")}
            </Button>
            <Button asChild variant="ghost">
              <Link href={cancelHref}>{t("cancel")}</Link>
            </Button>
            {isDirty && <p className="ml-auto text-dense text-muted-foreground">{t("unsaved_changes")}</p>}
            <div aria-live="assertive" className="basis-full empty:hidden">
              {rootError !== undefined && <Alert tone="destructive" title={rootError} />}
            </div>
          </footer>
        </div>
        <FormSummary status={status} />
      </form>
      <LeaveDialog guard={guard} />
    </FormProvider>
  );
}

function valuesOf(experiment: EditableExperiment | undefined): FormValues {
  if (experiment === undefined) return emptyForm;
  return toFormValues(experiment.slug, experiment.description, experiment.config);
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
