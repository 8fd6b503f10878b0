"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Lift, SegmentResult } from "@calcom/statistics";
import { cn, Hint, TableCell, VariantSwatch } from "@calcom/ui";
import type { Segment } from "../../../results/types";
import { metricKinds } from "../../../types/metric-kind";
import type { Unit } from "../../../types/settings";
import { intervalText } from "../../shared/interval";
import { liftRange } from "../lift-words";
import { SMALL_CELL } from "../small-table";
import { subjects } from "../words";
import { LiftBelow } from "./LiftInterval";
import type { ChartVariant } from "./ordered-variants";
import { rateInterval } from "./rate-interval";
import type { Scale } from "./scale";
import { type Measured, useFigures } from "./useFigures";

interface SegmentCellProps {
  segment: Segment;
  variant: ChartVariant;
  measured: Measured;
  unit: Unit;
  test: SegmentResult | undefined;
  /** Its participants are not divided as planned: how many there are is all that is told. */
  isSplitOff: boolean;
  /** Of all lifts of the table; null where none is drawn. */
  scale: Scale | null;
  /** Whether the interval has room beside its figures. */
  isBeside: boolean;
}

/** One variant in one segment: its value, how exactly that is known, and of how many, and below them its lift there. */
export function SegmentCell(props: SegmentCellProps) {
  const { segment, variant, measured, unit, test, isSplitOff, scale, isBeside } = props;
  const { t } = useLocale();
  const figures = useFigures();
  const row = segment.variants.find((one) => one.variant === variant.name);
  if (row === undefined || row.subjects === 0)
    return (
      <TableCell numeric className={cn(CELL, "text-muted-foreground")}>
        <div className={LINE}>
          <VariantLabel variant={variant} />
          <span>–</span>
        </div>
      </TableCell>
    );
  const of = <span className="whitespace-nowrap">{subjects(row.subjects, { t, figures, unit })}</span>;
  if (isSplitOff)
    return (
      <TableCell numeric className={CELL}>
        <div className={LINE}>
          <VariantLabel variant={variant} />
          <span className="block whitespace-normal text-muted-foreground text-xs">{of}</span>
        </div>
      </TableCell>
    );
  const interval = metricKinds[measured.kind].isShare ? rateInterval(row.converted, row.subjects) : null;
  const value = figures.value(row.mean, measured);
  const bounds =
    interval === null ? "" : intervalText(interval, (bound) => figures.value(bound, measured), t);
  const lift = test?.lift ?? null;
  const hasLift = lift !== null && lift.value !== null && lift.interval !== null;
  return (
    <TableCell numeric className={CELL}>
      <div className={cn(LINE, isBeside && BESIDE)}>
        <VariantLabel variant={variant} />
        <span className={cn("block max-lg:text-end", isBeside && BESIDE_FIGURES)}>
          {value}
          <span className="block whitespace-normal text-muted-foreground text-xs">
            <span className="whitespace-nowrap">{bounds}</span>
            {bounds !== "" && ", "}
            {of}
          </span>
          {hasLift && <SegmentLift lift={lift} />}
        </span>
        {hasLift && scale !== null && (
          <LiftBelow
            lift={lift.value}
            interval={lift.interval}
            scale={scale}
            // It describes: that of a segment which differs is said in words.
            color="var(--muted-foreground)"
            className={cn("max-lg:col-span-2", isBeside && "lg:mt-0 lg:h-10 lg:flex-1")}
          />
        )}
      </div>
    </TableCell>
  );
}

const CELL = cn("py-1.5 align-top last:pr-0", SMALL_CELL, "max-lg:col-span-2");
const LINE = "max-lg:grid max-lg:grid-cols-[minmax(0,1fr)_auto] max-lg:items-start max-lg:gap-x-3";

/** Of a column whose figures have their interval beside them: that is also where its axis is. */
export const BESIDE = "lg:flex lg:items-center lg:gap-7";
export const BESIDE_FIGURES = "lg:w-56 lg:shrink-0";

/** Whose the figures are, where the table has no head. */
function VariantLabel({ variant: { name, place } }: { variant: ChartVariant }) {
  return (
    <span className="flex items-baseline gap-1.5 whitespace-normal text-start lg:hidden">
      <VariantSwatch index={place} />
      <span className="wrap-anywhere min-w-0 font-mono">{name}</span>
    </span>
  );
}

/** Against control in the same segment. */
function SegmentLift({ lift }: { lift: Lift }) {
  const { t } = useLocale();
  const figures = useFigures();
  if (lift.interval === null) return null;
  const range = liftRange({ lift }, { t, figures });
  return (
    <span className="block whitespace-normal text-xs leading-5">
      <span className="whitespace-nowrap font-semibold">
        {t("chart_segments_lift", { lift: figures.lift(lift.value) })}
      </span>{" "}
      <Hint
        text={t("chart_segments_lift_interval", {
          level: figures.share(lift.interval.level),
          range,
        })}
      >
        <span className="whitespace-nowrap">{range}</span>
      </Hint>
    </span>
  );
}
