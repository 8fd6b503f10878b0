"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, Field, RadioGroup, RadioGroupItem, VariantSwatch } from "@calcom/ui";
import { type ReactNode, useId } from "react";
import type { ExperimentSummary } from "../../types/admin";
import { ControlNote } from "../shared/ControlNote";
import { controlFirst } from "../shared/variant-order";

// Variants are named in lower case, so that this cannot be one.
export const NO_WINNER = "NONE";

/** From so many variants on they stand in two columns, so that the reason below stays in sight. */
const MANY = 4;

interface ConclusionChoicesProps {
  experiment: Pick<ExperimentSummary, "variants" | "control">;
  choice: string;
  onChoice: (choice: string) => void;
  /** Whether somebody wanted to go on without one. */
  isMissing: boolean;
}

/** What everybody gets from now on. */
export function ConclusionChoices(props: ConclusionChoicesProps) {
  const { experiment, choice, onChoice, isMissing } = props;
  const { variants, control } = experiment;
  const { t } = useLocale();
  const id = useId();
  return (
    <Field
      label={t("experiment_conclude_choice")}
      htmlFor={`${id}-choice`}
      error={isMissing ? t("experiment_choose_what_everybody_sees") : undefined}
      isUrgent
      required
    >
      <RadioGroup
        value={choice}
        onValueChange={onChoice}
        // The lines between the choices are the ground behind them.
        className={cn(
          "gap-px overflow-hidden rounded-md border bg-border",
          variants.length >= MANY && "sm:grid-cols-2",
        )}
      >
        {controlFirst(variants, control).map((variant, place) => (
          <Choice
            key={variant.name}
            id={`${id}-${variant.name}`}
            value={variant.name}
            // Of an odd number the last one fills its line.
            className={cn(place % 2 === 0 && "sm:[&:nth-last-child(2)]:col-span-full")}
          >
            <VariantSwatch index={place} />
            <span className="wrap-anywhere min-w-0 font-mono text-dense">{variant.name}</span>
            <ControlNote name={variant.name} control={control} />
          </Choice>
        ))}
        <Choice id={`${id}-none`} value={NO_WINNER} className="col-span-full">
          <span className="grid">
            {t("experiment_no_winner")}
            <span className="text-muted-foreground text-xs">{t("experiment_no_winner_sentence")}</span>
          </span>
        </Choice>
      </RadioGroup>
    </Field>
  );
}

interface ChoiceProps {
  id: string;
  value: string;
  className?: string;
  children: ReactNode;
}

function Choice({ id, value, className, children }: ChoiceProps) {
  return (
    <label
      htmlFor={id}
      className={cn(
        "flex cursor-pointer items-center gap-2.5 bg-popover px-3 py-1.5 text-sm hover:bg-subtle pointer-coarse:min-h-11",
        className,
      )}
    >
      <RadioGroupItem id={id} value={value} />
      {children}
    </label>
  );
}
