"use client";

import { useLocale } from "@calcom/lib/i18n";
import { FlagStatus } from "../../../experiments/components/FlagStatus";
import type { FlagSummary } from "../../types";
import { stateText } from "../flag-words";

interface FlagStateProps {
  flag: Pick<FlagSummary, "type" | "enabled" | "rollout">;
}

/** Whether a flag is on, and for whom: the one thing that its row is looked at for. */
export function FlagState({ flag }: FlagStateProps) {
  const { t, locale } = useLocale();
  const { enabled, type, rollout } = flag;
  return (
    <FlagStatus isOn={enabled} isKillSwitch={type === "KILL_SWITCH"} isForSome={rollout !== null}>
      {stateText(flag, t, locale)}
    </FlagStatus>
  );
}
