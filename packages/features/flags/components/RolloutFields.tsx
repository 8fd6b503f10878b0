"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, PercentInput, SegmentedControl } from "@calcom/ui";
import { type Rollout, rolloutUnitSchema } from "../rollout";
import { rolloutUnitKeys } from "./flag-words";

/** What is typed, before it is a rollout. */
export interface RolloutDraft {
  share: string;
  unit: Rollout["unit"];
}

interface RolloutFieldsProps {
  id: string;
  value: RolloutDraft;
  onChange: (value: RolloutDraft) => void;
  error?: string | undefined;
}

/** The field of the share. If the share is refused, it gets the focus. */
export const shareFieldOf = (id: string) => `${id}-share`;

export function RolloutFields({ id, value, onChange, error }: RolloutFieldsProps) {
  const { t } = useLocale();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label={t("flag_rollout_share")}
        htmlFor={shareFieldOf(id)}
        hint={t("flag_rollout_share_hint")}
        error={error === undefined ? undefined : t(error)}
      >
        <PercentInput
          value={value.share}
          onChange={(event) => onChange({ ...value, share: event.target.value })}
        />
      </Field>
      <Field
        label={t("flag_rollout_unit")}
        htmlFor={`${id}-unit`}
        hint={t(`flag_rollout_unit_hint_${value.unit}`)}
      >
        <SegmentedControl
          value={value.unit}
          onValueChange={(unit) => onChange({ ...value, unit })}
          options={rolloutUnitSchema.options.map((unit) => ({
            value: unit,
            label: t(rolloutUnitKeys[unit]),
          }))}
        />
      </Field>
    </div>
  );
}

export function draftOf(rollout: Rollout | null): RolloutDraft {
  return { share: String(rollout?.percentage ?? 100), unit: rollout?.unit ?? "user" };
}

/** "12,5" and "12.5"; what is no number is refused by the schema. */
export function readDraft({ share, unit }: RolloutDraft): {
  percentage: number | null;
  unit: Rollout["unit"];
} {
  const trimmed = share.trim().replace(",", ".").replace(/\s?%$/, "");
  const percentage = Number(trimmed);
  return { percentage: trimmed === "" || Number.isNaN(percentage) ? null : percentage, unit };
}
