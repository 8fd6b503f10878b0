"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { CircleCheckIcon, TriangleAlertIcon } from "lucide-react";
import type { Attention } from "../../types/admin";
import { PROBLEMS } from "../../types/health";
import { useFormat } from "../shared/useFormat";
import { problemCountKeys } from "./health-words";

interface AttentionLineProps {
  attention: Attention;
  /** Whether the list shows those alone. */
  isFiltered: boolean;
  onFilter: (needsAttention: boolean) => void;
}

/** Among all experiments, how many need somebody, and what for. */
export function AttentionLine({ attention, isFiltered, onFilter }: AttentionLineProps) {
  const { t } = useLocale();
  const { experiments, problems } = attention;
  const { all, count } = useFormat();
  const parts = PROBLEMS.flatMap((problem) => {
    const n = problems[problem] ?? 0;
    return n === 0 ? [] : t(problemCountKeys[problem], { count: n, formatted: count(n) });
  });
  const Icon = experiments === 0 ? CircleCheckIcon : TriangleAlertIcon;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dense">
      <p role="status" className="flex min-w-0 gap-1.5">
        <Icon
          aria-hidden
          className={`mt-0.5 size-4 shrink-0 ${experiments === 0 ? "text-success" : "text-warning"}`}
        />
        <span>
          {experiments === 0
            ? t("health_attention_none")
            : t("health_attention", {
                count: experiments,
                formatted: count(experiments),
                problems: all(parts),
              })}
        </span>
      </p>
      {(experiments > 0 || isFiltered) && (
        <Button variant="outline" size="sm" aria-pressed={isFiltered} onClick={() => onFilter(!isFiltered)}>
          {t(isFiltered ? "experiments_all_shown" : "needs_attention")}
        </Button>
      )}
    </div>
  );
}
