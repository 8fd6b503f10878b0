import { screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { vi } from "vitest";
import type { ResultsView, StoredResult } from "../../../results/types";
import { withholdResult } from "../../../results/withhold";
import { findWithholding } from "../../../results/withholding";
import {
  type ChangesOfRun,
  ExperimentAnalytics,
  type ExperimentAnalyticsProps,
  type ExperimentResultsState,
  type ResultsActions,
} from "../../ExperimentAnalytics";
import { ExperimentPermissions } from "../../ExperimentPermissions";
import type { ExperimentPaths } from "../../shared/paths";
import { anExperiment, paths } from "../../testing/experiments";
import { renderInEnglish } from "../../testing/in-english";
import { MetricPathsProvider } from "../MetricRepair";

function actionsWith(changes: Partial<ResultsActions> = {}): ResultsActions {
  return {
    onRefresh: vi.fn(),
    isRefreshing: false,
    onLookEarly: vi.fn(async () => undefined),
    onStopLooking: vi.fn(),
    onExport: vi.fn(),
    isExporting: false,
    posthog: null,
    seenEnd: null,
    linkedAsOf: null,
    ...changes,
  };
}
export const ready = (
  result: StoredResult | null,
  changes: Partial<ResultsView> = {},
): ExperimentResultsState => ({
  status: "ready",
  view: {
    slug: "upgrade-button-test",
    figures: "all",
    isAllWithheld: changes.figures === "withheld",
    counts: null,
    result,
    receipt: null,
    ...changes,
  },
});

/** As the service gives it while it is withheld. */
export function asWithheld(result: StoredResult): StoredResult {
  const withholding = findWithholding({ status: "running", endedAt: null, result });
  if (withholding === null) throw new Error("Nothing of this result is withheld.");
  return withholdResult(result, withholding);
}

/** The page of results, as somebody sees it. */
export function show(
  state: ExperimentResultsState,
  changes: Partial<ResultsActions> = {},
  mayDecide = true,
  changesOfRun?: ChangesOfRun,
  further: Pick<ExperimentAnalyticsProps, "onConclude" | "onOpenSetup" | "range"> & {
    counts?: ReactNode;
    paths?: ExperimentPaths;
  } = {},
) {
  const actions = actionsWith(changes);
  const { container } = renderInEnglish(
    <ExperimentPermissions permissions={mayDecide ? ["view", "edit", "decide"] : ["view"]}>
      <MetricPathsProvider value={further.paths ?? null}>
        <ExperimentAnalytics
          experiment={anExperiment()}
          state={state}
          actions={actions}
          counts={<p>the counts of now</p>}
          {...(changesOfRun && { changes: changesOfRun })}
          {...further}
        />
      </MetricPathsProvider>
    </ExperimentPermissions>,
  );
  return { actions, container };
}

/** With the way to the pages of metrics. */
export function showWithPaths(result: StoredResult) {
  return show(ready(result), {}, true, undefined, { paths });
}

export const verdictText = () => screen.getByRole("region", { name: "Verdict" }).textContent ?? "";
