"use client";

import { changedMeanwhile } from "@calcom/lib/changed-meanwhile";
import { useLocale } from "@calcom/lib/i18n";
import { asRefusal, say } from "@calcom/lib/sentence";
import { Alert, Button } from "@calcom/ui";
import { useEffect, useRef } from "react";
import { describeSetting, settingKeys } from "./describe-setting";
import type { FormValues } from "./form-values";
import { useMetricName } from "./metrics-port";
import type { Rebase } from "./rebase";
import { useAudienceWords } from "./targeting/useAudienceWords";

export interface StaleAlertProps {
  changedBy: string | null;
  rebase: Rebase;
  current: FormValues;
  mine: FormValues;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** Somebody saved meanwhile: what they changed, what collides with mine, and the choice. Nothing is merged silently. */
export function StaleAlert({ changedBy, rebase, current, mine, onKeepMine, onTakeTheirs }: StaleAlertProps) {
  const { t } = useLocale();
  const teams = [current, mine].flatMap(({ targetingRules: { teamIds, organizationIds } }) => [
    ...teamIds,
    ...organizationIds,
  ]);
  const words = { ...useAudienceWords(teams), metricName: useMetricName() };
  const alert = useRef<HTMLDivElement>(null);
  // It stands above the form, and the save button below.
  useEffect(() => alert.current?.focus(), []);
  return (
    <Alert
      tone="warning"
      tabIndex={-1}
      ref={alert}
      title={say(t, asRefusal(changedMeanwhile(current.name, changedBy).details.changed))}
      description={
        rebase.theirs.length === 0
          ? t("experiment_changed_meanwhile_elsewhere")
          : t("experiment_changed_meanwhile_what")
      }
    >
      {rebase.theirs.length > 0 && (
        <ul className="my-1 grid gap-1.5 text-dense">
          {rebase.theirs.map((key) => (
            <li key={key} className="wrap-anywhere">
              <span className="font-medium">{t(settingKeys[key])}</span>:{" "}
              {describeSetting(key, current, words)}
              {rebase.conflicts.includes(key) && (
                <span className="block text-muted-foreground">
                  {t("experiment_your_value", { value: describeSetting(key, mine, words) })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <div className="mt-1 flex flex-wrap gap-2">
        <Button type="button" size="sm" onClick={onKeepMine}>
          {t("experiment_keep_my_changes")}
        </Button>
        <Button type="button" size="sm" variant="outline" onClick={onTakeTheirs}>
          {t("experiment_discard_my_changes")}
        </Button>
      </div>
    </Alert>
  );
}
