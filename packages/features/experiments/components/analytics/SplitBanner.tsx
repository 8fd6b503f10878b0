"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert } from "@calcom/ui";
import type { StoredResult } from "../../results/types";
import type { SplitResult } from "../../utils/statistics/results-types";
import { controlFirst } from "../shared/variant-order";
import { useFigures } from "./charts/useFigures";

/** Above everything where subjects are not split as configured: whatever stands below may be wrong. */
export function SplitBanner({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const split = result.analysis?.split;
  if (split?.status !== "off") return null;
  const { found, expected } = shares(split, result.control, figures.count);
  const checks = [
    "results_split_check_redirect",
    "results_split_check_code",
    "results_split_check_bots",
    "results_split_check_targeting",
    "results_split_check_data",
  ];
  return (
    <Alert
      tone="destructive"
      title={t("results_split_off", { found, expected, p: figures.pEquals(split.p) })}
      description={t("results_split_off_text")}
    >
      <details className="text-dense">
        <summary className="w-fit cursor-pointer rounded-sm">{t("results_split_what_to_check")}</summary>
        <ul className="mt-2 grid max-w-prose list-disc gap-1 pl-4 text-pretty">
          {checks.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
          {split.impossible.map(({ epoch, variant, units }) => (
            <li key={`${epoch} ${variant}`}>
              {t("results_split_impossible", { epoch, variant, units: figures.count(units) })}
            </li>
          ))}
          {split.byEpoch.length > 1 &&
            split.byEpoch.map(({ epoch, p }) => (
              <li key={epoch}>{t("results_split_epoch", { epoch, p: figures.pEquals(p) })}</li>
            ))}
        </ul>
      </details>
    </Alert>
  );
}

/** "52.1/47.9", control first, as they came and as they should have come. */
function shares(
  { variants }: SplitResult,
  control: string,
  count: (value: number) => string,
): { found: string; expected: string } {
  const rows = controlFirst(
    variants.map(({ variant, ...row }) => ({ name: variant, ...row })),
    control,
  );
  const text = (of: (row: (typeof rows)[number]) => number) => {
    const total = rows.reduce((sum, row) => sum + of(row), 0);
    return rows.map((row) => count(Number(((100 * of(row)) / total).toFixed(1)))).join("/");
  };
  return { found: text(({ observed }) => observed), expected: text(({ expected }) => expected) };
}
