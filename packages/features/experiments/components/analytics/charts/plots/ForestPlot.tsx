"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Table, TableBody, TableHead, TableHeader, TableRow } from "@calcom/ui";
import type { StoredResult } from "../../../../results/types";
import { missingRows } from "../../missing-rows";
import { wordsFor } from "../../words";
import { FOREST_GROUPS, type ForestRow } from "../forest-rows";
import { LiftAxis } from "../LiftInterval";
import { commonLiftScale, drawnLifts } from "../lift-scale";
import { useFigures } from "../useFigures";
import { ForestPlotRow } from "./ForestPlotRow";
import { UnmeasuredRow } from "./UnmeasuredRow";

interface ForestPlotProps {
  result: StoredResult;
  /** In the order of the page. */
  rows: readonly ForestRow[];
}

/** A table whose last column is drawn: what is seen there is said in words beside it. */
export default function ForestPlot({ result, rows }: ForestPlotProps) {
  const { t } = useLocale();
  const words = wordsFor(result, t, useFigures());
  const missing = missingRows(result);
  const scale = commonLiftScale(
    rows.flatMap(({ comparison, metric }) => drawnLifts({ metric, comparisons: [comparison] })),
  );
  return (
    <Table scrollLabel={t("chart_forest")}>
      <caption className="sr-only">{t("chart_forest_caption", { control: result.control })}</caption>
      <TableHeader className="max-lg:hidden">
        <TableRow className="[&>*]:pb-1.5 [&>*]:align-bottom">
          <TableHead className="pl-0">{t("chart_metric")}</TableHead>
          <TableHead>{t("experiment_variant")}</TableHead>
          <TableHead className="w-60">{t("chart_lift_column")}</TableHead>
          <TableHead className="w-2/5 pr-0">
            {t("results_interval")}
            <LiftAxis scale={scale} />
          </TableHead>
        </TableRow>
      </TableHeader>
      {FOREST_GROUPS.map((group) => {
        const inGroup = rows.filter((row) => row.group === group);
        const withoutFigures = missing.filter(({ role }) => role === group);
        if (inGroup.length + withoutFigures.length === 0) return null;
        return (
          <TableBody key={group} className="border-b last:border-0">
            <tr className="max-lg:block">
              <th
                scope="rowgroup"
                colSpan={4}
                className="pt-3 pb-1 text-left font-medium text-muted-foreground text-xs max-lg:block"
              >
                {t(group === "exploratory" ? "chart_forest_exploratory" : `results_role_${group}`)}
              </th>
            </tr>
            {inGroup.map((row) => (
              <ForestPlotRow key={`${row.info.key} ${row.variant.name}`} {...{ row, scale, words }} />
            ))}
            {withoutFigures.map((metric) => (
              <UnmeasuredRow key={metric.key} {...{ metric, t }} />
            ))}
          </TableBody>
        );
      })}
    </Table>
  );
}
