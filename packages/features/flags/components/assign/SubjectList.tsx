"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, EmptyState, ErrorState, Skeleton } from "@calcom/ui";
import type { FlagType } from "../../types";
import { LoadMore } from "./LoadMore";
import { SubjectItem } from "./SubjectItem";
import type { SubjectListProps } from "./subject-list";

export function SubjectList(props: SubjectListProps & { type: FlagType }) {
  const { type, query, onQueryChange, state, onOverrideChange, hrefOf } = props;
  const { t } = useLocale();
  if (state.status === "loading") return <SubjectListSkeleton />;
  if (state.status === "error") {
    return (
      <ErrorState
        className="my-4"
        title={t(query.kind === "user" ? "flag_users_could_not_be_loaded" : "flag_teams_could_not_be_loaded")}
        description={state.message}
        onRetry={state.onRetry}
        retryLabel={t("try_again")}
      />
    );
  }
  if (state.items.length === 0) return <NobodyFound query={query} onQueryChange={onQueryChange} />;
  return (
    <>
      <ul aria-busy={state.isOutdated} className="divide-y transition-opacity aria-busy:opacity-60">
        {state.items.map((subject) => (
          <SubjectItem
            key={`${subject.kind}-${subject.id}`}
            subject={subject}
            type={type}
            href={hrefOf?.(subject)}
            onOverrideChange={onOverrideChange && ((override) => onOverrideChange(subject, override))}
          />
        ))}
      </ul>
      {state.more !== null && <LoadMore {...state.more} />}
    </>
  );
}

function NobodyFound({ query, onQueryChange }: Pick<SubjectListProps, "query" | "onQueryChange">) {
  const { t } = useLocale();
  const isFiltered = query.search !== "" || query.onlyOverridden;
  if (!isFiltered) {
    return (
      <EmptyState className="my-4" title={t("flag_no_teams")} description={t("flag_no_teams_description")} />
    );
  }
  const isSearched = query.search !== "";
  return (
    <EmptyState
      className="my-4"
      title={t(isSearched ? "flag_nobody_matches" : "flag_nobody_overridden")}
      description={t(isSearched ? "flag_nobody_matches_description" : "flag_nobody_overridden_description")}
      action={
        <Button variant="outline" onClick={() => onQueryChange({ search: "", onlyOverridden: false })}>
          {t("flag_show_all")}
        </Button>
      }
    />
  );
}

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

function SubjectListSkeleton() {
  const { t } = useLocale();
  return (
    <div role="status" aria-label={t("flag_subjects_loading")} className="divide-y">
      {ROWS.map((row) => (
        <div key={row} className="flex h-[57px] items-center justify-between gap-4">
          <div className="grid gap-1.5">
            <Skeleton className="h-3.5 w-32" />
            <Skeleton className="h-3 w-44" />
          </div>
          <Skeleton className="h-7 w-36" />
        </div>
      ))}
    </div>
  );
}
