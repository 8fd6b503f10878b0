"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Skeleton } from "@calcom/ui";
import type { ReactNode } from "react";
import type { EndPreview, StoredResult } from "../../results/types";
import type { Unit } from "../../types/settings";
import { useFigures } from "../analytics/charts/useFigures";
import { endPopulationText, populationText, reachedText } from "../analytics/end-words";
import { isSplitOff } from "../analytics/is-compared";
import { subjects, wordsFor } from "../analytics/words";
import { VerdictNote } from "../ExperimentVerdict";
import type { Settled } from "../form/targeting/use-settled";

interface FinalFiguresProps {
  end: Settled<EndPreview | null>;
  unit: Unit;
  /** The verdict of the page, for as long as there is no other. */
  verdict?: ReactNode;
}

/** The result as it would be at the end, shown before a winner is chosen. Concluding works without it. */
export function FinalFigures({ end, unit, verdict }: FinalFiguresProps) {
  const { t } = useLocale();
  switch (end.status) {
    case "idle":
      return verdict;
    case "waiting":
      return (
        <div
          role="status"
          aria-label={t("experiment_end_counting")}
          className="mb-3 grid gap-2 rounded-lg border p-3"
        >
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-3 w-full" />
          <Skeleton className="h-3 w-1/2" />
        </div>
      );
    case "failed":
      return (
        <>
          {verdict}
          <p role="status" className="mb-3 text-pretty text-dense text-muted-foreground">
            {t("experiment_end_failed", { reason: end.message })}
          </p>
        </>
      );
    case "done":
      if (end.value === null) return verdict;
      return end.value.result === null ? (
        <Withheld preview={end.value} unit={unit} verdict={verdict} />
      ) : (
        <Final preview={end.value} result={end.value.result} />
      );
  }
}

function Withheld({ preview, unit, verdict }: { preview: EndPreview; unit: Unit; verdict: ReactNode }) {
  const { t } = useLocale();
  const figures = useFigures();
  const words = { t, figures, unit };
  const { population, endedShort, asOf } = preview;
  return (
    <>
      {verdict}
      <div className="mb-3 grid gap-1 text-pretty text-dense text-muted-foreground">
        {endedShort !== null && (
          <p className="text-foreground">
            {t("experiment_end_short", { reached: reachedText(endedShort, words) })}
          </p>
        )}
        <p className="tabular-nums">{endPopulationText(population, words)}.</p>
        <p>{t("experiment_end_withheld")}</p>
        <p>{t("experiment_end_as_of", { moment: figures.moment(new Date(asOf)) })}</p>
      </div>
    </>
  );
}

function Final({ preview, result }: { preview: EndPreview; result: StoredResult }) {
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
