"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Alert,
  Button,
  cn,
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  RadioGroup,
  RadioGroupItem,
  VariantSwatch,
} from "@calcom/ui";
import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import type { ConclusionReason } from "../../types/conclusion";
import { CommandLine } from "../shared/CommandLine";
import { ControlNote } from "../shared/ControlNote";
import { codeToGo } from "../shared/code-to-go";
import { useFormat } from "../shared/useFormat";
import { controlFirst } from "../shared/variant-order";
import { ConclusionFields } from "./ConclusionFields";
import { useEndPreview } from "./end-port";
import { FinalFigures } from "./FinalFigures";
import { SoFar } from "./SoFar";
import { type DialogParts, useOrder } from "./useOrder";

// Variants are named in lower case, so that this cannot be one.
const NO_WINNER = "NONE";

/** The choice is the admin's alone: nothing is chosen beforehand, whatever the numbers say. */
export function ConcludeDialog(props: DialogParts & { verdict?: ReactNode }) {
  const { experiment, onClose, verdict } = props;
  const { t } = useLocale();
  const { run, isRunning, refusal } = useOrder(props);
  const end = useEndPreview(experiment.slug);
  const [choice, setChoice] = useState("");
  const [reason, setReason] = useState<ConclusionReason | null>(null);
  const [learning, setLearning] = useState("");
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const { moment } = useFormat();
  const { slug, name, unit, variants, control, isConverted } = experiment;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (choice !== "" && reason !== null)
      return void run({
        command: "conclude",
        winnerVariant: choice === NO_WINNER ? null : choice,
        reason,
        learning,
        ...(end.status === "done" && end.value !== null && { seenEnd: end.value }),
      });
    setChecked(true);
    const groups = form.current?.querySelectorAll<HTMLElement>("[role=radiogroup]");
    groups?.[choice === "" ? 0 : 1]?.querySelector<HTMLElement>("[role=radio]")?.focus();
  }
  // Where the flag answers again, its code stays.
  const keepsCode = isConverted && choice === NO_WINNER;
  const kept = choice === NO_WINNER ? control : choice;
  const code = codeToGo({ slug, unit, kept }, { t, moment });
  const isMissing = isChecked && choice === "";

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent closeLabel={t("close")} fillsSmallScreens>
        <form ref={form} onSubmit={submit} className="contents">
          <DialogHeader>
            <DialogTitle>{t("experiment_conclude_title", { name })}</DialogTitle>
            <DialogDescription id={`${id}-question`}>{t("experiment_conclude_question")}</DialogDescription>
          </DialogHeader>
          <DialogBody>
            <FinalFigures end={end} unit={unit} verdict={verdict} />
            <RadioGroup
              value={choice}
              onValueChange={setChoice}
              aria-labelledby={`${id}-question`}
              aria-invalid={isMissing || undefined}
              aria-describedby={isMissing ? `${id}-missing` : undefined}
              className="gap-0 divide-y rounded-md border"
            >
              {controlFirst(variants, control).map((variant, place) => (
                <Choice key={variant.name} id={`${id}-${variant.name}`} value={variant.name}>
                  <VariantSwatch index={place} />
                  <span className="wrap-anywhere font-mono text-dense">{variant.name}</span>
                  <ControlNote name={variant.name} control={control} />
                </Choice>
              ))}
              <Choice id={`${id}-none`} value={NO_WINNER}>
                <span className="grid">
                  {t("experiment_no_winner")}
                  <span className="text-muted-foreground text-xs">{t("experiment_no_winner_sentence")}</span>
                </span>
              </Choice>
            </RadioGroup>
            {isMissing && (
              <p id={`${id}-missing`} role="alert" className="mt-1.5 text-dense text-destructive">
                {t("experiment_choose_what_everybody_sees")}
              </p>
            )}
            {/* The first two lines alone depend on the choice, so that choosing moves nothing. */}
            <div className="mt-3 grid gap-1.5 text-pretty text-sm *:min-w-0">
              <p aria-live="polite" className="min-h-10">
                {choice === "" && t("experiment_conclude_before_choice")}
                {choice === NO_WINNER &&
                  t(isConverted ? "experiment_conclude_flag" : "experiment_conclude_without_winner")}
                {choice !== NO_WINNER && choice !== "" && t(winnerKeys[unit], { variant: choice })}
                {choice !== "" && !keepsCode && ` ${code.what}`}
              </p>
              <div className={cn("grid gap-1.5 *:min-w-0", keepsCode && "invisible")}>
                <p>{code.calls}</p>
                {code.command !== null && <CommandLine command={code.command} label={code.calls} />}
              </div>
              <p className="text-muted-foreground empty:hidden">
                <SoFar experiment={experiment} />
              </p>
            </div>
            <ConclusionFields
              reason={reason}
              onReason={setReason}
              isMissing={isChecked && reason === null}
              learning={learning}
              onLearning={setLearning}
              error={refusal?.field === "learning" ? refusal.message : undefined}
            />
          </DialogBody>
          {refusal && refusal.field !== "learning" && <Alert tone="destructive" title={refusal.message} />}
          <DialogFooter>
            <Button type="button" variant="outline" disabled={isRunning} onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={isRunning}>
              {t("experiment_conclude")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function Choice({ id, value, children }: { id: string; value: string; children: ReactNode }) {
  return (
    <label
      htmlFor={id}
      className="flex cursor-pointer items-center gap-2.5 px-3 py-2 hover:bg-subtle pointer-coarse:min-h-11"
    >
      <RadioGroupItem id={id} value={value} />
      {children}
    </label>
  );
}

const winnerKeys = {
  user: "experiment_conclude_winner_user",
  team: "experiment_conclude_winner_team",
  visitor: "experiment_conclude_winner_visitor",
};
