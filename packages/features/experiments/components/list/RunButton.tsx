"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Tooltip, TooltipContent, TooltipTrigger } from "@calcom/ui";
import { type LucideIcon, PauseIcon, PlayIcon, PowerIcon } from "lucide-react";
import type { ExperimentSummary } from "../../types/admin";
import { useMay } from "../ExperimentPermissions";
import { type Command, type RunningCommand, runningCommand } from "../shared/commands";
import { commandKeys } from "../shared/words";

interface RunButtonProps {
  experiment: ExperimentSummary;
  onCommand: (command: Command) => void;
  isPending: boolean;
}

/** One click pauses a running experiment, or runs one that does not. The button is named by what the click does. */
export function RunButton({ experiment, onCommand, isPending }: RunButtonProps) {
  const { t } = useLocale();
  const command = runningCommand(experiment);
  if (!useMay("run") || command === null) return null;
  const Icon = icons[command];
  const sentence = sentenceKeys[command];
  return (
    <Tooltip>
      <TooltipTrigger asChild>
        <Button
          variant="ghost"
          size="icon-sm"
          className="text-muted-foreground"
          disabled={isPending}
          onClick={() => onCommand(command)}
        >
          <Icon aria-hidden />
          <span className="sr-only">
            {t(commandKeys[command])} {experiment.name}
          </span>
        </Button>
      </TooltipTrigger>
      <TooltipContent>
        <span className="block font-medium">{t(commandKeys[command])}</span>
        {sentence !== undefined && t(sentence)}
      </TooltipContent>
    </Tooltip>
  );
}

const icons: Record<RunningCommand, LucideIcon> = {
  pause: PauseIcon,
  resume: PlayIcon,
  start: PlayIcon,
  turn_on: PowerIcon,
};

/** Commands that take effect at once. The others open a dialog that explains them. */
const sentenceKeys: Partial<Record<RunningCommand, string>> = {
  pause: "bulk_pause_sentence",
  resume: "experiment_resume_sentence",
};
