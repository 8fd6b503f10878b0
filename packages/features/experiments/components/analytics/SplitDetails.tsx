"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { SegmentSplit, SplitResult } from "@calcom/statistics/split-types";
import { cn, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@calcom/ui";
import type { StoredResult } from "../../results/types";
import { roundToSum } from "../shared/add-up";
import {
  PHONE_BODY,
  PHONE_CELL,
  PHONE_HEAD,
  PHONE_ROW,
  PHONE_TABLE,
  PHONE_TITLE,
  PhoneLabel,
} from "../shared/phone-table";
import { splitShares } from "../shared/split-shares";
import { controlFirst } from "../shared/variant-order";
import { type Figures, useFigures } from "./charts/useFigures";
import { SmallSegmentsNote } from "./SmallSegmentsNote";
import { factName, segmentValue } from "./segment-words";
import { onceText, segmentsInOrder } from "./split-words";

/** The split in figures: valid at any look, by one look beside it, by epoch, and by segment. */
export function SplitDetails({ result, split }: { result: StoredResult; split: SplitResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const { observed, expected } = splitShares(split.variants, result.control, figures.share);
  return (
    <div className="grid min-w-0 gap-2">
      <p className="max-w-prose text-pretty">
        {t("results_split_all", { found: observed, expected, p: figures.pEquals(split.p) })}{" "}
        {onceText(split.once, { t, figures })}
      </p>
      <SplitAsOf result={result} />
      {split.byEpoch.length > 1 && (
        <ul className="grid list-disc gap-1 pl-4">
          {split.byEpoch.map(({ epoch, p }) => (
            <li key={epoch}>{t("results_split_epoch", { epoch, p: figures.pEquals(p) })}</li>
          ))}
        </ul>
      )}
      {split.bySegment !== undefined && <BySegment result={result} split={split} />}
    </div>
  );
}

/** Beside the figures: the statistics look to the end of a day, and more have arrived since, which the live counts have. */
export function SplitAsOf({ result: { look, asOf } }: { result: Pick<StoredResult, "look" | "asOf"> }) {
  const { t } = useLocale();
  const { moment } = useFigures();
  return (
    <p className="text-muted-foreground text-xs">
      {t("results_split_as_of", { moment: moment(new Date(look ?? asOf)) })}
    </p>
  );
}

function BySegment({ result, split }: { result: StoredResult; split: SplitResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const segments = segmentsInOrder(split);
  if (segments.length === 0) return <p className="text-muted-foreground">{t("results_split_no_segments")}</p>;
  return (
    <>
      <Table scrollLabel={t("results_split_by_segment")} className={PHONE_TABLE}>
        <caption className="sr-only">{t("results_split_by_segment")}</caption>
        <TableHeader className={PHONE_HEAD}>
          <TableRow>
            <TableHead className="pl-0">{t("chart_segment")}</TableHead>
            <TableHead numeric>{t("results_split_found")}</TableHead>
            <TableHead numeric>{t("results_split_planned")}</TableHead>
            <TableHead numeric>{t("results_p_adjusted")}</TableHead>
            <TableHead className="pr-0">{t("results_split_one_look")}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody className={PHONE_BODY}>
          {segments.map((segment) => (
            <TableRow key={JSON.stringify([segment.fact, segment.value])} className={PHONE_ROW}>
              <th
                scope="row"
                className={cn(
                  "wrap-anywhere min-w-28 py-1.5 pr-3 text-left font-normal sm:max-w-60",
                  PHONE_TITLE,
                )}
              >
                <span className="block text-muted-foreground text-xs">{factName(segment.fact, t)}</span>
                {segmentValue(segment, t)}
                {segment.status === "off" && (
                  <span className="block font-medium text-warning text-xs">{t("results_split_is_off")}</span>
                )}
              </th>
              <TableCell numeric className={PHONE_CELL}>
                <PhoneLabel>{t("results_split_found")}</PhoneLabel>
                {countsOf(segment, "observed", result.control, figures)}
              </TableCell>
              <TableCell numeric className={PHONE_CELL}>
                <PhoneLabel>{t("results_split_planned")}</PhoneLabel>
                {countsOf(segment, "expected", result.control, figures)}
              </TableCell>
              <TableCell numeric className={PHONE_CELL}>
                <PhoneLabel>{t("results_p_adjusted")}</PhoneLabel>
                {figures.p(segment.pAdjusted)}
              </TableCell>
              <TableCell className="min-w-40 pr-0 text-muted-foreground text-xs max-sm:block max-sm:p-0">
                {onceText(segment.once, { t, figures })}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <SmallSegmentsNote result={result} />
    </>
  );
}

/** "120 / 40", control first. */
function countsOf(
  { variants }: SegmentSplit,
  of: "observed" | "expected",
  control: string,
  { count }: Figures,
): string {
  const counts = roundToSum(variants.map((row) => row[of]));
  const rows = variants.map(({ variant }, place) => ({ name: variant, of: counts[place] ?? 0 }));
  return controlFirst(rows, control)
    .map((row) => count(row.of))
    .join(" / ");
}
