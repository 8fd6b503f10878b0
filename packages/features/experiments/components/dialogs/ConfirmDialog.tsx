"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  Button,
} from "@calcom/ui";
import type { Command, CommandAtOnce } from "../shared/commands";
import { RefusalAlert } from "../shared/RefusalAlert";
import { commandKeys } from "../shared/words";
import { SoFar } from "./SoFar";
import { type DialogParts, useOrder } from "./useOrder";

type ConfirmedCommand = Exclude<Command, CommandAtOnce | "start" | "conclude" | "duplicate" | "delete">;

/** Says what everybody will see from now on, and asks. */
export function ConfirmDialog(props: DialogParts & { command: ConfirmedCommand }) {
  const { experiment, command, onClose } = props;
  const { t } = useLocale();
  const { run, isRunning, refusal, isOutdated, refusalId } = useOrder(props);
  const { name } = experiment;
  return (
    <AlertDialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{t(titleKeys[command], { name })}</AlertDialogTitle>
          <AlertDialogDescription>
            {t(sentenceKeyOf(command, experiment), { variant: experiment.winnerVariant ?? "" })}{" "}
            {command === "take_back" ? t("experiment_take_back_stays") : <SoFar experiment={experiment} />}
          </AlertDialogDescription>
        </AlertDialogHeader>
        {refusal && <RefusalAlert id={refusalId} refusal={refusal} />}
        <AlertDialogFooter>
          <AlertDialogCancel disabled={isRunning}>{t("cancel")}</AlertDialogCancel>
          <Button
            variant={command === "turn_off" ? "destructive" : "default"}
            loading={isRunning}
            disabled={isOutdated}
            aria-describedby={isOutdated ? refusalId : undefined}
            onClick={() => run({ command })}
          >
            {t(commandKeys[command]).replace(/…$/, "")}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}

const titleKeys: Record<ConfirmedCommand, string> = {
  turn_off: "experiment_turn_off_title",
  turn_on: "experiment_turn_on_title",
  archive: "experiment_archive_title",
  take_back: "experiment_take_back_title",
  revert: "experiment_revert_title",
};

const sentenceKeys: Record<ConfirmedCommand, string> = {
  turn_off: "experiment_turn_off_sentence",
  turn_on: "experiment_turn_on_sentence",
  archive: "experiment_archive_sentence",
  take_back: "experiment_take_back_sentence",
  revert: "experiment_revert_sentence",
};

/** Of what was a flag more is to be said: whom it selects, and that its brake works before the start and after the end. */
function sentenceKeyOf(command: ConfirmedCommand, experiment: DialogParts["experiment"]): string {
  if (!experiment.isConverted) return sentenceKeys[command];
  if (command === "take_back") return "experiment_take_back_flag_sentence";
  if (command === "turn_off") return "experiment_turn_off_flag_sentence";
  if (command === "turn_on" && experiment.isTurnedOff) return "experiment_turn_on_flag_sentence";
  if (command === "revert" && experiment.status !== "draft") return "experiment_revert_started_sentence";
  return sentenceKeys[command];
}
