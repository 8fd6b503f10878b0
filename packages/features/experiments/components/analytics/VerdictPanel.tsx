"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, Progress } from "@calcom/ui";
import { CircleCheckIcon, CircleDashedIcon, CircleXIcon, TriangleAlertIcon } from "lucide-react";
import { type ReactNode, useId } from "react";
import type { StoredResult } from "../../results/types";
import { useFigures } from "./charts/useFigures";
import { VerdictGrounds } from "./VerdictGrounds";
import { type VerdictTone, verdictWords } from "./verdict-words";
import { wordsFor } from "./words";

/** What can be concluded, first and in words. */
export function VerdictPanel({ result, action }: { result: StoredResult; action?: ReactNode }) {
  const { t } = useLocale();
  const figures = useFigures();
  const titleId = useId();
  const { tone, title, detail } = verdictWords(result, wordsFor(result, t, figures));
  const Icon = icons[tone];
  const progress = progressOf(result);
  return (
    <section aria-labelledby={titleId} className="flex gap-3 rounded-lg border p-4">
      <Icon aria-hidden className={cn("mt-0.5 size-5 shrink-0", colors[tone])} />
      <div className="grid min-w-0 flex-1 gap-1">
        <h2 id={titleId} className="sr-only">
          {t("results_verdict")}
        </h2>
        <p className="wrap-anywhere text-pretty font-semibold text-base">{title}</p>
        <p className="max-w-prose text-pretty text-dense text-muted-foreground">{detail}</p>
        {progress !== null && (
          <div className="mt-2 flex max-w-sm items-center gap-3">
            <Progress value={100 * progress} aria-label={t("results_progress")} />
            <span className="text-muted-foreground text-xs tabular-nums">
              {figures.percentage(Math.floor(100 * progress))}
            </span>
          </div>
        )}
        <div className="mt-2 flex flex-wrap items-start gap-x-4 gap-y-2">
          <VerdictGrounds result={result} />
          {action}
        </div>
      </div>
    </section>
  );
}

const icons = {
  good: CircleCheckIcon,
  bad: CircleXIcon,
  doubt: TriangleAlertIcon,
  open: CircleDashedIcon,
} satisfies Record<VerdictTone, typeof CircleCheckIcon>;

const colors: Record<VerdictTone, string> = {
  good: "text-success",
  bad: "text-destructive",
  doubt: "text-warning",
  open: "text-muted-foreground",
};

/** How much of what is waited for has come, 0 to 1: the slower of days and subjects. Null where nothing is waited for. */
function progressOf({ analysis, exposed, startedAt, look, asOf }: StoredResult): number | null {
  const verdict = analysis?.verdict;
  if (
    verdict?.code !== "too_early" &&
    verdict?.code !== "before_planned_end" &&
    verdict?.code !== "keep_going"
  )
    return null;
  const units = Object.values(exposed).reduce((sum, count) => sum + count, 0);
  const days = startedAt === null ? 0 : (Date.parse(look ?? asOf) - Date.parse(startedAt)) / DAY_MS;
  const shares = [
    verdict.unitsToGo > 0 ? units / (units + verdict.unitsToGo) : 1,
    verdict.daysToGo !== null && verdict.daysToGo > 0 ? days / (days + verdict.daysToGo) : 1,
  ];
  return Math.max(0, Math.min(...shares));
}

const DAY_MS = 24 * 60 * 60_000;
