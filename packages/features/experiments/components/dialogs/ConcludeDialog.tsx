"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Button,
  cn,
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@calcom/ui";
import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { CONCLUSION_REASONS, type ConclusionReason } from "../../types/conclusion";
import { useFigures } from "../analytics/charts/useFigures";
import { contradictionText } from "../analytics/contradiction";
import { wordsFor } from "../analytics/words";
import { CommandLine } from "../shared/CommandLine";
import { codeToGo } from "../shared/code-to-go";
import { Keyed } from "../shared/Keyed";
import { keyed, plainKeys } from "../shared/keys";
import { RefusalAlert } from "../shared/RefusalAlert";
import { type MissingAnswer, StillMissing } from "../shared/StillMissing";
import { ConclusionChoices, NO_WINNER } from "./ConclusionChoices";
import { ConclusionFields, isAtField } from "./ConclusionFields";
import { useEndPreview } from "./end-port";
import { FinalFigures } from "./FinalFigures";
import { type DialogParts, useOrder } from "./useOrder";

interface ConcludeDialogProps extends DialogParts {
  verdict?: ReactNode;
  /** What may be given as the reason by what the page shows, until the server has said it. */
  reasons?: readonly ConclusionReason[] | undefined;
}

/** The choice is the admin's alone: nothing is chosen beforehand, whatever the numbers say. */
export function ConcludeDialog(props: ConcludeDialogProps) {
  const { experiment, onClose, verdict } = props;
  const { t } = useLocale();
  const { run, isRunning, refusal, isOutdated, refusalId } = useOrder(props);
  const end = useEndPreview(experiment.slug);
  const [choice, setChoice] = useState("");
  const [reason, setReason] = useState<ConclusionReason | null>(null);
  const [learning, setLearning] = useState("");
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const missingId = useId();
  const figures = useFigures();
  const tKeyed = keyed(t);
  const { slug, name, unit, control, isConverted } = experiment;
  const told = end.status === "done" ? end.value?.reasons : undefined;
  const reasons = told ?? props.reasons ?? CONCLUSION_REASONS;
  // One that was chosen before it was known that it cannot be is none.
  const given = reasons.find((open) => open === reason) ?? null;

  const final = end.status === "done" ? (end.value?.result ?? null) : null;
  const contradiction =
    final === null ? null : contradictionText(given, final, wordsFor(final, tKeyed, figures));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (choice !== "" && given !== null)
      return void run({
        command: "conclude",
        winnerVariant: choice === NO_WINNER ? null : choice,
        reason: given,
        learning,
        ...(end.status === "done" && end.value !== null && { seenEnd: end.value }),
      });
    setChecked(true);
    missing[0]?.onGo();
  }
  const goTo = (place: number) => () => {
    const groups = form.current?.querySelectorAll<HTMLElement>("[role=radiogroup]");
    groups?.[place]?.querySelector<HTMLElement>("[role=radio]")?.focus();
  };
  const missing: MissingAnswer[] = [
    ...(choice === "" ? [{ label: t("experiment_conclude_choice"), onGo: goTo(0) }] : []),
    ...(given === null ? [{ label: t("experiment_conclusion_reason"), onGo: goTo(1) }] : []),
  ];
  // Where the flag answers again, its code stays.
  const keepsCode = isConverted && choice === NO_WINNER;
  const kept = choice === NO_WINNER ? control : choice;
  const code = codeToGo({ slug, unit, kept, isAhead: true }, { t: tKeyed, moment: figures.moment });

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent closeLabel={t("close")} fillsSmallScreens>
        <form ref={form} onSubmit={submit} className="contents">
          <DialogHeader>
            <DialogTitle>{t("experiment_conclude_title", { name })}</DialogTitle>
            <DialogDescription>{t("experiment_conclude_question")}</DialogDescription>
          </DialogHeader>
          <DialogBody>
            <FinalFigures end={end} unit={unit} verdict={verdict} />
            <ConclusionChoices
              experiment={experiment}
              choice={choice}
              onChoice={setChoice}
              isMissing={isChecked && choice === ""}
            />
            {/* These lines alone depend on the choice, so that choosing moves nothing. */}
            <p aria-live="polite" className="mt-2.5 min-h-10 text-pretty text-sm">
              {choice === "" && t("experiment_conclude_before_choice")}
              {choice === NO_WINNER &&
                t(isConverted ? "experiment_conclude_flag" : "experiment_conclude_without_winner")}
              {choice !== NO_WINNER && choice !== "" && (
                <Keyed>{tKeyed(winnerKeys[unit], { variant: choice })}</Keyed>
              )}
              {choice !== "" && !keepsCode && <Keyed>{` ${code.what}`}</Keyed>}
            </p>
            <ConclusionFields
              reasons={reasons}
              reason={given}
              onReason={setReason}
              isMissing={isChecked && given === null}
              contradiction={contradiction}
              learning={learning}
              onLearning={setLearning}
              refusal={refusal}
            />
            <div className={cn("mt-4 grid gap-1.5 text-pretty text-sm *:min-w-0", keepsCode && "invisible")}>
              <p>
                <Keyed>{code.calls}</Keyed>
              </p>
              {code.command !== null && <CommandLine command={code.command} label={plainKeys(code.calls)} />}
            </div>
          </DialogBody>
          {refusal && !isAtField(refusal) && <RefusalAlert id={refusalId} refusal={refusal} />}
          <DialogFooter className="sm:flex-wrap">
            <StillMissing id={missingId} missing={missing} />
            <Button type="button" variant="outline" disabled={isRunning} onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button
              type="submit"
              loading={isRunning}
              disabled={isOutdated}
              aria-describedby={isOutdated ? refusalId : missing.length > 0 ? missingId : undefined}
            >
              {t("experiment_conclude")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

const winnerKeys = {
  user: "experiment_conclude_winner_user",
  team: "experiment_conclude_winner_team",
  visitor: "experiment_conclude_winner_visitor",
};
