"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Analysis, Comparison, MetricResult } from "@calcom/statistics";
import { cn, Table, TableBody, TableCell, TableHead, TableHeader, TableRow, VariantSwatch } from "@calcom/ui";
import { findImpact } from "../../results/impact";
import type { MetricInfo } from "../../results/types";
import { ControlNote } from "../shared/ControlNote";
import { ColumnLabel, FigureCell } from "./ColumnLabel";
import { LiftAxis, useFigures } from "./charts";
import type { ChartVariant } from "./charts/ordered-variants";
import type { Scale } from "./charts/scale";
import { conclusionOf } from "./conclusions";
import { LiftCell } from "./LiftCell";
import { columnsWithLevel, type MetricColumns, metricColumns } from "./metric-columns";
import { SMALL_CELL, SMALL_ROW } from "./small-table";
import { ValueCell } from "./ValueCell";
import type { Words } from "./words";

interface MetricTableProps {
  metric: MetricResult;
  info: MetricInfo;
  /** Whose verdict and guardrails the rows repeat. */
  analysis: Analysis;
  /** Control first. */
  variants: readonly ChartVariant[];
  scale: Scale;
  /** Units per day, that an impact is told at; null where it is not known. */
  traffic: number | null;
  words: Words;
}

/** One metric: what each variant came to, and how it differs from control. */
export function MetricTable(props: MetricTableProps) {
  const { metric, info, analysis, variants, scale, traffic, words } = props;
  const { t } = useLocale();
  const figures = useFigures();
  const columns = columnsWithLevel(metricColumns(info, words.unit, t), metric.comparisons, { t, figures });
  const isRate = metric.arms.some(({ conversions }) => conversions !== null);
  const isCompared = metric.comparisons.some(({ status }) => status === "compared");
  const control = variants[0]?.name ?? "";
  return (
    <Table scrollLabel={words.nameOf(info.key)}>
      <MetricHead columns={columns} isRate={isRate} scale={isCompared ? scale : null} />
      <TableBody>
        {variants.map(({ name, place }) => {
          const arm = metric.arms.find(({ variant }) => variant === name);
          const comparison = comparisonOf(metric, name);
          return (
            <TableRow key={name} className={SMALL_ROW}>
              <TableCell className={cn("pl-0", SMALL_CELL, "max-lg:col-span-2 max-lg:font-medium")}>
                <span className="flex items-center gap-2">
                  <VariantSwatch index={place} />
                  <span className="wrap-break-word font-mono max-lg:min-w-0 lg:min-w-40 lg:max-w-60">
                    {name}
                  </span>
                  <ControlNote name={name} control={control} />
                </span>
              </TableCell>
              <FigureCell column={columns.participants}>{figures.count(arm?.units ?? 0)}</FigureCell>
              {isRate ? (
                <FigureCell column={columns.conversions}>{figures.count(arm?.conversions ?? 0)}</FigureCell>
              ) : (
                <TableCell className="max-lg:hidden" />
              )}
              <ValueCell arm={arm} measured={info} column={columns.value} />
              <LiftCell
                isControl={name === control}
                comparison={comparison}
                conclusion={
                  comparison?.status === "compared" ? conclusionOf(analysis, metric, comparison) : null
                }
                impact={comparison && findImpact(metric.metric.kind, comparison, traffic)}
                measured={info}
                zone={metric.metric.minimumEffect}
                scale={isCompared ? scale : null}
                words={words}
                column={columns.lift}
              />
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

interface MetricHeadProps {
  columns: MetricColumns;
  isRate: boolean;
  /** Null where no interval is drawn. */
  scale: Scale | null;
}

function MetricHead({ columns, isRate, scale }: MetricHeadProps) {
  const { t } = useLocale();
  return (
    <TableHeader className="max-lg:hidden">
      <TableRow className="[&>*]:align-bottom [&>*]:pb-1.5">
        <TableHead className="pl-0">{t("experiment_variant")}</TableHead>
        <TableHead numeric className="w-24">
          <ColumnLabel column={columns.participants} />
        </TableHead>
        {/* Where there are no conversions their column stays empty, so that the tables of a page stand in line. */}
        {isRate ? (
          <TableHead numeric className="w-24">
            <ColumnLabel column={columns.conversions} />
          </TableHead>
        ) : (
          <td className="w-24" />
        )}
        <TableHead numeric className="w-32">
          <ColumnLabel column={columns.value} />
        </TableHead>
        <TableHead className="w-60">
          <ColumnLabel column={columns.lift} />
        </TableHead>
        {scale === null ? (
          <td className="w-1/3" />
        ) : (
          <TableHead className="w-1/3 pr-0">
            <ColumnLabel column={columns.interval} />
            <LiftAxis scale={scale} />
          </TableHead>
        )}
      </TableRow>
    </TableHeader>
  );
}

function comparisonOf({ comparisons }: MetricResult, name: string): Comparison | null {
  return comparisons.find(({ variant }) => variant === name) ?? null;
}
