import type { Translate } from "@calcom/lib/i18n";
import type { FlagSummary } from "../../types";

/** What the switch of a flag does, and what goes with it. */
export function switchTitle({ enabled, schedule }: FlagSummary, t: Translate): string {
  const done = t(enabled ? "flag_turn_off" : "flag_turn_on");
  return schedule.planned === 0 ? done : `${done}. ${t("flag_switch_drops", { count: schedule.planned })}`;
}
