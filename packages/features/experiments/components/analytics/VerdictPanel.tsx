"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, cn, Disclosure, Progress } from "@calcom/ui";
import { type ReactNode, useId } from "react";
import { wasMadeAtEnd } from "../../results/design";
import type { StoredResult } from "../../results/types";
import { verdictWordOf } from "../../results/verdict-word";
import { Keyed } from "../shared/Keyed";
import { keyed } from "../shared/keys";
import { useFigures } from "./charts/useFigures";
import { populationText } from "./end-words";
import { GuardrailsLine } from "./GuardrailsLine";
import { impactText } from "./impact-words";
import { isSplitOff } from "./is-compared";
import { progressOf } from "./progress";
import { SplitChecks } from "./SplitChecks";
import { SplitDetails } from "./SplitDetails";
import { segmentsOffText } from "./split-words";
import { VerdictGrounds } from "./VerdictGrounds";
import { VerdictIcon } from "./VerdictIcon";
import { isDecidable } from "./verdict-focus";
import { verdictCard } from "./verdict-states";
import { verdictWords } from "./verdict-words";
import { wordsFor } from "./words";

interface VerdictPanelProps {
  result: StoredResult;
  /** False while nothing is held against anything. */
  isCompared: boolean;
  action?: ReactNode;
  /** Asks for the conclusion; nothing where it cannot be concluded. */
  onConclude?: (() => void) | undefined;
}

/** What can be concluded, first and in words; where the split is off, that nothing can, and what to check. */
export function VerdictPanel({ result, isCompared, action, onConclude }: VerdictPanelProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const titleId = useId();
  const words = wordsFor(result, keyed(t), figures);
  const { tone, title, detail } = verdictWords(result, words);
  const isSettled = tone !== "open" && tone !== "doubt";
  const isOver = wasMadeAtEnd(result);
  const population = populationText(result, words);
  const impact = isCompared ? impactText(result, words) : null;
  const progress = progressOf(result);
  const isOff = isSplitOff(result);
  const split = result.analysis?.split ?? null;
  const off = segmentsOffText(result, { t, figures });
  return (
    <section aria-labelledby={titleId} className={cn("flex gap-3 rounded-lg border p-4", verdictCard(tone))}>
      <VerdictIcon tone={tone} className="mt-0.5 size-5" />
      <div className="grid min-w-0 flex-1 gap-1">
        <h2 id={titleId} className="sr-only">
          {t("results_verdict")}
        </h2>
        <div role={isOff ? "alert" : undefined} className="grid gap-1">
          <p className="wrap-anywhere text-pretty font-semibold text-base">
            <Keyed>{title}</Keyed>
          </p>
          <p className="wrap-anywhere max-w-prose text-pretty text-dense text-muted-foreground">
            <Keyed>{detail}</Keyed>
          </p>
        </div>
        {impact !== null && (
          <p className="wrap-anywhere max-w-prose text-pretty text-dense tabular-nums">
            <Keyed>{impact}</Keyed>
          </p>
        )}
        {isOver && population !== null && (
          <p className="text-dense text-muted-foreground tabular-nums">{population}.</p>
        )}
        {off !== null && (
          <p className="mt-1 flex items-start gap-1.5 text-dense">
            <VerdictIcon tone="doubt" className="mt-0.5 size-3.5" />
            <span className="wrap-anywhere min-w-0 max-w-prose text-pretty">
              {off} {!isOff && t("results_split_segment_off_text")}
            </span>
          </p>
        )}
        {isCompared && <GuardrailsLine result={result} />}
        {progress !== null && (
          <div className="mt-2 flex max-w-sm items-center gap-3">
            <Progress value={100 * progress} aria-label={t("results_progress")} />
            <span className="shrink-0 text-muted-foreground text-xs tabular-nums">
              {t("results_progress_counted", { share: figures.percentage(Math.floor(100 * progress)) })}
            </span>
          </div>
        )}
        {isOff && split !== null && <SplitChecks {...{ result, split }} />}
        <div className="mt-2 flex flex-wrap items-start gap-x-4 gap-y-2">
          {!isOff && <VerdictGrounds result={result} />}
          {split !== null && split.status !== "no_data" && (
            <Disclosure className="text-dense" summary={t("results_split_details")}>
              <div className="mt-2">
                <SplitDetails {...{ result, split }} />
              </div>
            </Disclosure>
          )}
          {action}
        </div>
        {onConclude !== undefined && isDecidable(verdictWordOf(result)) && (
          <Button
            type="button"
            // The next step once something is settled; otherwise one of several.
            variant={isSettled ? "default" : "outline"}
            size="sm"
            className="mt-2 w-fit print:hidden"
            onClick={onConclude}
          >
            {t("results_conclude")}
          </Button>
        )}
      </div>
    </section>
  );
}
