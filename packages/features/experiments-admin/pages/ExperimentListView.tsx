"use client";

import type { HostId } from "@calcom/features/experiments";
import { ExperimentCommandDialog } from "@calcom/features/experiments/components/ExperimentCommandDialog";
import {
  ExperimentList,
  type ExperimentListState,
} from "@calcom/features/experiments/components/ExperimentList";
import type { ExperimentListQuery, SavedView } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { keepPreviousData } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useCallback, useState } from "react";
import type { AdminOutputs } from "../api/client";
import { adminApi } from "../api/hooks";
import { usePaths } from "../api/host";
import { commandRefusal } from "./api-refusal";
import { PAGE_SIZE, readListQuery, toListInput, writeListQuery } from "./list-query";
import { useBulk } from "./useBulk";
import { useExperimentCommands } from "./useExperimentCommands";
import { useListViews } from "./useListViews";

interface ExperimentListViewProps {
  /** What the server has read for the address of this request. */
  first: AdminOutputs["list"];
  firstQuery: ExperimentListQuery;
  firstViews: SavedView[];
  userId: HostId;
}

export function ExperimentListView({ first, firstQuery, firstViews, userId }: ExperimentListViewProps) {
  const { t } = useLocale();
  const paths = usePaths();
  const query = readListQuery(useSearchParams());
  const [readAt] = useState(() => Date.now());
  const isFirst = writeListQuery(query) === writeListQuery(firstQuery);
  const list = adminApi.list.useQuery(toListInput(query), {
    placeholderData: keepPreviousData,
    ...(isFirst && { initialData: first, initialDataUpdatedAt: readAt }),
  });
  const commands = useExperimentCommands();
  const changeMany = useBulk();
  const views = useListViews(firstViews, query);

  const changeQuery = useCallback((change: Partial<ExperimentListQuery>) => {
    // Not by the router: the page needs no new rendering by the server, only another answer of the API.
    const now = readListQuery(new URLSearchParams(window.location.search));
    const next = writeListQuery({ ...now, ...change });
    window.history.replaceState(null, "", `${window.location.pathname}${next}`);
  }, []);

  const state: ExperimentListState = list.data
    ? {
        status: "ready",
        items: list.data.items.map(commands.asStored),
        total: list.data.total,
        overall: list.data.overall,
        owners: list.data.owners,
        tags: list.data.tags,
        attention: list.data.attention,
        pageSize: PAGE_SIZE,
        isOutdated: list.isPlaceholderData,
      }
    : list.error
      ? {
          status: "error",
          message: commandRefusal(list.error, t).message,
          onRetry: () => void list.refetch(),
        }
      : { status: "loading" };

  return (
    <>
      <ExperimentList
        query={query}
        onQueryChange={changeQuery}
        state={state}
        onBulk={changeMany}
        views={{ ...views, userId }}
        paths={paths}
        onCommand={commands.order}
        pending={commands.pending}
      />
      <ExperimentCommandDialog
        request={commands.request}
        onClose={commands.closeDialog}
        onRun={commands.run}
        paths={paths}
      />
    </>
  );
}
