"use client";

import type { Translate } from "@calcom/lib/i18n";
import { useLocale } from "@calcom/lib/i18n";
import { Alert } from "@calcom/ui";
import Link from "next/link";
import type { ExperimentDetail } from "../../types/admin";
import { useMay } from "../ExperimentPermissions";
import { CommandLine } from "../shared/CommandLine";
import { codeToGo } from "../shared/code-to-go";
import type { Format } from "../shared/format";
import { useFormat } from "../shared/useFormat";
import { conclusionReasonKeys } from "../shared/words";

interface ConcludedNoticeProps {
  experiment: ExperimentDetail;
  reportPath: string;
}

/** Of one that is over: what everybody sees, why, what was learnt, and which code can go. */
export function ConcludedNotice({ experiment, reportPath }: ConcludedNoticeProps) {
  const { t } = useLocale();
  const format = useFormat();
  const mayDecide = useMay("decide");
  const { winnerVariant, takeBackUntil, config, isTurnedOff } = experiment;
  return (
    <Alert
      tone={winnerVariant === null || isTurnedOff ? "info" : "success"}
      title={titleOf(experiment, t)}
      description={
        <>
          <span className="block">{sayEnd(experiment, { t, format }).join(" ")}</span>
          {config?.learning && (
            <span className="wrap-anywhere mt-2 block whitespace-pre-line">
              <span className="font-medium">{t("experiment_learning")}:</span> {config.learning}
            </span>
          )}
          <Code experiment={experiment} />
          {mayDecide && takeBackUntil !== null && Date.now() < takeBackUntil.getTime() && (
            <span className="mt-2 block">
              {t("experiment_take_back_until", { moment: format.moment(takeBackUntil) })}
            </span>
          )}
          <Link href={reportPath} className="mt-2 block w-fit underline underline-offset-2">
            {t("report_open")}
          </Link>
        </>
      }
    />
  );
}

interface Words {
  t: Translate;
  format: Format;
}

function isFlagAgain({ isConverted, winnerVariant }: ExperimentDetail): boolean {
  return isConverted && winnerVariant === null;
}

/** While it is turned off, nobody sees what it ended with: the notice of the brake says what everybody sees. */
function titleOf(experiment: ExperimentDetail, t: Translate): string {
  const { winnerVariant, config, isTurnedOff } = experiment;
  if (winnerVariant !== null)
    return t(isTurnedOff ? "experiment_concluded_off_with_winner" : "experiment_concluded_with_winner", {
      variant: winnerVariant,
    });
  if (config?.takenBack) return t("experiment_concluded_taken_back", { variant: config.takenBack.variant });
  const keys = config?.startedAt === null ? unstartedKeys : withoutWinnerKeys;
  return t(isTurnedOff ? keys.off : isFlagAgain(experiment) ? keys.flag : keys.plain);
}

const withoutWinnerKeys = {
  off: "experiment_concluded_off",
  flag: "experiment_concluded_flag",
  plain: "experiment_concluded_without_winner",
};
const unstartedKeys = {
  off: "experiment_unstarted_off",
  flag: "experiment_unstarted_flag",
  plain: "experiment_unstarted",
};

function sayEnd(experiment: ExperimentDetail, { t, format }: Words): string[] {
  const { endedAt = null, conclusionReason = null, takenBack = null } = experiment.config ?? {};
  return [
    ...(endedAt === null ? [] : [t("experiment_concluded_on", { day: format.day(new Date(endedAt)) })]),
    ...(conclusionReason === null
      ? []
      : [t("experiment_concluded_because", { reason: t(conclusionReasonKeys[conclusionReason]) })]),
    ...(takenBack === null
      ? []
      : [t(takenBackKeyOf(experiment), { moment: format.moment(new Date(takenBack.at)) })]),
  ];
}

function takenBackKeyOf(experiment: ExperimentDetail): string {
  if (experiment.isTurnedOff) return "experiment_concluded_taken_back_off_text";
  return isFlagAgain(experiment)
    ? "experiment_concluded_taken_back_flag_text"
    : "experiment_concluded_taken_back_text";
}

/** Where a flag answers again, or can be turned on again, its code stays. */
function Code({ experiment }: Pick<ConcludedNoticeProps, "experiment">) {
  const { t } = useLocale();
  const { moment } = useFormat();
  const { slug, unit, winnerVariant, control, lastAsk, isTurnedOff } = experiment;
  if (isTurnedOff) return null;
  if (isFlagAgain(experiment))
    return <span className="mt-2 block">{t("experiment_concluded_flag_text")}</span>;
  const code = codeToGo({ slug, unit, kept: winnerVariant ?? control, lastAsk }, { t, moment });
  return (
    <span className="wrap-anywhere mt-2 grid gap-1.5 *:min-w-0">
      <span>
        {code.what} {code.calls}
      </span>
      {code.command !== null && <CommandLine command={code.command} label={code.calls} />}
      {code.lastAsked !== null && <span>{code.lastAsked}</span>}
    </span>
  );
}
