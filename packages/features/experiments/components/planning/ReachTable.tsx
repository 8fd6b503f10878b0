"use client";

import { useLocale } from "@calcom/lib/i18n";
import { FEWEST_PLANNED_SUBJECTS } from "../../types/analysis";
import type { Forecast } from "../../types/planning";
import { type Format, useFormat } from "../shared/useFormat";
import { PlanButton } from "./PlanButton";
import { effectText, roughly } from "./words";

interface ReachTableProps {
  weeks: Forecast["reach"];
  /** What the start would freeze now. */
  planned: number;
  onPlan: ((subjects: number) => void) | undefined;
}

/** What is found after so many weeks under the plan that would be frozen, and what would be if each row were the plan. */
export function ReachTable({ weeks, planned, onPlan }: ReachTableProps) {
  const { t } = useLocale();
  const format = useFormat();
  return (
    <table className="mt-1 w-full tabular-nums">
      <caption className="sr-only">{t("planning_reach_caption")}</caption>
      <thead className="text-muted-foreground text-xs">
        <tr>
          <th scope="col" className="py-0.5 text-left font-normal">
            {t("planning_after")}
          </th>
          <th scope="col" className="text-right font-normal">
            {t("experiment_subjects")}
          </th>
          <th scope="col" className="text-right font-normal">
            {t("planning_found_from")}
          </th>
          <th scope="col" className="pl-2 text-right font-normal">
            {t("planning_if_planned")}
          </th>
        </tr>
      </thead>
      <tbody>
        {weeks.map((row) => (
          <tr key={row.weeks}>
            <th scope="row" className="whitespace-nowrap py-0.5 pr-2 text-left font-normal">
              {t("planning_weeks", { count: row.weeks })}
            </th>
            <td className="text-right">{roughly(row.subjects, format)}</td>
            <td className="text-right">{effectOr(row.effect, format)}</td>
            <td className="pl-2 text-right">
              {effectOr(row.ifPlanned, format)}
              {onPlan && row.subjects >= FEWEST_PLANNED_SUBJECTS && row.subjects !== planned && (
                <>
                  {" "}
                  <PlanButton subjects={row.subjects} onPlan={onPlan} />
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function effectOr(effect: number | null, format: Format): string {
  return effect === null ? "–" : `±${effectText(effect, format)}`;
}
