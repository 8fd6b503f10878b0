"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, RadioGroup, RadioGroupItem, Textarea } from "@calcom/ui";
import { useId } from "react";
import { CONCLUSION_REASONS, type ConclusionReason } from "../../types/conclusion";
import { conclusionReasonKeys } from "../shared/words";

interface ConclusionFieldsProps {
  reason: ConclusionReason | null;
  onReason: (reason: ConclusionReason) => void;
  /** Whether somebody wanted to go on without one. */
  isMissing: boolean;
  learning: string;
  onLearning: (learning: string) => void;
  /** What is wrong with the learning. */
  error: string | undefined;
}

/** Why it ends, and what the team takes from it. */
export function ConclusionFields(props: ConclusionFieldsProps) {
  const { reason, onReason, isMissing, learning, onLearning, error } = props;
  const { t } = useLocale();
  const id = useId();
  return (
    <div className="mt-4 grid gap-4">
      <Field
        label={t("experiment_conclusion_reason")}
        htmlFor={`${id}-reason`}
        error={isMissing ? t("experiment_choose_conclusion_reason") : undefined}
        required
      >
        <RadioGroup
          value={reason ?? ""}
          onValueChange={(next) => {
            const chosen = CONCLUSION_REASONS.find((known) => known === next);
            if (chosen) onReason(chosen);
          }}
          className="grid-cols-1 gap-1 sm:grid-cols-2"
        >
          {CONCLUSION_REASONS.map((known) => (
            <label
              key={known}
              htmlFor={`${id}-${known}`}
              className="flex cursor-pointer gap-2.5 py-1 text-sm pointer-coarse:min-h-11 pointer-coarse:items-center"
            >
              <RadioGroupItem id={`${id}-${known}`} value={known} className="mt-0.5 pointer-coarse:mt-0" />
              {t(conclusionReasonKeys[known])}
            </label>
          ))}
        </RadioGroup>
      </Field>
      <Field
        label={t("experiment_learning")}
        htmlFor={`${id}-learning`}
        hint={t("experiment_learning_hint")}
        error={error}
      >
        <Textarea rows={2} value={learning} onChange={(event) => onLearning(event.target.value)} />
      </Field>
    </div>
  );
}
