"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { SplitResult } from "@calcom/statistics/split-types";
import type { StoredResult } from "../../results/types";
import { useFigures } from "./charts/useFigures";
import { SplitDetails } from "./SplitDetails";
import { subjects } from "./words";

/** What may have brought the split off, and where it is. */
export function SplitChecks({ result, split }: { result: StoredResult; split: SplitResult }) {
  const { impossible } = split;
  const { t } = useLocale();
  const figures = useFigures();
  return (
    <details className="min-w-0 text-dense">
      <summary className="w-fit cursor-pointer rounded-sm">{t("results_split_what_to_check")}</summary>
      <ul className="mt-2 grid max-w-prose list-disc gap-1 pl-4 text-pretty">
        {CHECKS.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
        {impossible.map(({ epoch, variant, units }) => (
          <li key={`${epoch} ${variant}`}>
            {t("results_split_impossible", {
              epoch,
              variant,
              units: subjects(units, { t, figures, unit: result.unit }),
            })}
          </li>
        ))}
      </ul>
      <div className="mt-2">
        <SplitDetails {...{ result, split }} />
      </div>
    </details>
  );
}

const CHECKS = [
  "results_split_check_redirect",
  "results_split_check_code",
  "results_split_check_bots",
  "results_split_check_targeting",
  "results_split_check_data",
];
