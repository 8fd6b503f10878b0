"use client";

import type { ArmResult, Comparison } from "@calcom/statistics";
import { cn, Table, TableBody, TableCell, TableHead, TableHeader, TableRow, VariantSwatch } from "@calcom/ui";
import type { MetricInfo, StoredResult } from "../../results/types";
import { Keyed } from "../shared/Keyed";
import {
  PHONE_BODY,
  PHONE_CELL,
  PHONE_HEAD,
  PHONE_ROW,
  PHONE_TABLE,
  PHONE_TITLE,
  PhoneLabel,
} from "../shared/phone-table";
import { differenceText } from "./change-words";
import { orderedVariants } from "./charts/ordered-variants";
import { conclusionOf } from "./conclusions";
import { levelsText, liftRange, textColor } from "./lift-words";
import { metricColumns } from "./metric-columns";
import { primaryMetric } from "./primary-words";
import { reasonText } from "./reason-words";
import { subjects, type Words } from "./words";

/** What the primary metric came to with every variant, where there are more than a sentence can say. */
export function PrimaryFigures({ result, words }: { result: StoredResult; words: Words }) {
  const { t, figures, unit } = words;
  const metric = primaryMetric(result);
  const info = result.metrics.find(({ key }) => key === metric?.metric.id);
  const { analysis } = result;
  if (metric === undefined || info === undefined || analysis === null) return null;
  if (metric.comparisons.length < 2) return null;
  const columns = metricColumns(info, unit, t);
  const level = levelsText(metric.comparisons, figures);
  const label = t("results_final_by_variant", { metric: words.nameOf(info.key) });
  return (
    <Table scrollLabel={label} className={cn("my-1.5", PHONE_TABLE)}>
      <caption className="wrap-anywhere pb-1 text-left font-medium max-sm:block">{label}</caption>
      <TableHeader className={PHONE_HEAD}>
        <TableRow>
          <TableHead className="pl-0">{t("experiment_variant")}</TableHead>
          <TableHead numeric>{columns.value.label}</TableHead>
          <TableHead numeric className="pr-0">
            {level === null ? columns.lift.label : t("report_lift_interval", { level })}
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody className={PHONE_BODY}>
        {orderedVariants(result).map(({ name, place }) => {
          const comparison = metric.comparisons.find(({ variant }) => variant === name);
          return (
            <TableRow key={name} className={cn("[&>td]:align-top sm:[&>td]:py-1", PHONE_ROW)}>
              <TableCell className={cn("pl-0", PHONE_TITLE)}>
                <span className="flex items-baseline gap-2">
                  <VariantSwatch index={place} />
                  <span className="wrap-anywhere min-w-20 font-mono">{name}</span>
                </span>
              </TableCell>
              <TableCell numeric className={cn("px-2", PHONE_CELL)}>
                <PhoneLabel>{columns.value.label}</PhoneLabel>
                <Value arm={metric.arms.find(({ variant }) => variant === name)} {...{ info, words }} />
              </TableCell>
              <TableCell
                numeric
                className={cn("pr-0 pl-2", PHONE_CELL, name === result.control && "max-sm:hidden")}
              >
                <PhoneLabel>{columns.lift.label}</PhoneLabel>
                {comparison?.status === "compared" ? (
                  <span className={cn(textColor(conclusionOf(analysis, metric, comparison), words))}>
                    <LiftFigures {...{ comparison, info, words }} />
                  </span>
                ) : (
                  <span className="block whitespace-normal text-muted-foreground">
                    {comparison === undefined ? "–" : <Keyed>{reasonText(comparison.reason, words)}</Keyed>}
                  </span>
                )}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

interface FiguresProps {
  info: MetricInfo;
  words: Words;
}

function Value({ arm, info, words }: FiguresProps & { arm: ArmResult | undefined }) {
  const { t, figures } = words;
  if (arm === undefined || arm.value === null) return "–";
  return (
    <span>
      {figures.value(arm.value, info)}
      <span className="block text-muted-foreground text-xs">
        {arm.conversions === null
          ? subjects(arm.units, words)
          : t("results_range_of", {
              converted: figures.count(arm.conversions),
              subjects: figures.count(arm.units),
            })}
      </span>
    </span>
  );
}

type Compared = Extract<Comparison, { status: "compared" }>;

function LiftFigures({ comparison, info, words }: FiguresProps & { comparison: Compared }) {
  const { figures } = words;
  if (comparison.lift.value === null)
    return <span className="block whitespace-normal">{differenceText(comparison, info, words)}</span>;
  return (
    <>
      {figures.lift(comparison.lift.value)}
      <span className="block text-muted-foreground text-xs">{liftRange(comparison, words)}</span>
    </>
  );
}
