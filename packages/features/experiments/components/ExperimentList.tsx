"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, EmptyState, ErrorState, PageHeader, useShortcut } from "@calcom/ui";
import { FlaskConicalIcon, PlusIcon } from "lucide-react";
import Link from "next/link";
import { useRef } from "react";
import type { Attention, ExperimentSummary } from "../types/admin";
import type { HostId } from "../types/host-id";
import { type ExperimentListQuery, isFiltered, isFilteredBesideSearch, NO_FILTER } from "../types/list-query";
import { useMay } from "./ExperimentPermissions";
import { ListPages } from "./ListPages";
import { AttentionLine } from "./list/AttentionLine";
import { BulkBar } from "./list/BulkBar";
import type { RunBulk } from "./list/BulkDialog";
import { ExperimentTable } from "./list/ExperimentTable";
import { ListLinks } from "./list/ListLinks";
import { ListSkeleton } from "./list/ListSkeleton";
import { ListToolbar } from "./list/ListToolbar";
import { useSelection } from "./list/useSelection";
import { type ListViews, ViewsBar } from "./list/ViewsBar";
import { ClearFilters } from "./shared/ClearFilters";
import type { Command } from "./shared/commands";
import type { ExperimentPaths } from "./shared/paths";

export type { ExperimentPaths } from "./shared/paths";

export type ExperimentListState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | {
      status: "ready";
      items: ExperimentSummary[];
      total: number;
      /** Whatever was filtered away, too. */
      overall: number;
      owners: { id: HostId; name: string }[];
      tags: string[];
      /** Of all experiments, whatever was filtered away. */
      attention: Attention;
      pageSize: number;
      /** Still the answer to an older query. */
      isOutdated: boolean;
    };

export interface ExperimentListProps {
  query: ExperimentListQuery;
  onQueryChange: (change: Partial<ExperimentListQuery>) => void;
  state: ExperimentListState;
  views: ListViews;
  onBulk: RunBulk;
  paths: ExperimentPaths;
  onCommand: (experiment: ExperimentSummary, command: Command) => void;
  /** The slugs that something is being done to. */
  pending: ReadonlySet<string>;
}

export function ExperimentList(props: ExperimentListProps) {
  const { query, onQueryChange, state, paths } = props;
  const { t } = useLocale();
  const found = state.status === "ready" ? state : null;
  return (
    <div className="flex flex-col gap-4 max-sm:gap-3">
      <PageHeader
        title={t("experiments")}
        // On a phone the list itself is what there is room for.
        description={<span className="max-sm:hidden">{t("experiments_description")}</span>}
        actions={<NewExperimentButton href={paths.create} />}
      />
      <ListLinks paths={paths} />
      {!isUntouched(props) && (
        <>
          {found !== null && (
            <AttentionLine attention={found.attention} query={query} onQueryChange={onQueryChange} />
          )}
          <ViewsBar
            {...props.views}
            query={query}
            onQueryChange={onQueryChange}
            attention={found?.attention.experiments ?? null}
          />
          <ListToolbar
            query={query}
            onQueryChange={onQueryChange}
            found={found}
            owners={found?.owners ?? []}
            tags={found?.tags ?? []}
          />
        </>
      )}
      <ListBody {...props} />
    </div>
  );
}

function ListBody(props: ExperimentListProps) {
  const { state, query, onQueryChange, paths } = props;
  const { t } = useLocale();
  const selection = useSelection(state.status === "ready" ? state.items : []);
  if (state.status === "loading") return <ListSkeleton />;
  if (state.status === "error") {
    return (
      <ErrorState
        title={t("experiments_could_not_be_loaded")}
        description={state.message}
        onRetry={state.onRetry}
        retryLabel={t("try_again")}
      />
    );
  }
  if (state.items.length > 0) {
    return (
      <div
        aria-busy={state.isOutdated}
        className="flex flex-col gap-3 transition-opacity aria-busy:opacity-60"
      >
        <ExperimentTable {...props} items={state.items} selection={selection} />
        <ListPages
          page={query.page}
          pageSize={state.pageSize}
          total={state.total}
          onPageChange={(page) => onQueryChange({ page })}
        />
        {selection && <BulkBar selection={selection} onRun={props.onBulk} tags={state.tags} />}
      </div>
    );
  }
  if (isUntouched(props)) {
    return (
      <EmptyState
        icon={<FlaskConicalIcon />}
        title={t("experiments_empty")}
        description={t("experiments_empty_description")}
        action={<NewExperimentButton href={paths.create} />}
      />
    );
  }
  const hasFilter = isFilteredBesideSearch(query);
  return (
    <EmptyState
      title={t("experiments_none_match")}
      description={t(
        hasFilter ? "experiments_none_match_description" : "experiments_none_match_search_description",
      )}
      action={
        <ClearFilters
          hasSearch={query.search !== ""}
          hasFilter={hasFilter}
          onClear={() => onQueryChange(NO_FILTER)}
        />
      }
    />
  );
}

/** Nothing there, and nothing filtered away: there is nothing to search in. */
function isUntouched({ query, state }: ExperimentListProps): boolean {
  return state.status === "ready" && state.total === 0 && !isFiltered(query) && query.page === 1;
}

function NewExperimentButton({ href }: { href: string }) {
  const { t } = useLocale();
  const mayEdit = useMay("edit");
  const link = useRef<HTMLAnchorElement>(null);
  useShortcut({ keys: "n", label: t("experiment_new"), isEnabled: mayEdit }, () => link.current?.click());
  if (!mayEdit) return null;
  return (
    <Button asChild>
      <Link ref={link} href={href}>
        <PlusIcon />
        {t("experiment_new")}
      </Link>
    </Button>
  );
}
