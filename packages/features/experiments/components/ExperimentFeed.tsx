"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, EmptyState, ErrorState, Skeleton } from "@calcom/ui";
import { PauseIcon, PlayIcon } from "lucide-react";
import type { ExperimentFeed as Feed } from "../types/feed";
import { FeedEvents } from "./feed/FeedEvents";
import { RefusedReportsTable } from "./feed/RefusedReportsTable";
import { useArrivals } from "./feed/useArrivals";
import type { ExperimentPaths } from "./shared/paths";
import { useFormat } from "./shared/useFormat";

export type FeedState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | { status: "ready"; feed: Feed };

export interface ExperimentFeedProps {
  state: FeedState;
  isPaused: boolean;
  onPause: (isPaused: boolean) => void;
  /** How often it is read, in seconds. */
  everySeconds: number;
  personPath: ExperimentPaths["person"];
}

const ROWS = ["a", "b", "c", "d"];

/** What was recorded last, whether it counts, and what was not recorded. */
export function ExperimentFeed(props: ExperimentFeedProps) {
  const { state, isPaused, onPause, everySeconds } = props;
  const { t } = useLocale();
  const { momentToSecond } = useFormat();
  const feed = state.status === "ready" ? state.feed : null;
  const arrived = useArrivals(feed?.events ?? null);
  return (
    <div className="grid gap-6 *:min-w-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-dense text-muted-foreground tabular-nums">
          {feed !== null &&
            (isPaused
              ? t("feed_paused", { moment: momentToSecond(feed.asOf) })
              : t("feed_as_of", { moment: momentToSecond(feed.asOf), seconds: everySeconds }))}
        </p>
        <Button variant="outline" onClick={() => onPause(!isPaused)}>
          {isPaused ? <PlayIcon /> : <PauseIcon />}
          {t(isPaused ? "feed_resume" : "feed_pause")}
        </Button>
      </div>
      <p role="status" aria-live="polite" className="sr-only">
        {arrived > 0 && t("feed_new", { count: arrived })}
      </p>
      <Content {...props} />
    </div>
  );
}

function Content({ state, personPath }: ExperimentFeedProps) {
  const { t } = useLocale();
  if (state.status === "loading")
    return (
      <div role="status" aria-label={t("feed_loading")} className="grid border-t">
        {ROWS.map((row) => (
          <div key={row} className="border-b py-3">
            <Skeleton className="h-3.5 w-80 max-w-full" />
          </div>
        ))}
      </div>
    );
  if (state.status === "error")
    return (
      <ErrorState
        title={t("feed_could_not_be_loaded")}
        description={state.message}
        onRetry={state.onRetry}
        retryLabel={t("try_again")}
      />
    );
  const { feed } = state;
  return (
    <>
      {feed.events.length === 0 ? (
        <EmptyState title={t("feed_none")} description={t("feed_none_description")} />
      ) : (
        <FeedEvents feed={feed} personPath={personPath} />
      )}
      <RefusedReportsTable refused={feed.refused} since={feed.refusedSince} />
    </>
  );
}
