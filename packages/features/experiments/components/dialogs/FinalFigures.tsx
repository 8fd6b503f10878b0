"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Disclosure, Skeleton } from "@calcom/ui";
import type { ReactNode } from "react";
import type { EndPreview } from "../../results/types";
import type { Unit } from "../../types/settings";
import { useFigures } from "../analytics/charts/useFigures";
import { endPopulationText, reachedText } from "../analytics/end-words";
import type { Settled } from "../form/targeting/use-settled";
import { FinalResult } from "./FinalResult";

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
        <FinalResult preview={end.value} result={end.value.result} />
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
      <div className="mb-3 grid gap-1 text-pretty text-dense text-muted-foreground *:min-w-0">
        <p>{t("experiment_end_withheld")}</p>
        {endedShort !== null && (
          <p className="text-foreground">
            {t("experiment_end_short", { reached: reachedText(endedShort, words) })}
          </p>
        )}
        <Disclosure summary={t("experiment_end_details")}>
          <p className="mt-1 tabular-nums">{endPopulationText(population, words)}.</p>
          <p className="mt-1">{t("experiment_end_as_of", { moment: figures.moment(new Date(asOf)) })}</p>
        </Disclosure>
      </div>
    </>
  );
}
