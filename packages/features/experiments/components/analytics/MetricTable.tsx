"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, Table, TableBody, TableCell, TableHead, TableHeader, TableRow, VariantSwatch } from "@calcom/ui";
import type { MetricInfo } from "../../results/types";
import type { ArmResult, Comparison, MetricResult } from "../../utils/statistics/results-types";
import { ControlNote } from "../shared/ControlNote";
import { LiftAxis, useFigures } from "./charts";
import type { ChartVariant } from "./charts/ordered-variants";
import type { Scale } from "./charts/scale";
import { LiftCell } from "./LiftCell";
import { SMALL_CELL, SMALL_ROW } from "./small-table";
import type { Words } from "./words";

interface MetricTableProps {
  metric: MetricResult;
  info: MetricInfo;
  /** Control first. */
  variants: readonly ChartVariant[];
  scale: Scale;
  words: Words;
  /** False where the split is off: then no difference is called better or worse. */
  isTrusted: boolean;
}

/** One metric: what each variant came to, and how it differs from control. */
export function MetricTable({ metric, info, variants, scale, words, isTrusted }: MetricTableProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const isRate = metric.arms.some(({ conversions }) => conversions !== null);
  const isCompared = metric.comparisons.some(({ status }) => status === "compared");
  const control = variants[0]?.name ?? "";
  return (
    <Table scrollLabel={info.name}>
      <TableHeader className="max-lg:sr-only">
        <TableRow>
          <TableHead className="pl-0">{t("experiment_variant")}</TableHead>
          <TableHead numeric className="w-24" title={t("results_participants_hint")}>
            {t("results_participants")}
          </TableHead>
          {/* Where there are no conversions their column stays empty, so that the tables of a page stand in line. */}
          {isRate ? (
            <TableHead numeric className="w-24">
              {t("results_conversions")}
            </TableHead>
          ) : (
            <td className="w-24" />
          )}
          <TableHead numeric className="w-32" title={t("results_value_hint")}>
            {t(valueKeys[info.kind])}
          </TableHead>
          <TableHead className="w-44" title={t("results_lift_hint")}>
            {t("results_lift")}
          </TableHead>
          <TableHead className="w-1/3 pr-0">
            <span className="sr-only">{t("results_interval")}</span>
            {isCompared && <LiftAxis scale={scale} />}
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {variants.map(({ name, place }) => {
          const arm = metric.arms.find(({ variant }) => variant === name);
          return (
            <TableRow key={name} className={SMALL_ROW}>
              <TableCell className={cn("pl-0", SMALL_CELL, "max-lg:order-1")}>
                <span className="flex items-center gap-2">
                  <VariantSwatch index={place} />
                  <span className="wrap-anywhere min-w-20 font-mono">{name}</span>
                  <ControlNote name={name} control={control} />
                </span>
              </TableCell>
              <TableCell numeric className={cn(SMALL_CELL, "max-lg:order-3 max-lg:text-left")}>
                {figures.count(arm?.units ?? 0)} <SmallLabel>{t("results_participants")}</SmallLabel>
              </TableCell>
              {isRate ? (
                <TableCell numeric className={cn(SMALL_CELL, "max-lg:order-4")}>
                  {figures.count(arm?.conversions ?? 0)} <SmallLabel>{t("results_conversions")}</SmallLabel>
                </TableCell>
              ) : (
                <TableCell className={cn(SMALL_CELL, "max-lg:order-4")} />
              )}
              <ValueCell arm={arm} kind={info.kind} />
              <LiftCell
                isControl={name === control}
                comparison={comparisonOf(metric, name)}
                kind={info.kind}
                scale={scale}
                words={words}
                isTrusted={isTrusted}
              />
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

/** What a column's head says where there is none. */
function SmallLabel({ children }: { children: string }) {
  return <span className="text-muted-foreground text-xs lg:hidden">{children}</span>;
}

function comparisonOf({ comparisons }: MetricResult, name: string): Comparison | null {
  return comparisons.find(({ variant }) => variant === name) ?? null;
}

interface ValueCellProps {
  arm: ArmResult | undefined;
  kind: MetricInfo["kind"];
}

function ValueCell({ arm, kind }: ValueCellProps) {
  const figures = useFigures();
  if (arm === undefined || arm.value === null)
    return (
      <TableCell numeric className={cn("text-muted-foreground", SMALL_CELL, "max-lg:order-2")}>
        –
      </TableCell>
    );
  const { low = null, high = null } = arm.interval ?? {};
  return (
    <TableCell numeric className={cn(SMALL_CELL, "max-lg:order-2")}>
      {figures.value(arm.value, kind)}
      {low !== null && high !== null && (
        <span className="block text-muted-foreground text-xs">
          {figures.value(low, kind)}–{figures.value(high, kind)}
        </span>
      )}
    </TableCell>
  );
}

const valueKeys: Record<MetricInfo["kind"], string> = {
  conversion: "results_rate",
  mean: "results_mean",
  ratio: "results_ratio",
};
