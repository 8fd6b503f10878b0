"use client";

import { changedMeanwhile } from "@calcom/lib/changed-meanwhile";
import { useLocale } from "@calcom/lib/i18n";
import { asRefusal, say } from "@calcom/lib/sentence";
import { ChangedAlert } from "../shared/ChangedAlert";
import { describeSetting, settingKeys } from "./describe-setting";
import type { FormValues } from "./form-values";
import { useMetricName } from "./metrics-port";
import type { Rebase } from "./rebase";
import { useAudienceWords } from "./targeting/useAudienceWords";

export interface StaleAlertProps {
  changedBy: string | null;
  rebase: Rebase<FormValues>;
  current: FormValues;
  mine: FormValues;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** Somebody saved the experiment meanwhile. */
export function StaleAlert({ changedBy, rebase, current, mine, onKeepMine, onTakeTheirs }: StaleAlertProps) {
  const { t } = useLocale();
  const teams = [current, mine].flatMap(({ targetingRules: { teamIds, organizationIds } }) => [
    ...teamIds,
    ...organizationIds,
  ]);
  const words = { ...useAudienceWords(teams), metricName: useMetricName() };
  return (
    <ChangedAlert
      changed={say(t, asRefusal(changedMeanwhile(current.name, changedBy).details.changed))}
      theirs={rebase.theirs.map((key) => ({
        label: t(settingKeys[key]),
        text: describeSetting(key, current, words),
        mine: rebase.conflicts.includes(key) ? describeSetting(key, mine, words) : undefined,
      }))}
      onKeepMine={onKeepMine}
      onTakeTheirs={onTakeTheirs}
    />
  );
}
