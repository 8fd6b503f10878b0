"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, Table, TableBody, TableHead, TableHeader, TableRow, VariantSwatch } from "@calcom/ui";
import { useId } from "react";
import type { Segment, StoredResult } from "../../../results/types";
import { SmallSegmentsNote } from "../SmallSegmentsNote";
import { factName, PLAN, segmentValue } from "../segment-words";
import { SMALL_ROW } from "../small-table";
import { segmentsOff } from "../split-words";
import { markedName } from "../words";
import { ChartEmpty } from "./ChartFigure";
import { orderedVariants } from "./ordered-variants";
import { SegmentCell } from "./SegmentCell";
import { SegmentFindings } from "./SegmentFindings";
import { type Figures, useFigures } from "./useFigures";

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
  const hasOthers = segments.length > 0 && result.metrics.some(({ key }) => key !== metric?.key);
  const facts = [...new Set(segments.map(({ fact }) => fact))];
  const off = result.analysis === null ? [] : segmentsOff(result.analysis.split);
  const isOff = ({ fact, value }: Pick<Segment, "fact" | "value">) =>
    off.some((one) => one.fact === fact && one.value === value);
  const comparisons = segments.length * (variants.length - 1);
  return (
    <section aria-labelledby={titleId} className="flex min-w-0 flex-col gap-3">
      <div className="grid min-w-0 gap-1">
        <h3 id={titleId} className="wrap-anywhere flex min-h-7 items-center font-medium text-sm">
          {metric === undefined
            ? t("chart_segments")
            : t("chart_segments_of", { metric: markedName(metric, t) })}
        </h3>
        {tests.length > 0 && <SegmentFindings tests={tests} isOff={isOff} />}
        {tests.length === 0 && comparisons > 0 && (
          <p className="max-w-prose text-pretty text-dense text-muted-foreground">
            {t("chart_segments_remark", {
              count: comparisons,
              chance: expectedByChance(comparisons, figures),
            })}
          </p>
        )}
        {hasOthers && (
          <p className="max-w-prose text-pretty text-dense text-muted-foreground">
            {t("chart_segments_primary_only")}
          </p>
        )}
      </div>
      {segments.length === 0 ? (
        <ChartEmpty>{t(emptyKey(result))}</ChartEmpty>
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
                      {isOff(segment) && (
                        <span className="block font-medium text-warning text-xs">
                          {t("chart_segments_split_off")}
                        </span>
                      )}
                    </th>
                    {variants.map((variant) => (
                      <SegmentCell
                        key={variant.name}
                        {...{ segment, variant }}
                        isSplitOff={isOff(segment)}
                        measured={metric ?? { kind: "conversion" }}
                        unit={result.unit}
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
      <SmallSegmentsNote result={result} />
    </section>
  );
}

/** Of more variants than these the columns are wider than any page. */
const MOST_COLUMNS = 5;

function emptyKey(result: StoredResult): string {
  if (isAwaited(result)) return "chart_lift_none";
  if (!result.metrics.some(({ role }) => role === "primary")) return "chart_segments_no_primary";
  return (result.smallSegments ?? []).length > 0 ? "chart_segments_untested" : "chart_segments_none";
}

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
