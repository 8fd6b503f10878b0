"use client";

import { type Translate, useLocale } from "@calcom/lib/i18n";
import {
  cn,
  Hint,
  Table,
  TableBody,
  TableCell,
  TableFooter,
  TableHead,
  TableHeader,
  TableRow,
  VariantSwatch,
} from "@calcom/ui";
import type { ExperimentDetail } from "../../types/admin";
import type { ExperimentStats, VariantStats } from "../../types/stats";
import { DoubtedFigures, useIsSplitOff } from "../analytics/DoubtedSplit";
import { ControlNote } from "../shared/ControlNote";
import { CountedAt } from "../shared/CountedAt";
import { useFormat } from "../shared/useFormat";
import { controlFirst } from "../shared/variant-order";
import { unitCountKeys } from "../shared/words";
import { WithheldCounts } from "./WithheldCounts";

interface Column {
  key: string;
  head: string;
  hint?: string;
  isCode?: boolean;
  /** Null while it is withheld. */
  of: (row: VariantStats) => number | null;
  total: number;
}

/** Nothing is counted where no event was recorded; one is as good as any: only several are counted together as well. */
function columnsOf({ total }: ExperimentStats, t: Translate): Column[] {
  const stages = total.events.length > 1 ? STAGES : (["assigned", "exposed"] as const);
  return [
    ...stages.map((stage) => ({
      key: stage,
      head: t(`experiment_${stage}`),
      hint: t(`experiment_${stage}_hint`),
      of: (row: VariantStats) => row[stage],
      total: total[stage],
    })),
    ...total.events.map(({ event, converted }) => ({
      key: `event:${event}`,
      head: event,
      isCode: true,
      of: (row: VariantStats) => convertedBy(row, event),
      total: converted,
    })),
  ];
}

const STAGES = ["assigned", "exposed", "converted"] as const;

/** How participants are divided, and not what they did. */
const isOfSplit = ({ key }: Column) => key === "assigned" || key === "exposed";

/** What was recorded of each variant, with the sum and what the words mean. */
export function CountsTable({ experiment, stats }: { experiment: ExperimentDetail; stats: ExperimentStats }) {
  const { t } = useLocale();
  const { count } = useFormat();
  const { unit, control } = experiment;
  const rows = inOrder(stats.variants, experiment);
  const columns = columnsOf(stats, t);
  const isOff = useIsSplitOff();
  const subjectsOf = (value: number) => t(unitCountKeys[unit], { count: value, formatted: count(value) });
  return (
    <div className="grid gap-3">
      <CountsGrid columns={isOff ? columns.filter(isOfSplit) : columns} {...{ rows, control }} />
      {isOff && columns.some((column) => !isOfSplit(column)) && (
        <DoubtedFigures>
          <CountsGrid columns={columns.filter((column) => !isOfSplit(column))} {...{ rows, control }} />
        </DoubtedFigures>
      )}
      <div className="grid max-w-prose gap-1 text-dense text-muted-foreground">
        {stats.countedAt !== null && (
          <p>
            <CountedAt at={stats.countedAt} />. {t("experiment_counts_in_background")}
          </p>
        )}
        <WithheldCounts until={stats.withheldUntil} unit={unit} />
        <p>
          {columns.length > 2
            ? t("experiment_counts_explained", { count: experiment.config?.conversionWindowDays ?? 14 })
            : t("experiment_counts_explained_without_events")}
        </p>
        {stats.imported > 0 && (
          <p>
            {t("experiment_imported_count", { count: stats.imported, subjects: subjectsOf(stats.imported) })}
          </p>
        )}
        {stats.mixed > 0 && <p>{t("experiment_mixed_count", { subjects: subjectsOf(stats.mixed) })}</p>}
      </div>
    </div>
  );
}

interface CountsGridProps {
  columns: readonly Column[];
  rows: readonly VariantStats[];
  control: string;
}

function CountsGrid({ columns, rows, control }: CountsGridProps) {
  const { t } = useLocale();
  const { count } = useFormat();
  return (
    <Table scrollLabel={t("experiment_counts")}>
      <TableHeader>
        <TableRow>
          <TableHead className="ps-0">{t("experiment_variant")}</TableHead>
          {columns.map(({ key, head, hint, isCode }) => (
            <TableHead
              key={key}
              numeric
              className={cn("last:pe-0 max-sm:ps-2", isCode && "whitespace-normal font-mono")}
            >
              {hint === undefined ? (
                // As wide as its words, and broken only where it is long: a phone then shows every column.
                <span className="wrap-break-word inline-block max-w-16 sm:max-w-48">{head}</span>
              ) : (
                <Hint text={hint}>{head}</Hint>
              )}
            </TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row, place) => (
          <TableRow key={row.variant}>
            <TableCell className="ps-0">
              <span className="flex items-center gap-2">
                <VariantSwatch index={place} />
                <span className="wrap-break-word max-w-24 font-mono sm:max-w-80">{row.variant}</span>
                <ControlNote name={row.variant} control={control} />
              </span>
            </TableCell>
            {columns.map(({ key, of }) => (
              <TableCell key={key} numeric className="last:pe-0 max-sm:ps-2">
                <Count value={of(row)} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
      <TableFooter>
        <TableRow>
          <TableCell className="ps-0">{t("total")}</TableCell>
          {columns.map(({ key, total }) => (
            <TableCell key={key} numeric className="last:pe-0 max-sm:ps-2">
              {count(total)}
            </TableCell>
          ))}
        </TableRow>
      </TableFooter>
    </Table>
  );
}

/** Every configured variant in the order of its colour, with zeros where nothing was counted; then what is no longer there. */
function inOrder(counted: VariantStats[], { variants, control }: ExperimentDetail): VariantStats[] {
  const names = new Set(controlFirst(variants, control).map(({ name }) => name));
  for (const { variant } of counted) names.add(variant);
  return [...names].map(
    (variant) =>
      counted.find((row) => row.variant === variant) ?? {
        variant,
        assigned: 0,
        exposed: 0,
        converted: 0,
        events: [],
      },
  );
}

/** Of no line of its own, an event has happened to nobody; of one without a number, that is not told yet. */
function convertedBy(row: VariantStats, event: string): number | null {
  const counted = row.events.find((one) => one.event === event);
  return counted === undefined ? 0 : counted.converted;
}

function Count({ value }: { value: number | null }) {
  const { t } = useLocale();
  const { count } = useFormat();
  if (value !== null) return count(value);
  return (
    <>
      <span aria-hidden>–</span>
      <span className="sr-only">{t("experiment_count_withheld")}</span>
    </>
  );
}
