"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, Table, TableBody, TableCell, TableHead, TableHeader, TableRow, VariantSwatch } from "@calcom/ui";
import type { StoredResult } from "../../../../results/types";
import { barColor, liftBounds, textColor } from "../../lift-words";
import { MetricMark } from "../../MetricMark";
import { SMALL_CELL, SMALL_ROW } from "../../small-table";
import { reasonText, type Words, wordsFor } from "../../words";
import { FOREST_GROUPS, type ForestRow } from "../forest-rows";
import { commonLiftScale, LiftAxis, LiftInterval } from "../LiftInterval";
import type { Scale } from "../scale";
import { useFigures } from "../useFigures";

interface ForestPlotProps {
  result: StoredResult;
  /** In the order of the page. */
  rows: readonly ForestRow[];
}

/** A table whose last column is drawn: what is seen there is said in words beside it. */
export default function ForestPlot({ result, rows }: ForestPlotProps) {
  const { t } = useLocale();
  const words = wordsFor(result, t, useFigures());
  const scale = commonLiftScale(
    rows.flatMap(({ comparison, metric }) =>
      comparison.status === "compared"
        ? [{ lift: comparison.lift.value, interval: comparison.lift.interval, zone: metric.minimumEffect }]
        : [],
    ),
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
        if (inGroup.length === 0) return null;
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
              <Row key={`${row.info.key} ${row.variant.name}`} {...{ row, scale, words }} />
            ))}
          </TableBody>
        );
      })}
    </Table>
  );
}

function Row({ row, scale, words }: { row: ForestRow; scale: Scale; words: Words }) {
  const { info, variant, metric } = row;
  const { t } = words;
  return (
    <TableRow className={SMALL_ROW}>
      <th
        scope="row"
        className={cn("wrap-anywhere py-2 pr-3 text-left font-normal", SMALL_CELL, "max-lg:col-span-2")}
      >
        <span className="flex flex-wrap items-center gap-x-2">
          {info.name} {info.isChosenAfterStart && <MetricMark change={info} />}
        </span>
        {metric.direction === "decrease" && (
          <span className="block text-muted-foreground text-xs">{t("results_less_is_better")}</span>
        )}
      </th>
      <TableCell className={SMALL_CELL}>
        <span className="flex items-center gap-2">
          <VariantSwatch index={variant.place} />
          <span className="wrap-anywhere min-w-0 font-mono">{variant.name}</span>
        </span>
      </TableCell>
      <Effect {...{ row, scale, words }} />
    </TableRow>
  );
}

const WIDE = `${SMALL_CELL} max-lg:col-span-2`;

function Effect({ row, scale, words }: { row: ForestRow; scale: Scale; words: Words }) {
  const { comparison, conclusion, metric } = row;
  const { t, figures } = words;
  if (comparison.status === "withheld")
    return (
      <TableCell colSpan={2} className={cn("pr-0 text-muted-foreground", WIDE)}>
        {t("chart_forest_withheld", { reason: reasonText(comparison.reason, words) })}
      </TableCell>
    );
  const said = conclusion ?? "undecided";
  return (
    <>
      <TableCell className={cn("lg:whitespace-nowrap", SMALL_CELL)}>
        <span className={cn("font-medium", textColor(said))}>{figures.lift(comparison.lift.value)}</span>{" "}
        <span className="text-muted-foreground text-xs">{t(`results_outcome_${said}`)}</span>{" "}
        <span className="block whitespace-nowrap text-muted-foreground text-xs">
          {liftBounds(comparison, figures.lift)}
        </span>
      </TableCell>
      <TableCell className={cn("relative pr-0", SMALL_CELL, "max-lg:col-span-2 max-lg:min-h-6")}>
        <LiftInterval
          lift={comparison.lift.value}
          interval={comparison.lift.interval}
          zone={metric.minimumEffect}
          scale={scale}
          color={barColor(said)}
        />
      </TableCell>
    </>
  );
}
