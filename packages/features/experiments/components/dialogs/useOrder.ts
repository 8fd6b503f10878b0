"use client";

import { useId, useState } from "react";
import type { ExperimentSummary } from "../../types/admin";
import type { CommandOrder, CommandRefusal, RunCommand } from "../shared/commands";

export interface DialogParts {
  experiment: ExperimentSummary;
  onClose: () => void;
  onRun: RunCommand;
}

/** Carries an order out, closes once it is done, and otherwise stays open with what stood in the way. */
export function useOrder({ experiment, onClose, onRun }: DialogParts) {
  const [isRunning, setRunning] = useState(false);
  const refusalId = useId();
  const [refusal, setRefusal] = useState<CommandRefusal | null>(null);

  async function run(order: CommandOrder): Promise<void> {
    setRunning(true);
    setRefusal(null);
    const refused = await onRun(experiment, order);
    setRunning(false);
    if (refused === null) onClose();
    else setRefusal(refused);
  }

  return {
    run,
    isRunning,
    refusal,
    /** Somebody changed the experiment that the dialog speaks of: nothing can come of it any more. */
    isOutdated: refusal?.changed !== undefined,
    /** Of its text, which describes the button that it blocks. */
    refusalId,
  };
}
