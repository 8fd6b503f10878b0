"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, TableCell } from "@calcom/ui";
import type { MetricInfo } from "../../results/types";
import type { Compared, Comparison } from "../../utils/statistics/results-types";
import { LiftInterval, useFigures } from "./charts";
import type { Scale } from "./charts/scale";
import { SMALL_CELL } from "./small-table";
import { differenceOf, liftReasonText, reasonText, type Words } from "./words";

interface LiftCellProps {
  isControl: boolean;
  comparison: Comparison | null;
  kind: MetricInfo["kind"];
  scale: Scale;
  words: Words;
  /** False where the split is off. */
  isTrusted: boolean;
}

const WIDE = `${SMALL_CELL} max-lg:order-5 max-lg:col-span-2`;

/** The lift in figures and drawn; where there is none, why. */
export function LiftCell({ isControl, comparison, kind, scale, words, isTrusted }: LiftCellProps) {
  const { t } = useLocale();
  const figures = useFigures();
  if (isControl || comparison === null)
    return (
      <TableCell colSpan={2} className="pr-0 text-muted-foreground max-lg:hidden">
        {isControl ? <span className="sr-only">{t("results_is_control")}</span> : "–"}
      </TableCell>
    );
  if (comparison.status === "withheld")
    return (
      <TableCell colSpan={2} className={cn("pr-0 text-muted-foreground", WIDE)}>
        {reasonText(comparison.reason, words)}
      </TableCell>
    );
  const { lift, interval, difference, outcome } = comparison;
  if (lift.value === null)
    return (
      <TableCell colSpan={2} className={cn("pr-0", WIDE)}>
        {t("results_difference", {
          difference: differenceOf(difference, kind, figures),
          low: interval.low === null ? "–" : differenceOf(interval.low, kind, figures),
          high: interval.high === null ? "–" : differenceOf(interval.high, kind, figures),
        })}
        {lift.reason !== null && (
          <span className="block text-muted-foreground text-xs">{liftReasonText(lift.reason, t)}</span>
        )}
      </TableCell>
    );
  return (
    <>
      <TableCell className={cn("whitespace-nowrap", SMALL_CELL, "max-lg:order-5")}>
        <span className={cn("font-medium", isTrusted && colors[outcome])}>{figures.lift(lift.value)}</span>{" "}
        <span className="text-muted-foreground text-xs">
          {t(isTrusted ? `results_outcome_${outcome}` : "results_outcome_not_trusted")}
        </span>
        <span className="block text-muted-foreground text-xs">{bounds(comparison, figures.lift)}</span>
      </TableCell>
      <TableCell className={cn("pr-0", SMALL_CELL, "max-lg:order-6 max-lg:self-center")}>
        <LiftInterval
          lift={lift.value}
          interval={lift.interval}
          scale={scale}
          color={bars[isTrusted ? outcome : "unclear"]}
        />
      </TableCell>
    </>
  );
}

function bounds({ lift: { interval } }: Compared, format: (value: number | null) => string): string {
  if (interval === null) return "–";
  if (interval.low === null) return `≤ ${format(interval.high)}`;
  if (interval.high === null) return `≥ ${format(interval.low)}`;
  return `${format(interval.low)} … ${format(interval.high)}`;
}

const colors: Record<Compared["outcome"], string> = {
  better: "text-success",
  worse: "text-destructive",
  unclear: "",
};

const bars: Record<Compared["outcome"], string> = {
  better: "var(--success)",
  worse: "var(--destructive)",
  unclear: "var(--muted-foreground)",
};
