"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { useFormat } from "../shared/useFormat";

interface PlanButtonProps {
  subjects: number;
  onPlan: (subjects: number) => void;
}

/** Makes so many subjects the plan. */
export function PlanButton({ subjects, onPlan }: PlanButtonProps) {
  const { t } = useLocale();
  const { count } = useFormat();
  return (
    <Button
      type="button"
      variant="link"
      size="sm"
      className="h-auto p-0"
      aria-label={t("planning_use_count", { count: count(subjects) })}
      onClick={() => onPlan(subjects)}
    >
      {t("planning_use")}
    </Button>
  );
}
