"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn } from "@calcom/ui";
import { CircleCheckIcon, TriangleAlertIcon } from "lucide-react";
import { useId } from "react";
import type { Attention } from "../../types/admin";
import { PROBLEMS } from "../../types/health";
import { type ExperimentListQuery, NO_FILTER } from "../../types/list-query";
import { useFormat } from "../shared/useFormat";
import { problemKeys } from "./health-words";

interface AttentionLineProps {
  attention: Attention;
  query: ExperimentListQuery;
  onQueryChange: (change: Partial<ExperimentListQuery>) => void;
}

/** How many of all experiments need attention, and each reason with its number, which lists those alone. */
export function AttentionLine({ attention, query, onQueryChange }: AttentionLineProps) {
  const { t } = useLocale();
  const { count } = useFormat();
  const id = useId();
  const { experiments, problems } = attention;
  // The chosen one stays, so that it can be given up.
  const kinds = PROBLEMS.map((problem) => ({ problem, number: problems[problem] ?? 0 })).filter(
    ({ problem, number }) => number > 0 || problem === query.problem,
  );
  const Icon = experiments === 0 ? CircleCheckIcon : TriangleAlertIcon;
  return (
    <div
      className={cn(
        "flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5 text-dense lg:flex-nowrap",
        kinds.length === 0 && "sr-only",
      )}
    >
      <p role="status" id={id} className="flex shrink-0 items-center gap-1.5">
        <Icon
          aria-hidden
          className={cn("size-4 shrink-0", experiments === 0 ? "text-success" : "text-warning")}
        />
        {experiments === 0
          ? t("health_attention_none")
          : t("health_attention", { count: experiments, formatted: count(experiments) })}
      </p>
      {kinds.length > 0 && (
        <ul aria-labelledby={id} className="flex min-w-0 flex-wrap gap-1.5 lg:flex-nowrap">
          {kinds.map(({ problem, number }) => {
            const isChosen = problem === query.problem;
            return (
              <li key={problem} className="min-w-0">
                <button
                  type="button"
                  aria-pressed={isChosen}
                  title={t(problemKeys[problem])}
                  // The number is that of all experiments: other filters would show fewer.
                  onClick={() => onQueryChange({ ...NO_FILTER, problem: isChosen ? null : problem })}
                  className="flex max-w-full items-center gap-1.5 rounded-full border px-2 py-0.5 text-xs transition-colors hover:bg-muted aria-pressed:border-warning aria-pressed:bg-warning-muted pointer-coarse:min-h-11 pointer-coarse:px-3"
                >
                  <span className="truncate">{t(problemKeys[problem])}</span>{" "}
                  <span className="font-medium text-warning tabular-nums">{count(number)}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
