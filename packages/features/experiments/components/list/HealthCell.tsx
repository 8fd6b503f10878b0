"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn } from "@calcom/ui";
import {
  CalendarClockIcon,
  CircleOffIcon,
  CodeXmlIcon,
  FileWarningIcon,
  type LucideIcon,
  ScaleIcon,
  ShieldAlertIcon,
  TriangleAlertIcon,
} from "lucide-react";
import type { ExperimentSummary, SegmentDoubt, SplitDoubt } from "../../types/admin";
import type { Health, Problem } from "../../types/health";
import { useFigures } from "../analytics/charts/useFigures";
import { segmentName } from "../analytics/segment-words";
import { VerdictIcon } from "../analytics/VerdictIcon";
import { verdictKeys, verdictTones } from "../analytics/verdict-states";
import { splitShares } from "../shared/split-shares";
import { useFormat } from "../shared/useFormat";
import { problemText, timeLeftText } from "./health-words";

/** The verdict so far, the time left, and the problems that need attention. */
export function HealthCell({ experiment }: { experiment: ExperimentSummary }) {
  const { t } = useLocale();
  const { health, damage, splitOff, splitOffIn, control, chosenAfterStart, status } = experiment;
  return (
    <div className="grid gap-1">
      {health === null ? (
        // In a column of its own a draft has a dash there; below its name it says nothing.
        <p className={cn("text-muted-foreground", status === "draft" && "max-lg:hidden")}>
          {status === "draft" ? "–" : t("health_verdict_none")}
        </p>
      ) : (
        <VerdictLine health={health} />
      )}
      {damage !== null && <Warning icon={FileWarningIcon}>{damage}</Warning>}
      {splitOff !== null && <SplitWarning doubt={splitOff} control={control} />}
      {health?.problems
        .filter((problem) => !isSaid(problem, experiment))
        .map((problem) => (
          <ProblemWarning key={problem} problem={problem} health={health} />
        ))}
      {chosenAfterStart.length > 0 && (
        <Warning>{t("experiment_chosen_after_start", { count: chosenAfterStart.length })}</Warning>
      )}
      <SegmentWarning segments={splitOffIn} />
    </div>
  );
}

/** More exactly, by the line above. */
function isSaid(problem: Problem, { damage, splitOff }: ExperimentSummary): boolean {
  return (problem === "damaged" && damage !== null) || (problem === "split_off" && splitOff !== null);
}

function VerdictLine({ health }: { health: Health }) {
  const { t } = useLocale();
  const words = useWords();
  const { verdict } = health;
  const left = timeLeftText(health, words);
  return (
    <div>
      <p className="flex gap-1.5">
        {verdict !== null && <VerdictIcon tone={verdictTones[verdict]} className="mt-0.5 size-4" />}
        <span>{t(verdict === null ? "health_verdict_none" : verdictKeys[verdict])}</span>
      </p>
      {left !== null && <p className="text-muted-foreground text-xs">{left}</p>}
    </div>
  );
}

function ProblemWarning({ problem, health }: { problem: Problem; health: Health }) {
  const words = useWords();
  return <Warning icon={problemIcons[problem]}>{problemText(problem, health, words)}</Warning>;
}

function useWords() {
  const { t, locale } = useLocale();
  const { all, count } = useFormat();
  return { t, locale, all, count };
}

function SplitWarning({ doubt, control }: { doubt: SplitDoubt; control: string }) {
  const { t } = useLocale();
  const { share, pEquals } = useFigures();
  return (
    <Warning icon={ScaleIcon}>
      {t("experiment_split_is_off", { ...splitShares(doubt.variants, control, share), p: pEquals(doubt.p) })}
    </Warning>
  );
}

function SegmentWarning({ segments: [first, ...others] }: { segments: readonly SegmentDoubt[] }) {
  const { t } = useLocale();
  const { count } = useFigures();
  if (first === undefined) return null;
  const values = { segment: segmentName(first, t), others: count(others.length) };
  return (
    <Warning icon={ScaleIcon}>
      {t(others.length > 0 ? "experiment_split_is_off_in_more" : "experiment_split_is_off_in", values)}
    </Warning>
  );
}

const problemIcons: Record<Problem, LucideIcon> = {
  split_off: ScaleIcon,
  guardrail_harmed: ShieldAlertIcon,
  damaged: FileWarningIcon,
  metric_broken: TriangleAlertIcon,
  never_asked: CodeXmlIcon,
  no_traffic: CircleOffIcon,
  past_end: CalendarClockIcon,
};

function Warning({ icon: Icon = TriangleAlertIcon, children }: { icon?: LucideIcon; children: string }) {
  return (
    <p className="flex gap-1.5 text-warning text-xs">
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="wrap-anywhere">{children}</span>
    </p>
  );
}
