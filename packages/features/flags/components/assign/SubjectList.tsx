"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, EmptyState, ErrorState, Skeleton } from "@calcom/ui";
import { useEffect, useRef } from "react";
import { SubjectItem } from "./SubjectItem";
import type { SubjectListProps } from "./subject-list";

export function SubjectList(props: SubjectListProps) {
  const { query, onQueryChange, state, onOverrideChange, hrefOf } = props;
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
            href={hrefOf?.(subject)}
            onOverrideChange={(override) => onOverrideChange(subject, override)}
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

/** Loads the next page when it comes into view; the button is for the keyboard, and for a page that failed. */
function LoadMore({
  isLoading,
  hasFailed,
  load,
}: {
  isLoading: boolean;
  hasFailed: boolean;
  load: () => void;
}) {
  const { t } = useLocale();
  const element = useRef<HTMLDivElement>(null);
  const mayLoad = !isLoading && !hasFailed;
  const latestLoad = useRef(load);
  useEffect(() => {
    latestLoad.current = load;
  }, [load]);

  useEffect(() => {
    // Where nothing can be watched, the button is there.
    if (!mayLoad || element.current === null || typeof IntersectionObserver !== "function") return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) latestLoad.current();
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [mayLoad]);

  return (
    <div ref={element} className="flex items-center gap-3 border-t py-3">
      <Button variant="outline" size="sm" loading={isLoading} onClick={load}>
        {t(hasFailed ? "try_again" : "flag_load_more")}
      </Button>
      {hasFailed && (
        <p role="alert" className="text-dense text-destructive">
          {t("flag_more_could_not_be_loaded")}
        </p>
      )}
    </div>
  );
}

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

function SubjectListSkeleton() {
  const { t } = useLocale();
  return (
    <div role="status" aria-label={t("flag_subjects_loading")} className="divide-y">
      {ROWS.map((row) => (
        <div key={row} className="flex h-[73px] items-center justify-between gap-4">
          <div className="grid gap-1.5">
            <Skeleton className="h-3.5 w-32" />
            <Skeleton className="h-3 w-44" />
            <Skeleton className="h-3 w-28" />
          </div>
          <Skeleton className="h-7 w-36" />
        </div>
      ))}
    </div>
  );
}
