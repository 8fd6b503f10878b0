import type { Translate } from "@calcom/lib/i18n";
import type { AuditEntry, Difference } from "../../types/activity";
import { settingName } from "./setting-name";

const NAMED = 3;

/** What people decide first stands first, */
const FIRST = ["name", "hypothesis", "variants", "metrics", "targetingRules", "unit"];
/** and what the service keeps for itself last: nobody has chosen it. */
const KEPT = ["salt", "hashVersion", "epoch", "registeredMetrics", "catalogMetrics"];

const countKeys: Partial<Record<AuditEntry["action"], string>> = {
  INSERT: "activity_settings_at_creation",
  DELETE: "activity_settings_at_deletion",
};

/** "50 settings at creation: Name, Hypothesis, Variants …": how many there are, and what they are about. */
export function namedSettings(
  { action, differences }: Pick<AuditEntry, "action" | "differences">,
  t: Translate,
): string {
  const unknown = t("activity_other_setting");
  const names = [
    ...new Set(
      ordered(differences)
        .map(({ path }) => settingName(path.split(".")[0] ?? path, t))
        .filter((name) => name !== unknown),
    ),
  ];
  const few = names.slice(0, NAMED).join(", ") + (names.length > NAMED ? "\u00a0…" : "");
  const countKey = countKeys[action];
  const counted = t(countKey ?? "activity_settings", { count: differences.length });
  if (few === "") return counted;
  // Of a file, or of a look at results, it is no setting.
  return countKey === undefined ? few : `${counted}: ${few}`;
}

export function ordered(differences: readonly Difference[]): Difference[] {
  return [...differences].sort((one, other) => rankOf(one) - rankOf(other));
}

function rankOf({ path }: Difference): number {
  const setting = path.split(".")[0] ?? "";
  if (KEPT.includes(setting)) return FIRST.length + 1;
  return FIRST.includes(setting) ? FIRST.indexOf(setting) : FIRST.length;
}
