"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Checkbox } from "@calcom/ui";
import { useMay } from "../ExperimentPermissions";
import { useFormat } from "../shared/useFormat";
import type { TeamItems } from "./useTeamItems";

interface TeamChecksProps {
  team: TeamItems;
  /** Somebody tried to start while an item was open. */
  isMissing?: boolean;
}

/** What the team wants checked by a person; the start waits for all of it. */
export function TeamChecks({ team, isMissing = false }: TeamChecksProps) {
  const { t } = useLocale();
  const { moment } = useFormat();
  const mayRun = useMay("run");
  if (team.items.length === 0) return null;
  const isOpen = team.items.some(({ checked }) => checked === null);
  return (
    <fieldset className="grid gap-2" aria-describedby="team-items-error">
      <legend className="mb-2 font-medium text-sm">{t("start_team_items")}</legend>
      {team.items.map(({ id, text, checked }) => (
        <div key={id} className="flex items-start gap-2.5 text-dense">
          <Checkbox
            id={`item-${id}`}
            className="mt-0.5"
            checked={checked !== null}
            disabled={!mayRun}
            aria-invalid={isMissing && checked === null}
            onCheckedChange={(isChecked) => void team.check(id, isChecked === true)}
          />
          <label htmlFor={`item-${id}`} className="wrap-anywhere min-w-0 flex-1">
            {text}
            {checked !== null && (
              <span className="block text-muted-foreground text-xs">
                {checked.by === null
                  ? moment(checked.at)
                  : t("start_team_item_checked", { name: checked.by, moment: moment(checked.at) })}
              </span>
            )}
          </label>
        </div>
      ))}
      <p id="team-items-error" aria-live="polite" className="text-dense text-destructive empty:hidden">
        {team.failure !== null
          ? t("start_team_item_failed", { reason: team.failure })
          : isMissing && isOpen && t("start_team_items_open")}
      </p>
    </fieldset>
  );
}
