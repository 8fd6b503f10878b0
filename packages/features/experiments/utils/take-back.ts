import { sentence } from "@calcom/lib/sentence";
import { DAY_MS } from "@calcom/lib/time";
import type { ExperimentConfig } from "../types/config";
import { ExperimentError } from "../types/errors";
import type { PlannedChange, PresentExperiment } from "./plan-change";

type Ended = Pick<ExperimentConfig, "status" | "winnerVariant" | "endedAt">;

/** Until when the winner can be withdrawn: a day after the end. Null where none is served. */
export function findTakeBackEnd({ status, winnerVariant, endedAt }: Ended): Date | null {
  const isOver = status === "concluded" || status === "archived";
  if (!isOver || winnerVariant === null || endedAt === null) return null;
  return new Date(Date.parse(endedAt) + DAY_MS);
}

/**
 * Serves what there is without a winner: control, or what the flag says that it was. The experiment stays over: its end,
 * the reason and the receipt are as they were, and nobody is assigned or counted again.
 *
 * @throws ExperimentError `invalid_transition` where there is no winner
 */
export function planTakeBack({ slug, description, config }: PresentExperiment, now: Date): PlannedChange {
  const until = findTakeBackEnd(config);
  if (until === null || config.winnerVariant === null)
    throw new ExperimentError(
      "invalid_transition",
      sentence("{{slug}} has no winner to withdraw. Reload the page.", { slug }),
    );
  return {
    config: {
      ...config,
      winnerVariant: null,
      takenBack: { variant: config.winnerVariant, at: now.toISOString() },
    },
    description,
    closesEpoch: false,
    opensEpoch: false,
    keptVariants: null,
    until,
  };
}

export function tooLateToTakeBack(slug: string): ExperimentError {
  return new ExperimentError(
    "invalid_transition",
    sentence(
      "A winner can be withdrawn within a day. The winner of {{slug}} has been shown for longer. Start a new experiment to change it.",
      { slug },
    ),
  );
}
