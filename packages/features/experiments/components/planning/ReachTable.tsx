"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Forecast } from "../../planning/types";
import { useFormat } from "../shared/useFormat";
import { effectText, roughly } from "./words";

/** What can be found after so many weeks. */
export function ReachTable({ weeks }: { weeks: Forecast["reach"] }) {
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
        </tr>
      </thead>
      <tbody>
        {weeks.map((row) => (
          <tr key={row.weeks}>
            <th scope="row" className="py-0.5 text-left font-normal">
              {t("planning_weeks", { count: row.weeks })}
            </th>
            <td className="text-right">{roughly(row.subjects, format)}</td>
            <td className="text-right">{row.effect === null ? "–" : `±${effectText(row.effect, format)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
