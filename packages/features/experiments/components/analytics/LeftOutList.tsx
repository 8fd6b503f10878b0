"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Section } from "@calcom/ui";
import type { LeftOut, StoredResult } from "../../results/types";
import { useFigures } from "./charts/useFigures";
import { subjects, wordsFor } from "./words";

/** Who is in the rows and not in the comparison, each with the reason: nothing vanishes without a word. */
export function LeftOutList({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const words = wordsFor(result, t, figures);
  const { leftOut, unknownMetrics, windowDays } = result;
  const rows = REASONS.filter((reason) => leftOut[reason] > 0);
  return (
    <Section title={t("results_left_out")}>
      {rows.length === 0 && unknownMetrics.length === 0 ? (
        <p className="text-dense text-muted-foreground">{t("results_left_out_nobody")}</p>
      ) : (
        <dl className="border-t text-dense">
          {rows.map((reason) => (
            <div key={reason} className="grid gap-x-4 border-b py-2 sm:grid-cols-[12rem_1fr]">
              <dt className="tabular-nums">{subjects(leftOut[reason], words)}</dt>
              <dd className="text-pretty text-muted-foreground">
                {t(`results_left_out_${KEYS[reason]}`, { count: windowDays })}
              </dd>
            </div>
          ))}
          {unknownMetrics.length > 0 && (
            <div className="grid gap-x-4 border-b py-2 sm:grid-cols-[12rem_1fr]">
              <dt className="wrap-anywhere font-mono text-xs">{unknownMetrics.join(", ")}</dt>
              <dd className="text-pretty text-muted-foreground">{t("results_unknown_metrics")}</dd>
            </div>
          )}
        </dl>
      )}
    </Section>
  );
}

const REASONS = [
  "notExposed",
  "immature",
  "afterPlannedEnd",
  "mixed",
  "imported",
  "erased",
] as const satisfies (keyof LeftOut)[];

const KEYS: Record<keyof LeftOut, string> = {
  notExposed: "not_exposed",
  immature: "immature",
  afterPlannedEnd: "after_planned_end",
  mixed: "mixed",
  imported: "imported",
  erased: "erased",
};
