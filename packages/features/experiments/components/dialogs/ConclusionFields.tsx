"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, RadioGroup, RadioGroupItem, Textarea } from "@calcom/ui";
import { useId } from "react";
import type { ConclusionReason } from "../../types/conclusion";
import type { CommandRefusal } from "../shared/commands";
import { Keyed } from "../shared/Keyed";
import { conclusionReasonKeys } from "../shared/words";

interface ConclusionFieldsProps {
  reasons: readonly ConclusionReason[];
  reason: ConclusionReason | null;
  onReason: (reason: ConclusionReason) => void;
  /** Whether somebody wanted to go on without one. */
  isMissing: boolean;
  /** That the figures say something else than the reason; null where they do not. */
  contradiction: string | null;
  learning: string;
  onLearning: (learning: string) => void;
  refusal: CommandRefusal | null;
}

/** Whether what was refused is one of these fields. */
export function isAtField({ field }: CommandRefusal): boolean {
  return field === "reason" || field === "learning";
}

/** Why it ends, and what the team takes from it. */
export function ConclusionFields(props: ConclusionFieldsProps) {
  const { reasons, reason, onReason, isMissing, contradiction, learning, onLearning, refusal } = props;
  const { t } = useLocale();
  const id = useId();
  const refusedAt = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  return (
    <div className="mt-3 grid gap-3">
      <div className="*:min-w-0">
        <Field
          label={t("experiment_conclusion_reason")}
          htmlFor={`${id}-reason`}
          error={isMissing ? t("experiment_choose_conclusion_reason") : refusedAt("reason")}
          required
        >
          <RadioGroup
            value={reason ?? ""}
            onValueChange={(next) => {
              const chosen = reasons.find((known) => known === next);
              if (chosen) onReason(chosen);
            }}
            className="grid-cols-1 gap-0.5 sm:grid-cols-2"
          >
            {reasons.map((known) => (
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
        <p aria-live="polite" className="mt-1.5 text-pretty text-dense text-muted-foreground empty:hidden">
          {contradiction !== null && (
            <Keyed>{`${contradiction} ${t("experiment_conclude_contradicted")}`}</Keyed>
          )}
        </p>
      </div>
      <Field
        label={t("experiment_learning")}
        htmlFor={`${id}-learning`}
        hint={t("experiment_learning_hint")}
        error={refusedAt("learning")}
      >
        <Textarea rows={2} value={learning} onChange={(event) => onLearning(event.target.value)} />
      </Field>
    </div>
  );
}
