"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Input, PercentInput, RadioGroupItem, Textarea, VariantSwatch } from "@calcom/ui";
import { BracesIcon, XIcon } from "lucide-react";
import { useId, useState } from "react";
import { useFormContext } from "react-hook-form";
import type { VariantRow } from "./form-values";

// Shares are judged by their sum and names by each other: once they were refused, a change checks all of them.
const TOGETHER = "variants" as const;

interface VariantFieldsProps {
  index: number;
  /** The place of its colour. */
  place: number;
  disabled: boolean;
  isNameLocked: boolean;
  /** The shares are wrong together: each is marked. */
  isSplitWrong: boolean;
  hasPayload: boolean;
  /** Whether a variant beside it can be removed: then this one keeps the room of the button, so that fields align. */
  isAnyRemovable: boolean;
  /** Null where it has to stay. */
  onRemove: (() => void) | null;
}

/** One variant: whether it is control, its name, its share, and what it carries. */
export function VariantFields(props: VariantFieldsProps) {
  const { index, place, disabled, isNameLocked, isSplitWrong, hasPayload, isAnyRemovable, onRemove } = props;
  const { t } = useLocale();
  const id = useId();
  const { register, formState, getValues } = useFormContext<{ variants: VariantRow[] }>();
  const [isPayloadOpen, setPayloadOpen] = useState(() => getValues(`variants.${index}.payload`) !== "");
  const errors = formState.errors.variants?.[index];
  const number = index + 1;
  const showsPayload = hasPayload && (isPayloadOpen || errors?.payload !== undefined);

  return (
    <div className="grid gap-1.5">
      <div className="flex items-center gap-2">
        <RadioGroupItem
          value={String(index)}
          aria-label={t("experiment_variant_is_control", { number })}
          title={t("experiment_control")}
        />
        <VariantSwatch index={place} />
        <Input
          {...register(`variants.${index}.name`, { deps: TOGETHER })}
          className="min-w-0 flex-1 font-mono text-dense"
          aria-label={t("experiment_variant_name", { number })}
          aria-invalid={errors?.name !== undefined || undefined}
          aria-describedby={errors?.name && `${id}-name`}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          readOnly={isNameLocked}
          title={isNameLocked ? t("experiment_variant_name_locked") : undefined}
          disabled={disabled}
        />
        <PercentInput
          {...register(`variants.${index}.percentage`, { deps: TOGETHER })}
          className="w-22 shrink-0"
          aria-label={t("experiment_variant_share", { number })}
          aria-invalid={errors?.percentage !== undefined || isSplitWrong || undefined}
          aria-describedby={errors?.percentage && `${id}-percentage`}
          disabled={disabled}
        />
        {hasPayload && (
          <Button
            type="button"
            variant="ghost"
            size="icon-sm"
            aria-expanded={showsPayload}
            aria-label={t("experiment_variant_payload", { number })}
            title={t("experiment_payload")}
            onClick={() => setPayloadOpen(!showsPayload)}
          >
            <BracesIcon />
          </Button>
        )}
        {onRemove !== null ? (
          <Button
            type="button"
            variant="ghost"
            size="icon-sm"
            aria-label={t("experiment_remove_variant", { number })}
            title={t("remove")}
            disabled={disabled}
            onClick={onRemove}
          >
            <XIcon />
          </Button>
        ) : (
          isAnyRemovable && <span aria-hidden className="size-7 shrink-0" />
        )}
      </div>
      <FieldError id={`${id}-name`} message={errors?.name?.message} />
      <FieldError id={`${id}-percentage`} message={errors?.percentage?.message} />
      {showsPayload && (
        <Textarea
          {...register(`variants.${index}.payload`)}
          className="ml-6 w-auto font-mono text-dense"
          rows={3}
          spellCheck={false}
          placeholder='{ "headline": "Schedule meetings in seconds" }'
          aria-label={t("experiment_variant_payload", { number })}
          aria-invalid={errors?.payload !== undefined || undefined}
          aria-describedby={errors?.payload && `${id}-payload`}
          disabled={disabled}
        />
      )}
      <FieldError id={`${id}-payload`} message={errors?.payload?.message} />
    </div>
  );
}

function FieldError({ id, message }: { id: string; message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <p id={id} role="alert" className="ml-6 text-dense text-destructive">
      {message}
    </p>
  );
}
