"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Compared, Comparison } from "@calcom/statistics";
import type { Impact } from "@calcom/statistics/impact";
import { cn, Hint, TableCell } from "@calcom/ui";
import { Keyed } from "../shared/Keyed";
import { keyed } from "../shared/keys";
import { FigureCell } from "./ColumnLabel";
import { differenceText } from "./change-words";
import { LiftInterval, SmallAxis, useFigures } from "./charts";
import type { Scale } from "./charts/scale";
import type { Measured } from "./charts/useFigures";
import type { Conclusion } from "./conclusions";
import { impactInRow } from "./impact-words";
import { barColor, liftRange, textColor } from "./lift-words";
import type { MetricColumn } from "./metric-columns";
import { liftReasonText, reasonText } from "./reason-words";
import { SMALL_CELL } from "./small-table";
import { type Words, widenedText } from "./words";

interface LiftCellProps {
  isControl: boolean;
  comparison: Comparison | null;
  /** What the page says of it; null where it is not compared. */
  conclusion: Conclusion | null;
  /** What it comes to per month; null where nothing adds up to that. */
  impact: Impact | null;
  measured: Measured;
  /** The smallest effect that matters; null if none was set. */
  zone: number | null;
  /** Null where no row of the table has an interval. */
  scale: Scale | null;
  words: Words;
  column: MetricColumn;
}

const WIDE = `${SMALL_CELL} max-lg:col-span-2`;

/** The lift in figures and drawn; where there is none, why. */
export function LiftCell(props: LiftCellProps) {
  const { isControl, comparison, conclusion, impact, measured, zone, scale, words, column } = props;
  const { t } = useLocale();
  const figures = useFigures();
  if (isControl || comparison === null)
    return (
      <>
        <TableCell className="text-muted-foreground max-lg:hidden">
          {isControl ? <span className="sr-only">{t("results_is_control")}</span> : "–"}
        </TableCell>
        <TableCell className="relative pr-0 max-lg:hidden">
          {scale !== null && <LiftInterval lift={null} interval={null} zone={zone} scale={scale} />}
        </TableCell>
      </>
    );
  if (comparison.status === "withheld")
    return (
      <TableCell colSpan={2} className={cn("pr-0 text-muted-foreground", WIDE)}>
        <Keyed>{reasonText(comparison.reason, { ...words, t: keyed(words.t) })}</Keyed>
      </TableCell>
    );
  const { lift } = comparison;
  const said = conclusion ?? "undecided";
  if (lift.value === null || scale === null)
    return (
      <TableCell colSpan={2} className={cn("pr-0", WIDE)}>
        {differenceText(comparison, measured, words)}{" "}
        <span className="text-muted-foreground text-xs">{t(`results_outcome_${said}`)}</span>
        {lift.reason !== null && (
          <span className="block text-muted-foreground text-xs">{liftReasonText(lift.reason, t)}</span>
        )}
        <PerMonth {...{ impact, measured, words }} />
        <Widened {...{ comparison, words }} />
      </TableCell>
    );
  return (
    <>
      <FigureCell column={column} isOfWords>
        <span className={cn("font-medium", textColor(said, words))}>{figures.lift(lift.value)}</span>{" "}
        <span className="text-muted-foreground text-xs">{t(`results_outcome_${said}`)}</span>
        <span className="block whitespace-nowrap text-muted-foreground text-xs">
          {liftRange(comparison, words)}
        </span>
        <PerMonth {...{ impact, measured, words }} />
        <Widened {...{ comparison, words }} />
      </FigureCell>
      <TableCell className={cn("relative pr-0", WIDE)}>
        <SmallAxis scale={scale}>
          <LiftInterval
            lift={lift.value}
            interval={lift.interval}
            zone={zone}
            scale={scale}
            color={barColor(said, words)}
          />
        </SmallAxis>
      </TableCell>
    </>
  );
}

/** The same in what the metric counts, at the traffic of the experiment. */
function PerMonth({ impact, measured, words }: Pick<LiftCellProps, "impact" | "measured" | "words">) {
  if (impact === null) return null;
  const { t, figures } = words;
  const participants = figures.sum(impact.unitsPerMonth, { kind: "mean" }, 1);
  return (
    <span className="block text-muted-foreground text-xs">
      <Hint text={t("results_impact_hint", { participants })}>{impactInRow(impact, measured, words)}</Hint>
    </span>
  );
}

/** Beside an interval that is wider than the variant's own values would make it. */
function Widened({ comparison, words }: { comparison: Compared; words: Words }) {
  const text = widenedText(comparison, words);
  if (text === null) return null;
  return (
    <span className="block text-muted-foreground text-xs">
      <Hint text={text}>{words.t("results_widened_short")}</Hint>
    </span>
  );
}
