"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow, VariantSwatch } from "@calcom/ui";
import { useId } from "react";
import type { Segment, StoredResult } from "../../../results/types";
import { ChartEmpty } from "./ChartFigure";
import { type ChartVariant, orderedVariants } from "./ordered-variants";
import { rateInterval } from "./rate-interval";
import { type Figures, useFigures } from "./useFigures";
import { waitingKey } from "./waiting";

/**
 * The primary metric among those of whom one fact was known at their exposure. It describes: of many comparisons some
 * stand out by chance, so none is made here, and how many a reader makes is said.
 */
export function SegmentsTable({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const titleId = useId();
  const { segments } = result;
  const variants = orderedVariants(result);
  const metric = result.metrics.find(({ key }) => key === segments[0]?.metric);
  const facts = [...new Set(segments.map(({ fact }) => fact))];
  const comparisons = segments.length * (variants.length - 1);
  return (
    <section aria-labelledby={titleId} className="flex min-w-0 flex-col gap-3">
      <div className="grid min-w-0 gap-1">
        <h3 id={titleId} className="flex min-h-7 items-center font-medium text-sm">
          {metric === undefined ? t("chart_segments") : t("chart_segments_of", { metric: metric.name })}
        </h3>
        {comparisons > 0 && (
          <p className="max-w-prose text-pretty text-dense text-muted-foreground">
            {t("chart_segments_remark", {
              count: comparisons,
              chance: expectedByChance(comparisons, figures),
            })}
          </p>
        )}
      </div>
      {segments.length === 0 ? (
        <ChartEmpty>{t(waitingKey(result) ?? "chart_segments_none")}</ChartEmpty>
      ) : (
        <Table scrollLabel={t("chart_segments")}>
          <caption className="sr-only">{t("chart_segments_caption")}</caption>
          <TableHeader>
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
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={variants.length + 1}
                  className="pt-3 pb-1 text-left font-medium font-mono text-muted-foreground text-xs"
                >
                  {fact}
                </th>
              </tr>
              {segments
                .filter((segment) => segment.fact === fact)
                .map((segment) => (
                  <TableRow key={segment.value}>
                    <th
                      scope="row"
                      className="wrap-break-word sticky left-0 min-w-20 bg-background py-1.5 pr-3 text-left font-normal"
                    >
                      {segment.value}
                    </th>
                    {variants.map((variant) => (
                      <SegmentCell
                        key={variant.name}
                        {...{ segment, variant }}
                        kind={metric?.kind ?? "conversion"}
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

interface SegmentCellProps {
  segment: Segment;
  variant: ChartVariant;
  kind: Parameters<Figures["value"]>[1];
}

function SegmentCell({ segment, variant, kind }: SegmentCellProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const row = segment.variants.find((one) => one.variant === variant.name);
  if (row === undefined || row.subjects === 0)
    return (
      <TableCell numeric className="py-1.5 text-muted-foreground last:pr-0">
        –
      </TableCell>
    );
  const interval = kind === "conversion" ? rateInterval(row.converted, row.subjects) : null;
  return (
    <TableCell numeric className="py-1.5 last:pr-0">
      {figures.value(row.mean, kind)}
      <span className="flex flex-wrap justify-end gap-x-2 text-muted-foreground text-xs">
        {interval !== null && (
          <span>{`${figures.value(interval.low, kind)}–${figures.value(interval.high, kind)}`}</span>
        )}
        <span>{t("chart_of_subjects", { subjects: figures.count(row.subjects) })}</span>
      </span>
    </TableCell>
  );
}

/** Were there no difference at all, one in twenty would look like one at 95 %. */
function expectedByChance(comparisons: number, { count }: Figures): string {
  return count(Math.round(comparisons * 0.05 * 10) / 10);
}
