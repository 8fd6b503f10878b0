import type { Translate } from "@calcom/lib/i18n";
import type { Difference } from "../../types/activity";
import { settingName } from "./setting-name";

const NAMED = 2;

/** "Name, Hypothesis and 47 more": the first ones that have a name, and how many others there are. */
export function namedSettings(differences: readonly Difference[], t: Translate): string {
  const unknown = t("activity_other_setting");
  const known = new Set(
    differences.map(({ path }) => settingName(path, t)).filter((name) => !name.includes(unknown)),
  );
  const names = [...known].slice(0, NAMED);
  const others = differences.length - names.length;
  if (names.length === 0) return t("activity_settings", { count: differences.length });
  return others === 0
    ? names.join(", ")
    : t("activity_settings_named", { names: names.join(", "), formatted: String(others) });
}
