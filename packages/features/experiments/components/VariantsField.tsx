"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, RadioGroup } from "@calcom/ui";
import { PlusIcon } from "lucide-react";
import { useId } from "react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { MAX_VARIANTS } from "../types";
import type { VariantRow } from "./form/form-values";
import { SplitSlider } from "./form/SplitSlider";
import { evenSplit, sumOfShares, toNumber } from "./form/shares";
import { VariantFields } from "./form/VariantFields";
import { useFormat } from "./shared/useFormat";
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
              onRemove={isKept || fields.length <= 2 ? null : () => removeRow(index)}
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

interface SplitFooterProps {
  rows: VariantRow[];
  places: number[];
  disabled: boolean;
  onShare: (index: number, share: number) => void;
}

/** The split as it stands, to be dragged where it adds up; while it is typed: how much is given away, how much is missing or too much. */
function SplitFooter({ rows, places, disabled, onShare }: SplitFooterProps) {
  const { t } = useLocale();
  const { percentage } = useFormat();
  const shares = rows.map((row) => toNumber(row.percentage));
  const sum = sumOfShares(shares.map((share) => (Number.isNaN(share) ? 0 : share)));
  const names = rows.map(({ name }) => name);
  const bar = rows
    .map(({ name }, index) => ({
      index,
      // Until it has a name of its own.
      name:
        name === "" || names.indexOf(name) < index
          ? t("experiment_variant_number", { number: index + 1 })
          : name,
      percentage: clampShare(shares[index]),
      place: places[index] ?? 0,
    }))
    .sort((a, b) => a.place - b.place);
  const missing = Math.round((100 - sum) * 100) / 100;
  return (
    <div className="grid gap-1.5">
      <SplitSlider
        variants={bar}
        disabled={disabled || missing !== 0 || shares.some((share) => clampShare(share) !== share)}
        onChange={(moved) =>
          bar.forEach(({ index, percentage: before }, place) => {
            const share = moved[place];
            if (share !== undefined && share !== before) onShare(index, share);
          })
        }
      />
      <p className="text-dense text-muted-foreground tabular-nums" aria-live="polite">
        {missing === 0 && t("experiment_split_complete")}
        {missing > 0 && t("experiment_split_missing", { sum: percentage(sum), rest: percentage(missing) })}
        {missing < 0 && t("experiment_split_excess", { sum: percentage(sum), rest: percentage(-missing) })}
      </p>
    </div>
  );
}

function clampShare(share: number | undefined): number {
  return share === undefined || Number.isNaN(share) ? 0 : Math.min(100, Math.max(0, share));
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
