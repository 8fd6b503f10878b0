"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn } from "@calcom/ui";
import { CircleCheckIcon, TriangleAlertIcon } from "lucide-react";
import type { Attention } from "../../types/admin";
import { PROBLEMS } from "../../types/health";
import { useFormat } from "../shared/useFormat";
import { problemCountKeys } from "./health-words";

/** How many of all experiments need attention, and why. */
export function AttentionLine({ attention }: { attention: Attention }) {
  const { t } = useLocale();
  const { experiments, problems } = attention;
  const { all, count } = useFormat();
  const parts = PROBLEMS.flatMap((problem) => {
    const n = problems[problem] ?? 0;
    return n === 0 ? [] : t(problemCountKeys[problem], { count: n, formatted: count(n) });
  });
  // An experiment can have several problems: the parts then come to more than the whole.
  const overlap = PROBLEMS.reduce((sum, problem) => sum + (problems[problem] ?? 0), 0) > experiments;
  const Icon = experiments === 0 ? CircleCheckIcon : TriangleAlertIcon;
  return (
    <p role="status" className={cn("flex min-w-0 gap-1.5 text-dense", experiments === 0 && "max-sm:hidden")}>
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${experiments === 0 ? "text-success" : "text-warning"}`}
      />
      {/* On a phone the rows say the rest. */}
      <span className="max-sm:line-clamp-2">
        {experiments === 0
          ? t("health_attention_none")
          : t(overlap ? "health_attention_overlap" : "health_attention", {
              count: experiments,
              formatted: count(experiments),
              problems: all(parts),
            })}
      </span>
    </p>
  );
}
