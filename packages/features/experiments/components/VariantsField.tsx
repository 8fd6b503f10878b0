"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, RadioGroup } from "@calcom/ui";
import { PlusIcon } from "lucide-react";
import { useId } from "react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { MAX_VARIANTS } from "../types/settings";
import type { VariantRow } from "./form/form-values";
import { SplitFooter } from "./form/SplitFooter";
import { clampShare, evenSplit, sumOfShares, toNumber } from "./form/shares";
import { VariantFields } from "./form/VariantFields";
import { colourPlaces } from "./shared/variant-order";

export interface VariantsFieldProps {
  /** Variants that were served once: they keep their names and stay, at 0 % if need be. */
  keptNames?: readonly string[];
  isControlLocked?: boolean;
  disabled?: boolean;
  /** Payloads are edited too, where there is room for them. */
  hasPayloads?: boolean;
}

/** Any form whose values have `variants: VariantRow[]` may hold it, under a `FormProvider`. */
export function VariantsField({
  keptNames = [],
  isControlLocked = false,
  disabled = false,
  hasPayloads = true,
}: VariantsFieldProps) {
  const { t } = useLocale();
  const id = useId();
  const { control, setValue, getValues, trigger, formState } = useFormContext<{ variants: VariantRow[] }>();
  const { fields, append, remove } = useFieldArray({ control, name: "variants" });
  const rows = useWatch({ control, name: "variants" });
  const places = colourPlaces(rows.map(({ isControl }) => isControl));
  const error = formState.errors.variants?.root?.message ?? formState.errors.variants?.message;
  const errorId = `${id}-error`;
  const isAnyRemovable =
    !disabled && fields.length > 2 && fields.some(({ name }) => !keptNames.includes(name));

  function chooseControl(chosen: string) {
    getValues("variants").forEach((_row, index) => {
      setValue(`variants.${index}.isControl`, String(index) === chosen, { shouldDirty: true });
    });
  }

  function setShare(index: number, share: number) {
    setValue(`variants.${index}.percentage`, String(share), { shouldDirty: true });
    if (formState.isSubmitted) void trigger("variants");
  }

  function splitEvenly() {
    evenSplit(fields.length).forEach((share, index) => {
      setValue(`variants.${index}.percentage`, String(share), { shouldDirty: true });
    });
    if (formState.isSubmitted) void trigger("variants");
  }

  function removeRow(index: number) {
    const wasControl = getValues(`variants.${index}.isControl`);
    remove(index);
    if (wasControl && getValues("variants").length > 0) chooseControl("0");
  }

  return (
    <fieldset className="grid gap-3" aria-describedby={error === undefined ? undefined : errorId}>
      <legend className="sr-only">{t("experiment_variants")}</legend>
      <RadioGroup
        aria-label={t("experiment_control")}
        value={String(rows.findIndex(({ isControl }) => isControl))}
        onValueChange={chooseControl}
        disabled={disabled || isControlLocked}
        className="gap-2.5"
      >
        {fields.map((field, index) => {
          const isKept = keptNames.includes(field.name);
          return (
            <VariantFields
              key={field.id}
              index={index}
              place={places[index] ?? index}
              disabled={disabled}
              isNameLocked={isKept}
              isSplitWrong={error !== undefined}
              hasPayload={hasPayloads}
              isAnyRemovable={isAnyRemovable}
              onRemove={isAnyRemovable && !isKept ? () => removeRow(index) : null}
            />
          );
        })}
      </RadioGroup>
      <SplitFooter rows={rows} places={places} disabled={disabled} onShare={setShare} />
      <div aria-live="polite">
        {error !== undefined && (
          <p id={errorId} className="text-dense text-destructive">
            {error}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          type="button"
          variant="outline"
          size="sm"
          disabled={disabled || fields.length >= MAX_VARIANTS}
          onClick={() => append(nextVariant(rows))}
        >
          <PlusIcon />
          {t("experiment_add_variant")}
        </Button>
        <Button
          type="button"
          variant="outline"
          size="sm"
          disabled={disabled || fields.length === 0}
          onClick={splitEvenly}
        >
          {t("experiment_even_split")}
        </Button>
      </div>
    </fieldset>
  );
}

/** The first free letter, with what is left to 100. */
function nextVariant(rows: VariantRow[]): VariantRow {
  const taken = new Set(rows.map(({ name }) => name));
  const letters = "abcdefghijklmnopqrstuvwxyz".split("");
  const letter = letters.find((candidate) => !taken.has(`variant-${candidate}`));
  const given = sumOfShares(rows.map((row) => clampShare(toNumber(row.percentage))));
  return {
    name: letter === undefined ? "" : `variant-${letter}`,
    percentage: String(Math.max(0, Math.round((100 - given) * 100) / 100)),
    payload: "",
    isControl: rows.length === 0,
  };
}
