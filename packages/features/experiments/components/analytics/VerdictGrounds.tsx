"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Disclosure } from "@calcom/ui";
import type { StoredResult } from "../../results/types";
import { Keyed } from "../shared/Keyed";
import { keyed } from "../shared/keys";
import { useFigures } from "./charts/useFigures";
import { planText, populationText, reachedText } from "./end-words";
import { hasRaised, levelText } from "./lift-words";
import { widenedText, wordsFor } from "./words";

/** Why the verdict is what it is: how the experiment is read, what was planned, and the p behind it. */
export function VerdictGrounds({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const { analysis, settings, plannedSubjects, look } = result;
  const compared = (analysis?.metrics ?? [])
    .filter(({ metric }) => metric.role === "primary" && !metric.isChosenAfterStart)
    .flatMap(({ metric, comparisons }) =>
      comparisons.flatMap((one) => (one.status === "compared" ? [{ metric: metric.id, ...one }] : [])),
    );
  const words = wordsFor(result, keyed(t), figures);
  const short = analysis?.endedShort ?? null;
  const population = populationText(result, words);
  return (
    <Disclosure className="text-dense" summary={t("results_why")}>
      <ul className="wrap-anywhere mt-2 grid max-w-prose list-disc gap-1 pl-4 text-pretty marker:text-muted-foreground">
        <li>
          {settings.mode === "sequential"
            ? t("results_mode_sequential")
            : short === null
              ? t("results_mode_fixed")
              : t("results_mode_ended_short", { reached: reachedText(short, words) })}
        </li>
        <li>{planText({ subjects: plannedSubjects, days: settings.minimumRuntimeDays }, words)}</li>
        {look !== null && <li>{t("results_as_of_moment", { moment: figures.moment(new Date(look)) })}.</li>}
        {population !== null && <li>{population}.</li>}
        {compared.map(({ metric, variant, p, pAdjusted, interval }) => (
          <li key={`${metric} ${variant}`}>
            <Keyed>
              {words.t("results_p_of", {
                variant,
                metric: words.nameOf(metric),
                p: figures.pEquals(pAdjusted),
                alone: figures.pEquals(p),
                level: levelText(interval.level, figures),
              })}
            </Keyed>
          </li>
        ))}
        {hasRaised(compared) && <li>{t("results_interval_raised")}</li>}
        {compared.flatMap(({ metric, ...comparison }) => {
          const text = widenedText(comparison, words);
          return text === null ? (
            []
          ) : (
            <li key={`${metric} ${comparison.variant} widened`}>
              <Keyed>{text}</Keyed>
            </li>
          );
        })}
      </ul>
    </Disclosure>
  );
}
