"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert, cn, Field, Input, Textarea } from "@calcom/ui";
import { type FormEvent, type ReactNode, useRef } from "react";
import type { NewMetric } from "../../types/metric-catalog";
import { metricKindSchema } from "../../types/metric-kind";
import type { OfferedSource } from "../../types/metric-views";
import { RadioChoices } from "../form/RadioChoices";
import { slugFromName } from "../form/slug-from-name";
import type { SaveRefusal } from "../form/useExperimentEditing";
import { ChangedAlert } from "../shared/ChangedAlert";
import { SaveButton, UnsavedNote } from "../shared/SaveButton";
import type { MetricValues } from "./metric-form-model";
import { metricKindKeys, metricKindSentenceKeys } from "./metric-words";
import { PrecisionFields } from "./PrecisionFields";
import { TermFields } from "./TermFields";
import { type PresentMetric, useMetricEditing } from "./useMetricEditing";

interface MetricFormProps {
  initial: MetricValues;
  sources: readonly OfferedSource[];
  /** Another version of one that is there: its key stays. */
  isVersion: boolean;
  submitLabel: string;
  /** Its button stays in view there. */
  isInDialog?: boolean;
  /** As in `useMetricEditing`. */
  onSubmit: (metric: NewMetric) => Promise<SaveRefusal | null>;
  loadCurrent?: () => Promise<PresentMetric | null>;
  /** What stands beside the button. */
  children?: ReactNode;
}

/** Makes a metric of what code offers: names and constants, and never SQL. */
export function MetricForm({
  initial,
  sources,
  isVersion,
  submitLabel,
  isInDialog = false,
  onSubmit,
  loadCurrent,
  children,
}: MetricFormProps) {
  const { t } = useLocale();
  const form = useRef<HTMLFormElement>(null);
  const { values, set, errors, isSaving, submit, collision } = useMetricEditing({
    initial,
    sources,
    onSubmit,
    loadCurrent,
    form,
  });
  const suggested = useRef("");
  const isRatio = values.kind === "ratio";
  const [countedAt, takesValue] = [isRatio ? "numerator" : "source", values.kind !== "conversion"];
  const errorsUnder = (place: string) => (path: string) => errors[path === "" ? place : `${place}.${path}`];

  function send(event: FormEvent) {
    event.preventDefault();
    // The dialog may stand in another form, which must not be sent with it.
    event.stopPropagation();
    void submit();
  }

  function rename(name: string) {
    const follows = !isVersion && (values.key === "" || values.key === suggested.current);
    suggested.current = slugFromName(name);
    set({ name, ...(follows && { key: suggested.current }) });
  }

  return (
    <form ref={form} noValidate onSubmit={send} className="grid gap-6">
      {collision && <ChangedAlert {...collision} />}
      <Field label={t("metric_name")} htmlFor="metric-name" error={errors["definition.name"]} required>
        <Input
          value={values.name}
          onChange={(event) => rename(event.target.value)}
          autoComplete="off"
          placeholder={t("metric_name_placeholder")}
        />
      </Field>
      <Field
        label={t("metric_key")}
        htmlFor="metric-key"
        hint={t(isVersion ? "metric_key_fixed" : "metric_key_hint")}
        error={errors.key}
        required={!isVersion}
      >
        <Input
          value={values.key}
          onChange={(event) => set({ key: event.target.value })}
          readOnly={isVersion}
          className="font-mono text-dense"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <Field label={t("metric_kind")} htmlFor="metric-kind">
        <RadioChoices
          value={values.kind}
          onChange={(kind) => set({ kind })}
          options={metricKindSchema.options.map((kind) => ({
            value: kind,
            label: t(metricKindKeys[kind]),
            description: t(metricKindSentenceKeys[kind]),
          }))}
        />
      </Field>
      <TermFields
        label={t(isRatio ? "metric_numerator" : "metric_counts")}
        value={values.counted}
        onChange={(counted) => set({ counted })}
        sources={sources}
        takesValue={takesValue}
        errorAt={errorsUnder(`definition.${countedAt}`)}
      />
      {isRatio && (
        <TermFields
          label={t("metric_denominator")}
          value={values.denominator}
          onChange={(denominator) => set({ denominator })}
          sources={sources}
          takesValue
          errorAt={errorsUnder("definition.denominator")}
        />
      )}
      <Field label={t("metric_direction")} htmlFor="metric-direction">
        <RadioChoices
          value={values.direction}
          onChange={(direction) => set({ direction })}
          options={(["increase", "decrease"] as const).map((direction) => ({
            value: direction,
            label: t(`metric_direction_${direction}`),
            description: t(`metric_direction_${direction}_sentence`),
          }))}
        />
      </Field>
      <PrecisionFields values={values} onChange={set} errors={errors} />
      <Field label={t("description")} htmlFor="metric-description" error={errors.description}>
        <Textarea
          rows={2}
          value={values.description}
          onChange={(event) => set({ description: event.target.value })}
        />
      </Field>
      <div aria-live="assertive" className="empty:hidden">
        {(errors[""] ?? errors.definition) && (
          <Alert tone="destructive" title={errors[""] ?? errors.definition} />
        )}
      </div>
      <div
        className={cn(
          "flex flex-wrap items-center justify-end gap-2",
          isInDialog && "sticky -bottom-0.5 -mx-5 border-t bg-popover px-5 pt-3 pb-0.5",
        )}
      >
        {collision && <UnsavedNote isUndecided className="me-auto" />}
        {children}
        <SaveButton loading={isSaving} isUndecided={collision !== null}>
          {submitLabel}
        </SaveButton>
      </div>
    </form>
  );
}
