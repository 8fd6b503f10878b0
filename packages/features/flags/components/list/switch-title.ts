import type { Translate } from "@calcom/lib/i18n";
import type { FlagSummary } from "../../types";
import { rolloutText } from "../flag-words";

/** Which flag it switches, and for whom. */
export function switchName(
  { slug, rollout }: Pick<FlagSummary, "slug" | "rollout">,
  t: Translate,
  locale: string,
): string {
  if (rollout === null) return t("flag_enabled_switch", { slug });
  return t("flag_enabled_switch_for", { slug, whom: rolloutText(rollout, t, locale) });
}

/** What the switch of a flag does, and what goes with it. */
export function switchTitle(
  { enabled, rollout, schedule }: FlagSummary,
  t: Translate,
  locale: string,
): string {
  const done = enabled
    ? t("flag_turn_off")
    : rollout === null
      ? t("flag_turn_on")
      : t("flag_turn_on_for", { whom: rolloutText(rollout, t, locale) });
  return schedule.planned === 0 ? done : `${done}. ${t("flag_switch_drops", { count: schedule.planned })}`;
}
