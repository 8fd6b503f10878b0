"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { ReactNode } from "react";
import type { StoredResult } from "../results/types";
import { useFigures } from "./analytics/charts/useFigures";
import { impactText } from "./analytics/impact-words";
import type { ExperimentResultsState } from "./analytics/results-state";
import { VerdictIcon } from "./analytics/VerdictIcon";
import { verdictWords } from "./analytics/verdict-words";
import { wordsFor } from "./analytics/words";

/** The verdict once more, where it is acted on, with the sign it has there; nothing where nothing was counted. */
export function ExperimentVerdict({ state }: { state: ExperimentResultsState }) {
  const result = state.status === "ready" ? state.view.result : null;
  return result === null ? null : <VerdictNote result={result} />;
}

export function VerdictNote({ result, children }: { result: StoredResult; children?: ReactNode }) {
  const { t } = useLocale();
  const figures = useFigures();
  const words = wordsFor(result, t, figures);
  const { tone, title, detail } = verdictWords(result, words);
  const impact = impactText(result, words);
  return (
    <div role="status" className="mb-3 flex gap-2.5 rounded-lg border px-3 py-2.5">
      <VerdictIcon tone={tone} className="mt-0.5 size-4" />
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="wrap-anywhere font-medium text-sm">{title}</p>
        <p className="wrap-anywhere text-dense text-muted-foreground">{detail}</p>
        {impact !== null && <p className="wrap-anywhere text-dense tabular-nums">{impact}</p>}
        {children}
      </div>
    </div>
  );
}
