"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, cn } from "@calcom/ui";
import {
  CircleOffIcon,
  CodeXmlIcon,
  FileWarningIcon,
  type LucideIcon,
  ScaleIcon,
  ShieldAlertIcon,
  TriangleAlertIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import type { ExperimentSummary, SegmentDoubt, SplitDoubt } from "../../types/admin";
import type { Health, Problem } from "../../types/health";
import { useFigures } from "../analytics/charts/useFigures";
import { segmentName } from "../analytics/segment-words";
import { usePermittedCommands } from "../ExperimentPermissions";
import { OverdueIcon } from "../ExperimentStatus";
import type { Command } from "../shared/commands";
import { splitShares } from "../shared/split-shares";
import { useFormat } from "../shared/useFormat";
import { commandKeys } from "../shared/words";
import { problemText } from "./health-words";
import { VERDICT_INDENT, VerdictLine } from "./VerdictLine";

interface HealthCellProps {
  experiment: ExperimentSummary;
  onCommand: (command: Command) => void;
}

/** The verdict so far, the time left, and the problems that need attention. */
export function HealthCell({ experiment, onCommand }: HealthCellProps) {
  const { t } = useLocale();
  const { health, damage, splitOff, splitOffIn, control, chosenAfterStart, status } = experiment;
  return (
    <div className="grid gap-1">
      {health === null ? (
        // In a column of its own a draft has a dash there; below its name it says nothing.
        <p className={cn("text-muted-foreground", status === "draft" ? "max-lg:hidden" : VERDICT_INDENT)}>
          {status === "draft" ? "–" : t("health_verdict_none")}
        </p>
      ) : (
        <VerdictLine
          health={health}
          effect={experiment.effect}
          status={status}
          metric={experiment.verdictMetric}
        />
      )}
      {damage !== null && <Warning icon={FileWarningIcon}>{damage}</Warning>}
      {splitOff !== null && <SplitWarning doubt={splitOff} control={control} />}
      {health?.problems
        .filter((problem) => !isSaid(problem, experiment))
        .map((problem) => (
          <ProblemWarning key={problem} problem={problem} health={health}>
            {problem === "past_end" && <ConcludeButton experiment={experiment} onCommand={onCommand} />}
          </ProblemWarning>
        ))}
      {chosenAfterStart.length > 0 && (
        <Warning>{t("experiment_chosen_after_start", { count: chosenAfterStart.length })}</Warning>
      )}
      <SegmentWarning segments={splitOffIn} />
    </div>
  );
}

/** More exactly, by a line above. */
function isSaid(problem: Problem, { damage, splitOff, health }: ExperimentSummary): boolean {
  if (problem === "guardrail_harmed") return health?.verdict === "harmed";
  return (problem === "damaged" && damage !== null) || (problem === "split_off" && splitOff !== null);
}

interface ProblemWarningProps {
  problem: Problem;
  health: Health;
  children?: ReactNode;
}

function ProblemWarning({ problem, health, children }: ProblemWarningProps) {
  const { t, locale } = useLocale();
  const { all, count } = useFormat();
  return (
    <Warning icon={problemIcons[problem]} action={children}>
      {problemText(problem, health, { t, locale, all, count })}
    </Warning>
  );
}

/** All that was planned has come: what is left to do is to decide. */
function ConcludeButton({ experiment, onCommand }: HealthCellProps) {
  const { t } = useLocale();
  if (!usePermittedCommands(experiment).includes("conclude")) return null;
  return (
    <Button
      variant="link"
      // Above the link that is stretched over the row.
      className="z-1 h-auto p-0 text-xs underline pointer-coarse:h-auto"
      onClick={() => onCommand("conclude")}
    >
      {t(commandKeys.conclude)}
      <span className="sr-only">{experiment.name}</span>
    </Button>
  );
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
  past_end: OverdueIcon,
};

interface WarningProps {
  icon?: LucideIcon;
  action?: ReactNode;
  children: string;
}

function Warning({ icon: Icon = TriangleAlertIcon, action, children }: WarningProps) {
  return (
    <div className="flex gap-1.5 text-warning text-xs">
      {/* As wide as the icon of the verdict, so that their texts begin at one line. */}
      <span className="flex w-4 shrink-0 justify-center">
        <Icon aria-hidden className="mt-0.5 size-3.5" />
      </span>
      <div className="flex min-w-0 flex-wrap gap-x-2">
        <p className="wrap-anywhere">{children}</p>
        {action}
      </div>
    </div>
  );
}
