"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { EndPreview, StoredResult } from "../../results/types";
import { useFigures } from "../analytics/charts/useFigures";
import { endPopulationText, populationText } from "../analytics/end-words";
import { isSplitOff } from "../analytics/is-compared";
import { subjects, wordsFor } from "../analytics/words";
import { VerdictNote } from "../ExperimentVerdict";

/** The verdict at the end, and the lines that would read otherwise than they do now. */
export function FinalResult({ preview, result }: { preview: EndPreview; result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const words = wordsFor(result, t, figures);
  const { population, asOf, changes } = preview;
  const lines = isSplitOff(result) ? [] : changes;
  return (
    <VerdictNote result={result}>
      <p className="text-dense tabular-nums">
        {populationText(result, words) ?? endPopulationText(population, words)}.
      </p>
      {lines.length > 0 && (
        <ul className="grid gap-0.5 text-dense tabular-nums">
          {lines.map(({ metric, variant, before, after }) => (
            <li key={`${metric} ${variant}`} className="wrap-anywhere">
              {t(lineKey(before, after), {
                variant,
                metric: words.nameOf(metric),
                before: figures.lift(before?.lift ?? null),
                beforeSubjects: subjects(before?.subjects ?? 0, words),
                after: figures.lift(after?.lift ?? null),
                afterSubjects: subjects(after?.subjects ?? 0, words),
              })}
            </li>
          ))}
        </ul>
      )}
      <p className="text-pretty text-dense text-muted-foreground">
        {population.open > 0 && `${t("experiment_end_open_windows")} `}
        {t("experiment_end_as_of", { moment: figures.moment(new Date(asOf)) })}
      </p>
    </VerdictNote>
  );
}

type Effect = EndPreview["changes"][number]["before"];

function lineKey(before: Effect, after: Effect): string {
  if (after === null) return "experiment_end_line_lost";
  if (before === null || (before.subjects === after.subjects && before.lift === after.lift))
    return "experiment_end_line";
  return "experiment_end_line_changed";
}
