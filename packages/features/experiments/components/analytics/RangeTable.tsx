"use client";

import { useLocale } from "@calcom/lib/i18n";
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
import type { ReactNode } from "react";
import type { RangeMetric, RangeView } from "../../results/range-types";
import {
  PHONE_BODY,
  PHONE_CELL,
  PHONE_HEAD,
  PHONE_ROW,
  PHONE_TABLE,
  PHONE_TITLE,
  PhoneLabel,
} from "../shared/phone-table";
import { orderedVariants } from "./charts/ordered-variants";
import { useFigures } from "./charts/useFigures";
import { DoubtedFigures, useIsSplitOff } from "./DoubtedSplit";
import { markedName } from "./words";

/** Variants by what was counted of them; without a difference, and without an order of merit. */
export function RangeTable({ view }: { view: RangeView }) {
  const { t } = useLocale();
  const figures = useFigures();
  const { metrics, exposed, first, last } = view;
  const variants = orderedVariants(view);
  const isOff = useIsSplitOff();
  const label = t("results_range_table", { from: view.from, to: view.to });
  if (variants.every(({ name }) => (exposed[name] ?? 0) === 0))
    return (
      <p className="text-dense text-muted-foreground">
        {t("results_range_none", { first: first ?? "–", last: last ?? "–" })}
      </p>
    );
  const closed = (
    <Hint text={t("results_range_closed_hint", { count: view.windowDays })}>{t("results_range_closed")}</Hint>
  );
  return (
    <div className="grid gap-2 *:min-w-0">
      <RangeGrid {...{ view, label, closed }} metrics={isOff ? [] : metrics} />
      {isOff && metrics.length > 0 && (
        <DoubtedFigures>
          <RangeGrid {...{ view, label, closed, metrics }} />
        </DoubtedFigures>
      )}
      <ul className="grid max-w-prose gap-1 text-pretty text-muted-foreground text-xs">
        {view.isWithheld && <li>{t("results_range_withheld")}</li>}
        {!view.isCounted && <li>{t("results_range_not_counted")}</li>}
        {view.phases > 1 && <li>{t("results_range_phases")}</li>}
        <li>{t("results_as_of_moment", { moment: figures.moment(new Date(view.asOf)) })}</li>
      </ul>
    </div>
  );
}

interface RangeGridProps {
  view: RangeView;
  metrics: readonly RangeMetric[];
  label: string;
  /** Whose window has closed, as a head says it. */
  closed: ReactNode;
}

function RangeGrid({ view, metrics, label, closed }: RangeGridProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const { exposed } = view;
  return (
    <Table scrollLabel={label} className={PHONE_TABLE}>
      <caption className="sr-only">{label}</caption>
      <TableHeader className={PHONE_HEAD}>
        <TableRow>
          <TableHead className="sticky left-0 bg-background pl-0">{t("experiment_variant")}</TableHead>
          <TableHead numeric>{t("results_range_exposed")}</TableHead>
          {metrics.length > 0 && <TableHead numeric>{closed}</TableHead>}
          {metrics.map((metric) => (
            <TableHead key={metric.key} numeric className="last:pr-0">
              {markedName(metric, t)}
            </TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody className={PHONE_BODY}>
        {orderedVariants(view).map(({ name: variant, place }) => (
          <TableRow key={variant} className={PHONE_ROW}>
            <th
              scope="row"
              className={cn("left-0 bg-background py-1.5 pr-3 text-left font-normal sm:sticky", PHONE_TITLE)}
            >
              <span className="flex items-center gap-2">
                <VariantSwatch index={place} />
                <span className="wrap-anywhere min-w-20 font-mono">{variant}</span>
              </span>
            </th>
            <TableCell numeric className={PHONE_CELL}>
              <PhoneLabel>{t("results_range_exposed")}</PhoneLabel>
              {figures.count(exposed[variant] ?? 0)}
            </TableCell>
            {metrics.length > 0 && (
              <TableCell numeric className={PHONE_CELL}>
                <PhoneLabel>{closed}</PhoneLabel>
                {figures.count(subjectsOf(metrics, variant))}
              </TableCell>
            )}
            {metrics.map((metric) => (
              <RangeCell key={metric.key} {...{ metric, variant }} />
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** Of metrics that need to know who somebody was, those who were erased are missing: the most of any is everybody. */
function subjectsOf(metrics: readonly RangeMetric[], variant: string): number {
  return Math.max(
    0,
    ...metrics.flatMap(({ rows }) => rows.flatMap((row) => (row.variant === variant ? row.subjects : []))),
  );
}

function RangeCell({ metric, variant }: { metric: RangeMetric; variant: string }) {
  const { t } = useLocale();
  const figures = useFigures();
  const row = metric.rows.find((one) => one.variant === variant);
  if (row === undefined || row.value === null)
    return (
      <TableCell numeric className={cn("text-muted-foreground last:pr-0", PHONE_CELL)}>
        <PhoneLabel>{markedName(metric, t)}</PhoneLabel>–
      </TableCell>
    );
  return (
    <TableCell numeric className={cn("last:pr-0", PHONE_CELL)}>
      <PhoneLabel>{markedName(metric, t)}</PhoneLabel>
      <span className="ms-auto">
        {figures.value(row.value, metric)}
        {row.converted !== null && (
          <span className="block whitespace-nowrap text-muted-foreground text-xs">
            {t("results_range_of", {
              converted: figures.count(row.converted),
              subjects: figures.count(row.subjects),
            })}
          </span>
        )}
      </span>
    </TableCell>
  );
}
