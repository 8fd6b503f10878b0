"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert, ErrorState, Section } from "@calcom/ui";
import type { ReactNode } from "react";
import type { ResultsView } from "../results/types";
import type { Epoch, ExperimentDetail } from "../types/admin";
import {
  ChangeList,
  ExposuresChart,
  ForestChart,
  LiftOverTimeChart,
  marksOf,
  NoveltyChart,
  SegmentsTable,
  timeSpan,
} from "./analytics/charts";
import { DoubtedSplit } from "./analytics/DoubtedSplit";
import { EarlyLookButton, EarlyNotice } from "./analytics/EarlyLook";
import { EndNotice } from "./analytics/EndNotice";
import { isCompared, isSplitOff } from "./analytics/is-compared";
import { LeftOutList } from "./analytics/LeftOutList";
import { MetricSections } from "./analytics/MetricSections";
import { type RangePort, RangeSection } from "./analytics/RangeSection";
import { ReceiptNote } from "./analytics/ReceiptNote";
import { ResultsSkeleton } from "./analytics/ResultsSkeleton";
import { ResultsToolbar } from "./analytics/ResultsToolbar";
import type { ChangesOfRun, ExperimentResultsState, ResultsActions } from "./analytics/results-state";
import { UnmeasuredMetrics } from "./analytics/UnmeasuredMetrics";
import { VerdictPanel } from "./analytics/VerdictPanel";
import { useMay, usePermittedCommands } from "./ExperimentPermissions";
import { useFormat } from "./shared/useFormat";

export type { RangePort } from "./analytics/RangeSection";
export type {
  ChangesOfRun,
  ExperimentResultsState,
  ExportFormat,
  ResultsActions,
} from "./analytics/results-state";

export interface ExperimentAnalyticsProps {
  experiment: ExperimentDetail;
  state: ExperimentResultsState;
  actions: ResultsActions;
  /** Counts of now, which need no statistics. */
  counts: ReactNode;
  /** For the charts; none while they are on their way. */
  changes?: ChangesOfRun;
  /** Some days of it, as description. */
  range?: RangePort;
  /** Leads to what is configured. */
  onOpenSetup?: () => void;
  /** Asks for the conclusion. */
  onConclude?: () => void;
}

const NO_CHANGES: ChangesOfRun = { entries: [], isCut: false };

/** What an experiment has shown: the verdict, what it rests on, and what was left out of it. */
export function ExperimentAnalytics(props: ExperimentAnalyticsProps) {
  const { experiment, state, actions, counts, changes = NO_CHANGES, range, onOpenSetup } = props;
  const mayConclude = usePermittedCommands(experiment).includes("conclude");
  const { t } = useLocale();
  const { moment } = useFormat();
  // Nothing can have been measured yet: one place says so.
  if (experiment.status === "draft") return counts;
  if (state.status === "loading") return <ResultsSkeleton rows={experiment.variants.length} />;
  // Beside the counts, why they are not those of the results.
  const look = state.status === "ready" ? (state.view.result?.look ?? null) : null;
  const ofNow = (
    <Section
      title={t("experiment_counts")}
      description={
        look === null
          ? t("results_counts_of_now")
          : t("results_counts_of_now_since", { moment: moment(new Date(look)) })
      }
    >
      {counts}
    </Section>
  );
  if (state.status === "error")
    return (
      <div className="grid gap-8 *:min-w-0">
        <ErrorState
          title={t("results_could_not_be_loaded")}
          description={state.message}
          onRetry={state.onRetry}
          retryLabel={t("try_again")}
        />
        {ofNow}
      </div>
    );
  return (
    <div className="grid gap-8 *:min-w-0">
      <Results
        view={state.view}
        actions={actions}
        epochs={experiment.epochs}
        changes={changes}
        counts={ofNow}
        range={range}
        onOpenSetup={onOpenSetup}
        onConclude={mayConclude ? props.onConclude : undefined}
      />
    </div>
  );
}

interface ResultsProps {
  view: ResultsView;
  actions: ResultsActions;
  epochs: readonly Epoch[];
  changes: ChangesOfRun;
  counts: ReactNode;
  range: RangePort | undefined;
  onOpenSetup: (() => void) | undefined;
  /** Nothing where it cannot be concluded, or not by this person. */
  onConclude: (() => void) | undefined;
}

function Results({ view, actions, epochs, changes, counts, range, onOpenSetup, onConclude }: ResultsProps) {
  const { t } = useLocale();
  const mayDecide = useMay("decide");
  const { result, figures } = view;
  if (result === null)
    return (
      <>
        <ResultsToolbar view={view} actions={actions} />
        <Alert title={t("results_not_counted_yet")} description={t("results_not_counted_yet_text")} />
        {counts}
      </>
    );
  const { analysis } = result;
  const hasComparison = isCompared(result, view);
  const marks = marksOf(changes.entries, timeSpan(result));
  const changeList = <ChangeList result={result} marks={marks} isCut={changes.isCut} />;
  const isOff = isSplitOff(result);
  const canLookEarly = figures === "withheld" && mayDecide && !isOff;
  return (
    <DoubtedSplit isOff={isOff}>
      <div className="grid gap-4 *:min-w-0">
        <LinkedNotice linkedAsOf={actions.linkedAsOf} asOf={result.asOf} />
        <EndNotice seen={actions.seenEnd} result={result} />
        {figures === "early" && <EarlyNotice onStop={actions.onStopLooking} />}
        <VerdictPanel
          result={result}
          isCompared={hasComparison}
          action={canLookEarly && <EarlyLookButton onLook={actions.onLookEarly} />}
          onConclude={figures === "early" ? undefined : onConclude}
        />
        <ResultsToolbar view={view} actions={actions} />
      </div>
      {hasComparison && analysis !== null ? (
        <>
          <ForestChart result={result} />
          <MetricSections result={result} analysis={analysis} />
          <UnmeasuredMetrics {...{ result, onOpenSetup }} isCompared={hasComparison} />
          <section aria-label={t("results_charts")} className="grid gap-8 *:min-w-0">
            <h2 className="sr-only">{t("results_charts")}</h2>
            <div className="grid gap-8 lg:grid-cols-2">
              <LiftOverTimeChart {...{ result, epochs, marks }} />
              <ExposuresChart {...{ result, epochs, marks }} />
            </div>
            {changeList}
            <NoveltyChart result={result} />
            <SegmentsTable result={result} />
          </section>
        </>
      ) : (
        <>
          <UnmeasuredMetrics {...{ result, onOpenSetup }} isCompared={hasComparison} />
          {counts}
          <section aria-label={t("results_charts")} className="grid gap-8 *:min-w-0">
            <h2 className="sr-only">{t("results_charts")}</h2>
            <ExposuresChart {...{ result, epochs, marks }} />
            {changeList}
          </section>
        </>
      )}
      {range !== undefined && <RangeSection {...range} />}
      <LeftOutList result={result} isCompared={hasComparison} />
      <ReceiptNote view={view} unit={result.unit} />
      {hasComparison && counts}
    </DoubtedSplit>
  );
}

/** A link names the results it was made for. By now there may be newer ones. */
function LinkedNotice({ linkedAsOf, asOf }: { linkedAsOf: string | null; asOf: string }) {
  const { t } = useLocale();
  const { moment } = useFormat();
  const linked = linkedAsOf === null ? Number.NaN : Date.parse(linkedAsOf);
  if (Number.isNaN(linked) || linked >= Date.parse(asOf)) return null;
  return (
    <Alert title={t("results_newer", { linked: moment(new Date(linked)), now: moment(new Date(asOf)) })} />
  );
}
