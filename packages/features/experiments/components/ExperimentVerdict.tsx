"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, Disclosure } from "@calcom/ui";
import type { ReactNode } from "react";
import type { StoredResult } from "../results/types";
import type { ExperimentDetail } from "../types/admin";
import type { ConclusionReason } from "../types/conclusion";
import { hasPrimary } from "../types/metrics";
import { openReasons } from "../types/open-reasons";
import { useFigures } from "./analytics/charts/useFigures";
import { GuardrailsLine } from "./analytics/GuardrailsLine";
import { impactText } from "./analytics/impact-words";
import { isCompared } from "./analytics/is-compared";
import { PrimaryFigures } from "./analytics/PrimaryFigures";
import { primaryText } from "./analytics/primary-words";
import type { ExperimentResultsState } from "./analytics/results-state";
import { VerdictIcon } from "./analytics/VerdictIcon";
import { verdictCard } from "./analytics/verdict-states";
import { verdictWords } from "./analytics/verdict-words";
import { wordsFor } from "./analytics/words";
import { Keyed } from "./shared/Keyed";
import { keyed } from "./shared/keys";

/** The verdict once more, where it is acted on, with the sign it has there; nothing where nothing was counted. */
export function ExperimentVerdict({ state }: { state: ExperimentResultsState }) {
  if (state.status !== "ready" || state.view.result === null) return null;
  const { view } = state;
  return <VerdictNote result={state.view.result} isCompared={isCompared(state.view.result, view)} />;
}

/** What a conclusion may give as its reason, by what the page shows; undefined where only the server knows. */
export function reasonsOnPage(
  state: ExperimentResultsState,
  { config }: Pick<ExperimentDetail, "config">,
): ConclusionReason[] | undefined {
  if (state.status !== "ready" || state.view.figures === "early" || config === null) return undefined;
  const { isAllWithheld, result } = state.view;
  const verdict = result?.analysis?.verdict.code ?? null;
  return openReasons({ isAllWithheld, verdict, hasPrimary: hasPrimary(config) });
}

interface VerdictNoteProps {
  result: StoredResult;
  /** False while nothing is held against anything. */
  isCompared: boolean;
  children?: ReactNode;
  /** What is folded, with what explains the verdict. */
  details?: ReactNode;
}

export function VerdictNote({ result, isCompared: hasComparison, children, details }: VerdictNoteProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const words = wordsFor(result, keyed(t), figures);
  const { tone, title, detail } = verdictWords(result, words);
  const impact = hasComparison ? impactText(result, words) : null;
  const primary = hasComparison ? primaryText(result, words) : null;
  // Of a doubt the reason is the message.
  const isDoubtful = tone === "doubt";
  const folded = [isDoubtful ? "" : detail, impact ?? ""].filter((text) => text !== "");
  return (
    <div role="status" className={cn("mb-3 flex gap-2.5 rounded-lg border px-3 py-2", verdictCard(tone))}>
      <VerdictIcon tone={tone} className="mt-0.5 size-4" />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className="wrap-anywhere font-medium text-sm">
          <Keyed>{title}</Keyed>
        </p>
        {isDoubtful && <Line>{detail}</Line>}
        {primary !== null && (
          <p className="wrap-anywhere text-dense tabular-nums">
            <Keyed>{primary}</Keyed>
          </p>
        )}
        {hasComparison && <PrimaryFigures {...{ result, words }} />}
        {hasComparison && <GuardrailsLine result={result} />}
        {children}
        {(folded.length > 0 || details !== undefined) && (
          // What is chosen from stands below: nothing but the figures comes before it.
          <Disclosure className="text-dense" summary={t("experiment_end_details")}>
            <div className="mt-1 grid gap-1 *:min-w-0">
              {folded.map((text) => (
                <Line key={text}>{text}</Line>
              ))}
              {details}
            </div>
          </Disclosure>
        )}
      </div>
    </div>
  );
}

function Line({ children }: { children: string }) {
  return (
    <p className="wrap-anywhere text-pretty text-dense text-muted-foreground tabular-nums">
      <Keyed>{children}</Keyed>
    </p>
  );
}
