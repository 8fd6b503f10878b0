"use client";

import { cn, TableCell, TableRow, VariantSwatch } from "@calcom/ui";
import { Keyed } from "../../../shared/Keyed";
import { keyed } from "../../../shared/keys";
import { barColor, liftRange, textColor } from "../../lift-words";
import { MetricMark } from "../../MetricMark";
import { reasonText } from "../../reason-words";
import { SMALL_CELL, SMALL_ROW } from "../../small-table";
import type { Words } from "../../words";
import type { ForestRow } from "../forest-rows";
import { LiftInterval, SmallAxis } from "../LiftInterval";
import type { Scale } from "../scale";

/** One metric of one variant: what is drawn stands beside it in words. */
export function ForestPlotRow({ row, scale, words }: { row: ForestRow; scale: Scale; words: Words }) {
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
        <Keyed>
          {t("chart_forest_withheld", {
            reason: reasonText(comparison.reason, { ...words, t: keyed(t) }),
          })}
        </Keyed>
      </TableCell>
    );
  const said = conclusion ?? "undecided";
  return (
    <>
      <TableCell className={cn("lg:whitespace-nowrap max-lg:text-end", SMALL_CELL)}>
        <span className={cn("font-medium", textColor(said, words))}>
          {figures.lift(comparison.lift.value)}
        </span>{" "}
        <span className="text-muted-foreground text-xs">{t(`results_outcome_${said}`)}</span>{" "}
        <span className="block whitespace-nowrap text-muted-foreground text-xs">
          {liftRange(comparison, words)}
        </span>
      </TableCell>
      <TableCell className={cn("relative pr-0", SMALL_CELL, "max-lg:col-span-2")}>
        <SmallAxis scale={scale}>
          <LiftInterval
            lift={comparison.lift.value}
            interval={comparison.lift.interval}
            zone={metric.minimumEffect}
            scale={scale}
            color={barColor(said, words)}
          />
        </SmallAxis>
      </TableCell>
    </>
  );
}
