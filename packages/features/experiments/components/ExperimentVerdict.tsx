"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert } from "@calcom/ui";
import { useFigures } from "./analytics/charts/useFigures";
import type { ExperimentResultsState } from "./analytics/results-state";
import { verdictWords } from "./analytics/verdict-words";
import { wordsFor } from "./analytics/words";

/** The verdict once more, where it is acted on; nothing where nothing was counted. */
export function ExperimentVerdict({ state }: { state: ExperimentResultsState }) {
  const { t } = useLocale();
  const figures = useFigures();
  const result = state.status === "ready" ? state.view.result : null;
  if (result === null) return null;
  const { tone, title, detail } = verdictWords(result, wordsFor(result, t, figures));
  return (
    <Alert
      tone={tone === "good" || tone === "bad" ? "info" : "warning"}
      title={title}
      description={detail}
      className="mb-3"
    />
  );
}
