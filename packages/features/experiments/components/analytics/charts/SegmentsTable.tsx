"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Lift, SegmentResult } from "@calcom/statistics";
import {
  cn,
  Hint,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  VariantSwatch,
} from "@calcom/ui";
import { useId } from "react";
import type { Segment, StoredResult } from "../../../results/types";
import { metricKinds } from "../../../types/metric-kind";
import { liftBounds } from "../lift-words";
import { factName, PLAN, segmentValue } from "../segment-words";
import { SMALL_CELL, SMALL_ROW } from "../small-table";
import { markedName } from "../words";
import { ChartEmpty } from "./ChartFigure";
import { type ChartVariant, orderedVariants } from "./ordered-variants";
import { rateInterval } from "./rate-interval";
import { SegmentFindings } from "./SegmentFindings";
import { type Figures, type Measured, useFigures } from "./useFigures";

/**
 * The primary metric among those of whom one fact was known at their exposure. Of many comparisons some stand out by
 * chance, so whether the effect differs is said by a test of all of them; of results without one, how many there are.
 */
export function SegmentsTable({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const titleId = useId();
  const { segments, segmentTests: tests = [] } = result;
  const variants = orderedVariants(result);
  const metric = result.metrics.find(({ key }) => key === segments[0]?.metric);
  const facts = [...new Set(segments.map(({ fact }) => fact))];
  const comparisons = segments.length * (variants.length - 1);
  return (
    <section
      aria-labelledby={titleId}
      // Half a page holds the columns of two variants.
      className={cn("flex min-w-0 flex-col gap-3", variants.length > 2 && "lg:col-span-2")}
    >
      <div className="grid min-w-0 gap-1">
        <h3 id={titleId} className="wrap-anywhere flex min-h-7 items-center font-medium text-sm">
          {metric === undefined
            ? t("chart_segments")
            : t("chart_segments_of", { metric: markedName(metric, t) })}
        </h3>
        {tests.length > 0 && <SegmentFindings tests={tests} />}
        {tests.length === 0 && comparisons > 0 && (
          <p className="max-w-prose text-pretty text-dense text-muted-foreground">
            {t("chart_segments_remark", {
              count: comparisons,
              chance: expectedByChance(comparisons, figures),
            })}
          </p>
        )}
      </div>
      {segments.length === 0 ? (
        <ChartEmpty>{t(isAwaited(result) ? "chart_lift_none" : "chart_segments_none")}</ChartEmpty>
      ) : (
        <Table scrollLabel={t("chart_segments")} data-blocks={variants.length > MOST_COLUMNS || undefined}>
          <caption className="sr-only">{t("chart_segments_caption")}</caption>
          <TableHeader className="blocks:hidden">
            <TableRow>
              <TableHead className="sticky left-0 bg-background pl-0">{t("chart_segment")}</TableHead>
              {variants.map(({ name, place }) => (
                <TableHead key={name} numeric className="last:pr-0">
                  <span className="inline-flex items-center gap-1.5">
                    <VariantSwatch index={place} />
                    <span className="font-mono">{name}</span>
                  </span>
                </TableHead>
              ))}
            </TableRow>
          </TableHeader>
          {facts.map((fact) => (
            <TableBody key={fact} className="border-b last:border-0">
              <tr className="blocks:block">
                <th
                  scope="rowgroup"
                  colSpan={variants.length + 1}
                  className={cn(
                    "pt-3 pb-1 blocks:block text-left font-medium text-muted-foreground text-xs",
                    fact !== PLAN && "font-mono",
                  )}
                >
                  {factName(fact, t)}
                </th>
              </tr>
              {segments
                .filter((segment) => segment.fact === fact)
                .map((segment) => (
                  <TableRow key={segment.value} className={SMALL_ROW}>
                    <th
                      scope="row"
                      className="wrap-break-word min-w-20 bg-background text-left align-top font-normal blocks:col-span-full blocks:font-medium columns:sticky columns:left-0 columns:py-1.5 columns:pr-3"
                    >
                      {segmentValue(segment, t)}
                    </th>
                    {variants.map((variant) => (
                      <SegmentCell
                        key={variant.name}
                        {...{ segment, variant }}
                        measured={metric ?? SHARE}
                        test={tests.find(
                          (one) =>
                            one.fact === segment.fact &&
                            one.value === segment.value &&
                            one.variant === variant.name,
                        )}
                      />
                    ))}
                  </TableRow>
                ))}
            </TableBody>
          ))}
        </Table>
      )}
    </section>
  );
}

/** Of more variants than these the columns are wider than any page. */
const MOST_COLUMNS = 5;

interface SegmentCellProps {
  segment: Segment;
  variant: ChartVariant;
  measured: Measured;
  test: SegmentResult | undefined;
}

function SegmentCell({ segment, variant, measured, test }: SegmentCellProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const row = segment.variants.find((one) => one.variant === variant.name);
  if (row === undefined || row.subjects === 0)
    return (
      <TableCell numeric className={cn(CELL, "text-muted-foreground")}>
        <VariantLabel variant={variant} />–
      </TableCell>
    );
  const interval = metricKinds[measured.kind].isShare ? rateInterval(row.converted, row.subjects) : null;
  return (
    <TableCell numeric className={CELL}>
      <VariantLabel variant={variant} />
      {figures.value(row.mean, measured)}
      <span className="block text-muted-foreground text-xs">
        {interval !== null &&
          `${figures.value(interval.low, measured)}–${figures.value(interval.high, measured)} `}
        {t("chart_of_subjects", { subjects: figures.count(row.subjects) })}
      </span>
      {test !== undefined && test.lift !== null && <SegmentLift lift={test.lift} />}
    </TableCell>
  );
}

const CELL = cn("py-1.5 align-top last:pr-0", SMALL_CELL, "blocks:whitespace-normal blocks:text-left");

/** Whose the figures are, where the table has no head. */
function VariantLabel({ variant: { name, place } }: { variant: ChartVariant }) {
  return (
    <span className="flex items-center gap-1.5 text-xs columns:hidden">
      <VariantSwatch index={place} />
      <span className="wrap-anywhere min-w-0 font-mono">{name}</span>
    </span>
  );
}

/** Against control in the same segment. */
function SegmentLift({ lift }: { lift: Lift }) {
  const { t } = useLocale();
  const figures = useFigures();
  if (lift.value === null || lift.interval === null) return null;
  return (
    <span className="block whitespace-normal text-xs">
      <span className="whitespace-nowrap">
        {t("chart_segments_lift", { lift: figures.lift(lift.value) })}
      </span>{" "}
      <Hint
        text={t("chart_segments_lift_interval", {
          level: figures.share(lift.interval.level),
          bounds: liftBounds({ lift }, figures.lift),
        })}
      >
        <span className="whitespace-nowrap text-muted-foreground">
          ({liftBounds({ lift }, figures.lift)})
        </span>
      </Hint>
    </span>
  );
}

const SHARE: Measured = { kind: "conversion" };

/** Whether the primary metric, which segments are of, is still to be compared: until then they are withheld too. */
function isAwaited({ analysis }: StoredResult): boolean {
  const primaries = (analysis?.metrics ?? []).filter(({ metric }) => metric.role === "primary");
  return primaries.some(
    ({ comparisons }) => comparisons.length > 0 && comparisons.every(({ status }) => status === "withheld"),
  );
}

/** Were there no difference at all, one in twenty would look like one at 95 %. */
function expectedByChance(comparisons: number, { count }: Figures): string {
  return count(Math.round(comparisons * 0.05 * 10) / 10);
}
