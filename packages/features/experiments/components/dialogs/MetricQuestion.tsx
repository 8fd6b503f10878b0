"use client";

import { useLocale } from "@calcom/lib/i18n";
import { say } from "@calcom/lib/sentence";
import {
  Field,
  Select,
  SelectContent,
  SelectItem,
  SelectSeparator,
  SelectTrigger,
  SelectValue,
  Textarea,
} from "@calcom/ui";
import { NO_PRIMARY } from "../../types/metrics";
import type { StartChecklist } from "../../utils/checklist";

/** What somebody chose who starts an experiment that has no primary metric. */
export interface StartAnswer {
  metric: string | null;
  /** The reason for none, as it is typed; null until none was chosen. */
  withoutMetric: string | null;
}

export const NO_ANSWER: StartAnswer = { metric: null, withoutMetric: null };

// Keys of metrics are in lower case, so that this cannot be one.
const NONE = "NONE";

interface MetricQuestionProps {
  choices: StartChecklist["choices"];
  answer: StartAnswer;
  /** True after somebody went on without an answer. */
  isMissing: boolean;
  onChange: (answer: StartAnswer) => void;
}

/** Which metric decides; to start without one takes a reason. */
export function MetricQuestion({ choices, answer, isMissing, onChange }: MetricQuestionProps) {
  const { t } = useLocale();
  const { metric, withoutMetric } = answer;
  const missing = isMissing ? say(t, { message: NO_PRIMARY }) : undefined;
  return (
    <div className="grid gap-4">
      <Field
        label={t("metrics_primary")}
        htmlFor="startMetric"
        hint={t("metrics_primary_hint")}
        error={withoutMetric === null ? missing : undefined}
        required
      >
        <Select
          value={metric ?? (withoutMetric === null ? "" : NONE)}
          onValueChange={(key) =>
            onChange(
              key === NONE ? { metric: null, withoutMetric: "" } : { metric: key, withoutMetric: null },
            )
          }
        >
          <SelectTrigger id="startMetric" className="w-full">
            <SelectValue placeholder={t("start_metric_choose")} />
          </SelectTrigger>
          <SelectContent>
            {choices.map(({ key, name }) => (
              <SelectItem key={key} value={key}>
                {name}
              </SelectItem>
            ))}
            {choices.length > 0 && <SelectSeparator />}
            <SelectItem value={NONE}>{t("start_metric_none")}</SelectItem>
          </SelectContent>
        </Select>
      </Field>
      {withoutMetric !== null && (
        <Field
          label={t("experiment_without_metric")}
          htmlFor="startWithoutMetric"
          hint={t("experiment_without_metric_hint")}
          error={missing}
          required
        >
          <Textarea
            id="startWithoutMetric"
            rows={2}
            maxLength={500}
            value={withoutMetric}
            onChange={(event) => onChange({ metric: null, withoutMetric: event.target.value })}
          />
        </Field>
      )}
    </div>
  );
}
