"use client";

import { useLocale } from "@calcom/lib/i18n";
import { type ReactNode, useId } from "react";
import { FEWEST_PLANNED_SUBJECTS } from "../../types/analysis";
import type { Forecast } from "../../types/planning";
import type { Unit } from "../../types/settings";
import { type Format, useFormat } from "../shared/useFormat";
import { unitCountKeys } from "../shared/words";
import { PlanButton } from "./PlanButton";
import { effectText, roughly } from "./words";

interface ReachListProps {
  weeks: Forecast["reach"];
  unit: Unit;
  /** What the start would freeze now. */
  planned: number;
  /** Undefined once it has started: another target is then no choice any more. */
  onPlan: ((subjects: number) => void) | undefined;
}

/** What is found after so many weeks with the target that would be frozen, and what would be with that many as the target. */
export function ReachList({ weeks, unit, planned, onPlan }: ReachListProps) {
  const { t } = useLocale();
  const format = useFormat();
  const id = useId();
  return (
    <div className="mt-1 grid gap-1.5 tabular-nums">
      <h4 id={id} className="text-muted-foreground text-xs">
        {t("planning_found_from")}
      </h4>
      <ul aria-labelledby={id} className="grid gap-1.5">
        {weeks.map((row) => {
          const subjects = roughly(row.subjects, format);
          return (
            <li key={row.weeks}>
              {t("planning_after", {
                weeks: t("planning_weeks", { count: row.weeks }),
                subjects: t(unitCountKeys[unit], { count: row.subjects, formatted: subjects }),
              })}
              <dl className="text-muted-foreground">
                <Effect effect={effectOr(row.effect, format)}>
                  {t("planning_with_target", { target: format.count(planned) })}
                </Effect>
                {onPlan && row.subjects !== planned && (
                  <Effect effect={effectOr(row.ifPlanned, format)}>
                    {t("planning_with_other_target", { target: subjects })}{" "}
                    {row.subjects >= FEWEST_PLANNED_SUBJECTS && (
                      <PlanButton subjects={row.subjects} onPlan={onPlan} />
                    )}
                  </Effect>
                )}
              </dl>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Which effect it is, in words beside it. */
function Effect({ effect, children }: { effect: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="min-w-0 text-pretty">{children}</dt>
      <dd className="text-foreground">{effect}</dd>
    </div>
  );
}

function effectOr(effect: number | null, format: Format): string {
  return effect === null ? "–" : `±${effectText(effect, format)}`;
}
