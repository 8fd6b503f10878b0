"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { SplitResult } from "@calcom/statistics/split-types";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow, VariantSwatch } from "@calcom/ui";
import type { StoredResult } from "../../results/types";
import { roundToSum } from "../shared/add-up";
import { Keyed } from "../shared/Keyed";
import { keyed } from "../shared/keys";
import { controlFirst } from "../shared/variant-order";
import { useFigures } from "./charts/useFigures";
import { SplitAsOf } from "./SplitDetails";
import { subjects } from "./words";

interface SplitChecksProps {
  result: StoredResult;
  split: SplitResult;
}

/** How far the split is off, and what may have brought it there. */
export function SplitChecks({ result, split }: SplitChecksProps) {
  const { impossible } = split;
  const { t } = useLocale();
  const figures = useFigures();
  return (
    <div className="mt-2 grid min-w-0 gap-3 text-dense">
      <SplitCounts {...{ result, split }} />
      <div>
        <h3 className="font-medium">{t("results_split_what_to_check")}</h3>
        <ul className="mt-1 grid max-w-prose list-disc gap-1 pl-4 text-pretty">
          {CHECKS.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
          {impossible.map(({ epoch, variant, units }) => (
            <li key={`${epoch} ${variant}`}>
              <Keyed>
                {keyed(t)("results_split_impossible", {
                  epoch,
                  variant,
                  units: subjects(units, { t, figures, unit: result.unit }),
                })}
              </Keyed>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

const CHECKS = [
  "results_split_check_redirect",
  "results_split_check_code",
  "results_split_check_bots",
  "results_split_check_targeting",
  "results_split_check_data",
];

/** The difference is one of the numbers beside it, as they are rounded. */
function SplitCounts({ result, split }: SplitChecksProps) {
  const { t } = useLocale();
  const { count, countChange } = useFigures();
  const planned = roundToSum(split.variants.map(({ expected }) => expected));
  const rows = split.variants.map(({ variant, observed }, place) => ({
    name: variant,
    observed,
    planned: planned[place] ?? 0,
  }));
  return (
    <div className="max-w-md">
      <Table scrollLabel={t("experiment_split")}>
        <TableHeader>
          <TableRow>
            <TableHead className="px-0">{t("experiment_variant")}</TableHead>
            <TableHead numeric className="pr-0">
              {t("results_split_found")}
            </TableHead>
            <TableHead numeric className="pr-0">
              {t("results_split_planned")}
            </TableHead>
            <TableHead numeric className="pr-0">
              {t("results_split_difference")}
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {controlFirst(rows, result.control).map(({ name, observed, planned }, place) => (
            <TableRow key={name}>
              <th scope="row" className="py-1.5 text-left font-normal">
                <span className="flex items-center gap-1.5">
                  <VariantSwatch index={place} />
                  <span className="wrap-anywhere min-w-14 font-mono">{name}</span>
                </span>
              </th>
              <TableCell numeric className="py-1.5 pr-0">
                {count(observed)}
              </TableCell>
              <TableCell numeric className="py-1.5 pr-0">
                {count(planned)}
              </TableCell>
              <TableCell numeric className="py-1.5 pr-0">
                {countChange(observed - planned)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <SplitAsOf result={result} />
    </div>
  );
}
