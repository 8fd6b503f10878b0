import type { Translate } from "@calcom/lib/i18n";
import type { AuditEntry, Difference } from "../../types/activity";
import { settingName } from "./setting-name";

const NAMED = 4;

/** What the service keeps for itself: nobody has chosen it. */
const KEPT = new Set(["salt", "hashVersion", "registeredMetrics", "catalogMetrics"]);

const countKeys: Partial<Record<AuditEntry["action"], string>> = {
  INSERT: "activity_settings_at_creation",
  DELETE: "activity_settings_at_deletion",
};

/** "50 settings at creation: Name, Hypothesis, Unit, Variants …": how many there are, and what they are about. */
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
  const few = names.slice(0, NAMED).join(", ") + (names.length > NAMED ? " …" : "");
  const countKey = countKeys[action];
  const counted = t(countKey ?? "activity_settings", { count: differences.length });
  if (few === "") return counted;
  // Of a file, or of a look at results, it is no setting.
  return countKey === undefined ? few : `${counted}: ${few}`;
}

/** As they are, but what nobody has chosen comes last. */
export function ordered(differences: readonly Difference[]): Difference[] {
  const isKept = ({ path }: Difference) => KEPT.has(path.split(".")[0] ?? "");
  return [...differences.filter((one) => !isKept(one)), ...differences.filter(isKept)];
}
