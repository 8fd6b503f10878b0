"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { EndPreview, StoredResult } from "../../results/types";
import { useFigures } from "../analytics/charts/useFigures";
import { endPopulationText, populationText } from "../analytics/end-words";
import { isCompared, isSplitOff } from "../analytics/is-compared";
import { subjects, wordsFor } from "../analytics/words";
import { VerdictNote } from "../ExperimentVerdict";
import { Keyed } from "../shared/Keyed";
import { keyed } from "../shared/keys";

/** The verdict at the end, and that it is not that of the page; folded, why, the figures of both, and what is counted. */
export function FinalResult({ preview, result }: { preview: EndPreview; result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const words = wordsFor(result, keyed(t), figures);
  const { population, asOf, changes } = preview;
  // What is the same as on the page is said by the verdict above.
  const lines = isSplitOff(result) ? [] : changes.filter(({ before, after }) => isOther(before, after));
  return (
    <VerdictNote
      result={result}
      isCompared={isCompared(result, SHOWN)}
      details={
        <>
          {lines.length > 0 && (
            <ul className="grid gap-0.5 tabular-nums">
              {lines.map(({ metric, variant, before, after }) => (
                <li key={`${metric} ${variant}`} className="wrap-anywhere">
                  <Keyed>
                    {words.t(lineKey(before, after), {
                      variant,
                      metric: words.nameOf(metric),
                      before: figures.lift(before?.lift ?? null),
                      beforeSubjects: subjects(before?.subjects ?? 0, words),
                      after: figures.lift(after?.lift ?? null),
                      afterSubjects: subjects(after?.subjects ?? 0, words),
                    })}
                  </Keyed>
                </li>
              ))}
            </ul>
          )}
          <p className="text-pretty text-muted-foreground">
            {population.open > 0 && `${t("experiment_end_open_windows")} `}
            {t("experiment_end_as_of", { moment: figures.moment(new Date(asOf)) })}
          </p>
        </>
      }
    >
      <p className="text-dense tabular-nums">
        {populationText(result, words) ?? endPopulationText(population, words)}.
      </p>
      {lines.length > 0 && (
        <p className="text-pretty text-dense">
          {t(population.open > 0 ? "experiment_end_differs_open" : "experiment_end_differs")}
        </p>
      )}
    </VerdictNote>
  );
}

/** The figures at the end are told only where something of them may be read. */
const SHOWN = { figures: "all", isAllWithheld: false } as const;

type Effect = EndPreview["changes"][number]["before"];

function lineKey(before: Effect, after: Effect): string {
  if (after === null) return "experiment_end_line_lost";
  return before === null ? "experiment_end_line" : "experiment_end_line_changed";
}

function isOther(before: Effect, after: Effect): boolean {
  return before?.subjects !== after?.subjects || before?.lift !== after?.lift;
}
