"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, EmptyState, ErrorState, PageHeader, Section } from "@calcom/ui";
import { FlagIcon, PlusIcon } from "lucide-react";
import type { ReactNode } from "react";
import { ListPages } from "../../experiments/components/ListPages";
import {
  FLAGS_PER_PAGE,
  type FlagAbilities,
  type FlagListQuery,
  type FlagPage,
  type FlagSummary,
  flagTypes,
} from "../types";
import { typeSentenceKeys, typeTitleKeys } from "./flag-words";
import { ExperimentItem } from "./list/ExperimentItem";
import { FlagItem } from "./list/FlagItem";
import { FlagListSkeleton } from "./list/FlagListSkeleton";
import { FlagSearch } from "./list/FlagSearch";

export type FlagListState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | ({ status: "ready" /** A newer page is on its way. */; isOutdated: boolean } & FlagPage);

export interface FlagAdminListProps {
  state: FlagListState;
  query: FlagListQuery;
  /** Another application has mounted the page: it says whose flags these are. */
  isMounted?: boolean;
  /** The way back, where nothing around the page leads there. */
  trail?: ReactNode;
  onQueryChange: (change: Partial<FlagListQuery>) => void;
  /** Where the page of an experiment is. */
  experimentHref: (slug: string) => string;
  onEnabledChange: (flag: FlagSummary, enabled: boolean) => void;
  onStaleChange: (flag: FlagSummary, stale: boolean) => void;
  onAssign: (flag: FlagSummary) => void;
  onRollout: (flag: FlagSummary) => void;
  onSchedule: (flag: FlagSummary) => void;
  onConfigure: (flag: FlagSummary) => void;
  /** Makes an experiment of it. */
  onConvert: (flag: FlagSummary) => void;
  onDelete: (flag: FlagSummary) => void;
  onCreate: () => void;
}

/** Every feature flag, grouped by type. Experiments stand among them, but their lifecycle is their own. */
export function FlagAdminList(props: FlagAdminListProps) {
  const { state, onCreate, isMounted = false, trail } = props;
  const { t } = useLocale();
  const abilities = state.status === "ready" ? state.abilities : null;
  const create = abilities?.areManaged === false ? null : <CreateButton onClick={onCreate} />;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title={t("flags")}
        description={t(descriptionOf(abilities, isMounted))}
        actions={create}
        breadcrumbs={trail}
      />
      {state.status === "loading" && <FlagListSkeleton />}
      {state.status === "error" && (
        <ErrorState
          title={t("flags_could_not_be_loaded")}
          description={state.message}
          onRetry={state.onRetry}
          retryLabel={t("try_again")}
        />
      )}
      {state.status === "ready" && state.overall === 0 && (
        <EmptyState
          icon={<FlagIcon />}
          title={t("flags_empty")}
          description={t(create === null ? "flags_empty_of_host" : "flags_empty_description")}
          action={create}
        />
      )}
      {state.status === "ready" && state.overall > 0 && <Groups {...props} state={state} />}
    </div>
  );
}

/** Says whose the flags are, where that is not plain. */
function descriptionOf(abilities: FlagAbilities | null, isMounted: boolean): string {
  if (abilities?.areManaged === false) return "flags_of_host";
  return isMounted && abilities?.areOwn === true ? "flags_of_module" : "flags_description";
}

function Groups(props: FlagAdminListProps & { state: Extract<FlagListState, { status: "ready" }> }) {
  const { state, query, onQueryChange } = props;
  const { t } = useLocale();
  const search = (text: string) => onQueryChange({ search: text, page: 1 });
  return (
    <>
      <FlagSearch
        value={query.search}
        onChange={search}
        query={query}
        onFilter={(change) => onQueryChange({ ...change, page: 1 })}
        found={state.total}
        total={state.overall}
      />
      {state.items.length === 0 && (
        <NoneMatch
          query={query}
          onClear={() => onQueryChange({ search: "", onlyStale: false, onlyScheduled: false, page: 1 })}
        />
      )}
      <div className="mt-2 flex flex-col gap-8" aria-busy={state.isOutdated}>
        {flagTypes.map((type) => {
          const group = state.items.filter((flag) => flag.type === type);
          if (group.length === 0) return null;
          return (
            <Section
              key={type}
              title={t(typeTitleKeys[type])}
              description={t(typeSentenceKeys[type])}
              className="gap-3"
            >
              <ul className="divide-y border-y">
                {group.map((flag) =>
                  flag.experiment === null ? (
                    <FlagItem key={flag.slug} flag={flag} abilities={state.abilities} {...props} />
                  ) : (
                    <ExperimentItem
                      key={flag.slug}
                      flag={flag}
                      experiment={flag.experiment}
                      abilities={state.abilities}
                      {...props}
                    />
                  ),
                )}
              </ul>
            </Section>
          );
        })}
      </div>
      <ListPages
        page={state.page}
        pageSize={FLAGS_PER_PAGE}
        total={state.total}
        onPageChange={(page) => onQueryChange({ page })}
      />
    </>
  );
}

function NoneMatch({ query, onClear }: { query: FlagListQuery; onClear: () => void }) {
  const { t } = useLocale();
  const isFiltered = query.onlyStale || query.onlyScheduled;
  const none = noneOf(query);
  return (
    <EmptyState
      title={t(noneKeys[none].title)}
      description={t(noneKeys[none].text)}
      action={
        <Button variant="outline" onClick={onClear}>
          {t(isFiltered ? "flags_show_all" : "clear_search")}
        </Button>
      }
    />
  );
}

const noneKeys = {
  stale: { title: "flags_none_stale", text: "flags_none_stale_description" },
  scheduled: { title: "flags_none_scheduled", text: "flags_none_scheduled_description" },
  match: { title: "flags_none_match", text: "flags_none_match_description" },
};

/** Says what is missing, if the list shows one kind of flag only. */
function noneOf({ search, onlyStale, onlyScheduled }: FlagListQuery): keyof typeof noneKeys {
  if (search !== "" || onlyStale === onlyScheduled) return "match";
  return onlyStale ? "stale" : "scheduled";
}

function CreateButton({ onClick }: { onClick: () => void }) {
  const { t } = useLocale();
  return (
    <Button onClick={onClick}>
      <PlusIcon />
      {t("flag_new")}
    </Button>
  );
}
