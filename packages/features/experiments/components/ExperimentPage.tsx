"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert, Skeleton, Tabs, TabsContent, TabsList, TabsTrigger, useShortcut } from "@calcom/ui";
import { lazy, type ReactNode, Suspense } from "react";
import type { ExperimentDetail } from "../types/admin";
import { MetricPathsProvider } from "./analytics/MetricRepair";
import { BeforeStart } from "./detail/BeforeStart";
import { ExperimentCounts } from "./detail/ExperimentCounts";
import { ExperimentHeader } from "./detail/ExperimentHeader";
import { ExperimentSetup } from "./detail/ExperimentSetup";
import { StateNotice } from "./detail/StateNotice";
import type { ExperimentStatsState } from "./detail/stats-state";
import type { ExperimentActivityProps } from "./ExperimentActivity";
import { ExperimentAnalytics, type ExperimentAnalyticsProps } from "./ExperimentAnalytics";
import type { ExperimentFeedProps } from "./ExperimentFeed";
import type { Command } from "./shared/commands";
import type { ExperimentPaths } from "./shared/paths";
import { firstTabKey } from "./shared/words";

export type { ExperimentStatsState } from "./detail/stats-state";

// Loaded with the tab: most people open the results and no other. The setup is not: it has a form to type into.
const ExperimentActivity = lazy(() =>
  import("./ExperimentActivity").then((file) => ({ default: file.ExperimentActivity })),
);
const ExperimentFeed = lazy(() =>
  import("./ExperimentFeed").then((file) => ({ default: file.ExperimentFeed })),
);

export const EXPERIMENT_TABS = ["results", "setup", "activity", "live"] as const;
export type ExperimentTab = (typeof EXPERIMENT_TABS)[number];

export interface ExperimentPageProps {
  experiment: ExperimentDetail;
  stats: ExperimentStatsState;
  results: Pick<ExperimentAnalyticsProps, "state" | "actions" | "changes" | "range">;
  tab: ExperimentTab;
  onTabChange: (tab: ExperimentTab) => void;
  paths: ExperimentPaths;
  onCommand: (command: Command) => void;
  isPending: boolean;
  activity: ExperimentActivityProps;
  feed: ExperimentFeedProps;
  /** Links that show its variants, which the application signs. */
  previewLinks?: ReactNode;
}

export function ExperimentPage(props: ExperimentPageProps) {
  const { experiment, stats, tab, onTabChange } = props;
  const { t } = useLocale();
  const results = t(firstTabKey(experiment));
  useShortcut({ keys: "1", label: results }, () => onTabChange("results"));
  useShortcut({ keys: "2", label: t("experiment_setup") }, () => onTabChange("setup"));
  useShortcut({ keys: "3", label: t("activity") }, () => onTabChange("activity"));
  useShortcut({ keys: "4", label: t("feed") }, () => onTabChange("live"));
  return (
    <div className="flex flex-col gap-5">
      <ExperimentHeader {...props} />
      {experiment.damage !== null ? (
        <Alert tone="warning" title={experiment.damage} description={t("experiment_damage_consequence")} />
      ) : (
        <StateNotice experiment={experiment} reportPath={props.paths.report(experiment.slug)} />
      )}
      <Tabs
        value={tab}
        onValueChange={(next) => {
          const chosen = EXPERIMENT_TABS.find((known) => known === next);
          if (chosen) onTabChange(chosen);
        }}
      >
        <TabsList>
          <TabsTrigger value="results">{results}</TabsTrigger>
          <TabsTrigger value="setup">{t("experiment_setup")}</TabsTrigger>
          <TabsTrigger value="activity">{t("activity")}</TabsTrigger>
          <TabsTrigger value="live">{t("feed")}</TabsTrigger>
        </TabsList>
        <TabsContent value="results">
          <MetricPathsProvider value={props.paths}>
            <ExperimentAnalytics
              experiment={experiment}
              {...props.results}
              onOpenSetup={() => onTabChange("setup")}
              onConclude={() => props.onCommand("conclude")}
              counts={<Counts experiment={experiment} stats={stats} paths={props.paths} />}
            />
          </MetricPathsProvider>
        </TabsContent>
        <TabsContent value="setup">
          <ExperimentSetup experiment={experiment} previewLinks={props.previewLinks} />
        </TabsContent>
        <Suspense fallback={<Skeleton className="mt-4 h-60 w-full" />}>
          <TabsContent value="activity">
            <ExperimentActivity {...props.activity} />
          </TabsContent>
          <TabsContent value="live">
            <ExperimentFeed {...props.feed} />
          </TabsContent>
        </Suspense>
      </Tabs>
    </div>
  );
}

interface CountsProps {
  experiment: ExperimentDetail;
  stats: ExperimentStatsState;
  paths: ExperimentPaths;
}

/** Of a draft there is nothing to count, as a rule: what its start would find instead. */
function Counts({ experiment, stats, paths }: CountsProps) {
  const { status, damage, config, assignments } = experiment;
  const counts = <ExperimentCounts experiment={experiment} state={stats} />;
  if (status !== "draft" || damage !== null || config === null) return counts;
  return (
    <BeforeStart experiment={experiment} config={config} paths={paths}>
      {assignments > 0 && counts}
    </BeforeStart>
  );
}
