"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Section } from "@calcom/ui";
import type { StoredResult } from "../../results/types";
import { useFigures } from "./charts/useFigures";
import { missingRows } from "./missing-rows";
import { type LossReason, reconcile } from "./reconciliation";
import { subjects, type Words, wordsFor } from "./words";

interface LeftOutListProps {
  result: StoredResult;
  /** False while nothing is held against anything. */
  isCompared: boolean;
}

/** Lists how many have a row but are not compared, by reason, so that all figures add up. */
export function LeftOutList({ result, isCompared }: LeftOutListProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const words = wordsFor(result, t, figures);
  const { leftOut, windowDays } = result;
  const lost = lostMetrics(result);
  const rows = REASONS.filter((reason) => leftOut[reason] > 0);
  const hasRows = rows.length > 0 || lost.length > 0;
  const isNobody = !hasRows && leftOut.mixed === 0;
  if (isNobody && !isCompared) return null;
  const sum = isCompared ? sumInWords(result, words) : null;
  return (
    <Section title={t("results_left_out")}>
      {sum !== null && <p className="-mt-3 text-pretty text-dense tabular-nums">{sum}</p>}
      {isNobody && <p className="text-dense text-muted-foreground">{t("results_left_out_nobody")}</p>}
      {hasRows && (
        <dl className="border-t text-dense">
          {rows.map((reason) => (
            <div key={reason} className="grid gap-x-4 border-b py-2 sm:grid-cols-[12rem_1fr]">
              <dt className="tabular-nums">{subjects(leftOut[reason], words)}</dt>
              <dd className="text-pretty text-muted-foreground">
                {t(`results_left_out_${KEYS[reason]}`, { count: windowDays })}
              </dd>
            </div>
          ))}
          {lost.map((key) => (
            <div key={key} className="grid gap-x-4 border-b py-2 sm:grid-cols-[12rem_1fr]">
              <dt className="wrap-anywhere">{words.nameOf(key)}</dt>
              <dd className="text-pretty text-muted-foreground">
                {t("results_not_measured", { fault: words.faultOf(key) })}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {leftOut.mixed > 0 && (
        <p className="mt-2 text-pretty text-dense text-muted-foreground">
          {t("experiment_mixed_count", { subjects: subjects(leftOut.mixed, words) })}
        </p>
      )}
    </Section>
  );
}

/** What has a section of its own says there why. Results of before it was told name only the unknown ones. */
function lostMetrics({ unmeasured, unknownMetrics, ...result }: StoredResult): string[] {
  if (unmeasured === undefined) return unknownMetrics;
  const told = new Set(missingRows({ unmeasured, ...result }).map(({ key }) => key));
  return unmeasured.flatMap(({ key }) => (told.has(key) ? [] : [key]));
}

/** "4,980 assigned − 25 imported − … = 4,296 compared"; null where the numbers do not say that. */
function sumInWords(result: StoredResult, { t, figures }: Words): string | null {
  const sum = reconcile(result);
  if (sum === null || sum.less.length === 0) return null;
  const left = [
    t("results_sum_assigned", { n: figures.count(sum.assigned) }),
    ...sum.less.map(({ reason, count }) => t(`results_sum_${KEYS[reason]}`, { n: figures.count(count) })),
  ];
  return `${left.join(" − ")} = ${t("results_sum_compared", { n: figures.count(sum.compared) })}`;
}

/** In the order in which they drop out, as in the sum above them. */
const REASONS = [
  "imported",
  "notExposed",
  "immature",
  "afterPlannedEnd",
  "erased",
] as const satisfies LossReason[];

const KEYS: Record<LossReason, string> = {
  notExposed: "not_exposed",
  immature: "immature",
  afterPlannedEnd: "after_planned_end",
  imported: "imported",
  erased: "erased",
};
