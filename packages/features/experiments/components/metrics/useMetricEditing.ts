"use client";

import { useLocale } from "@calcom/lib/i18n";
import { refusalOf } from "@calcom/lib/issue";
import { say } from "@calcom/lib/sentence";
import { type RefObject, useState } from "react";
import { type NewMetric, newMetricSchema } from "../../types/metric-catalog";
import type { OfferedSource } from "../../types/metric-views";
import { useFigures } from "../analytics/charts/useFigures";
import type { SaveRefusal } from "../form/useExperimentEditing";
import { firstInvalid } from "../form/useFirstErrorFocus";
import type { ChangedAlertProps } from "../shared/ChangedAlert";
import { describeMetric } from "./describe-metric";
import { type MetricValues, toCandidate, toMetricValues } from "./metric-form-model";
import { listChanged, rebaseMetric } from "./rebase-metric";

/** A metric as it is stored now. */
export type PresentMetric = Pick<NewMetric, "key" | "definition" | "description">;

interface MetricEditing {
  initial: MetricValues;
  sources: readonly OfferedSource[];
  /** Null once it is saved. */
  onSubmit: (metric: NewMetric) => Promise<SaveRefusal | null>;
  /** After somebody else has changed it; null if that cannot be had. */
  loadCurrent?: (() => Promise<PresentMetric | null>) | undefined;
  form: RefObject<HTMLFormElement | null>;
}

/** Unsaved work on a metric: checked, sent, refused at its controls, and brought onto what others save meanwhile. */
export function useMetricEditing({ initial, sources, onSubmit, loadCurrent, form }: MetricEditing) {
  const { t } = useLocale();
  const figures = useFigures();
  const [values, setValues] = useState(initial);
  // What this work is based on: it moves when another admin's change is taken in.
  const [base, setBase] = useState(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const [collision, setCollision] = useState<ChangedAlertProps | null>(null);

  function refuse(issues: SaveRefusal["issues"], otherwise?: string) {
    setErrors(
      Object.fromEntries(
        issues.length > 0
          ? // Of several at one place the first is said: what is empty breaks every other rule as well.
            issues.toReversed().map(({ path, message }) => [path, message])
          : [["", otherwise ?? ""]],
      ),
    );
    // Once the controls are marked.
    requestAnimationFrame(() => firstInvalid(form.current)?.focus());
  }

  async function submit() {
    const parsed = newMetricSchema.safeParse(toCandidate(values, sources));
    if (!parsed.success)
      return refuse(
        parsed.error.issues.map((issue) => ({
          path: issue.path.join("."),
          message: say(t, refusalOf(issue)),
        })),
      );
    setErrors({});
    setSaving(true);
    const refusal = await onSubmit(parsed.data);
    const current = refusal?.changed === undefined ? null : ((await loadCurrent?.()) ?? null);
    setSaving(false);
    if (refusal?.changed !== undefined && current !== null)
      setCollision(collide(refusal.changed, parsed.data, current));
    else if (refusal !== null) refuse(refusal.issues, refusal.message);
  }

  function collide(changed: string, mine: NewMetric, current: PresentMetric): ChangedAlertProps {
    const read = newMetricSchema.safeParse(toCandidate(base, sources));
    const theirs = toMetricValues(current);
    function settle(next: (typed: MetricValues) => MetricValues) {
      setBase(theirs);
      setValues(next);
      setCollision(null);
    }
    return {
      changed,
      theirs: listChanged({ base: read.data ?? null, mine, theirs: current }, (metric) =>
        describeMetric(metric, { t, format: figures, sources }),
      ),
      onKeepMine: () => settle((typed) => rebaseMetric(base, typed, theirs)),
      onTakeTheirs: () => settle(() => theirs),
    };
  }

  return {
    values,
    set: (part: Partial<MetricValues>) => setValues((before) => ({ ...before, ...part })),
    errors,
    isSaving,
    submit,
    collision,
  };
}
