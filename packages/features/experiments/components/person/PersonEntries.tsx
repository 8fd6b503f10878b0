"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Disclosure, EmptyState, ErrorState, Skeleton } from "@calcom/ui";
import type { PersonEntry, PersonLook } from "../../types/people";
import { useMay } from "../ExperimentPermissions";
import { ClearFilters } from "../shared/ClearFilters";
import { splitDefaults } from "./default-flags";
import { PersonEntryItem } from "./PersonEntryItem";
import type { PersonFilter } from "./PersonFilters";

export type PersonState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | {
      status: "ready";
      look: PersonLook;
      hasMore: boolean;
      isLoadingMore: boolean;
      /** Why the next page did not come, or null. */
      moreRefusal: string | null;
      isOutdated: boolean;
    };

export interface ExperimentPersonProps {
  filter: PersonFilter;
  onFilterChange: (change: Partial<PersonFilter>) => void;
  state: PersonState;
  onLoadMore: () => void;
  hrefOf: (slug: string) => string;
  /** Null where the application shows no flags. */
  hrefOfFlag: ((slug: string) => string) | null;
}

const ROWS = ["a", "b", "c", "d", "e"];

export function PersonEntries(props: ExperimentPersonProps) {
  const { state, onLoadMore, filter, onFilterChange } = props;
  const { t } = useLocale();
  if (state.status === "loading") return <EntriesSkeleton />;
  if (state.status === "error")
    return (
      <ErrorState
        title={t("person_could_not_be_loaded")}
        description={state.message}
        onRetry={state.onRetry}
        retryLabel={t("try_again")}
      />
    );
  const { look, hasMore, isLoadingMore, isOutdated, moreRefusal } = state;
  if (look.entries.length === 0)
    return filter.search === "" && filter.show === "all" ? (
      <EmptyState title={t("person_nothing")} description={t("person_nothing_description")} />
    ) : (
      <EmptyState
        title={t("person_none_match")}
        description={t("person_none_match_description")}
        action={
          <ClearFilters
            hasSearch={filter.search !== ""}
            hasFilter={filter.show !== "all"}
            onClear={() => onFilterChange({ search: "", show: "all" })}
          />
        }
      />
    );
  const { first, defaults } = splitDefaults(look.entries, filter);
  return (
    <>
      <div aria-busy={isOutdated} className="grid gap-3 transition-opacity *:min-w-0 aria-busy:opacity-60">
        <EntryList {...props} entries={first} look={look} />
        {defaults.length > 0 && (
          <Disclosure className="text-dense" summary={t("person_flags_default", { count: defaults.length })}>
            <p className="pt-1 pb-3 text-muted-foreground">{t("person_rule_flag_default")}</p>
            <EntryList {...props} entries={defaults} look={look} isRuleSaid />
          </Disclosure>
        )}
      </div>
      {moreRefusal !== null && (
        <p role="alert" className="text-dense text-destructive">
          {moreRefusal}
        </p>
      )}
      {hasMore && (
        <Button variant="outline" className="w-fit" loading={isLoadingMore} onClick={onLoadMore}>
          {t("show_more")}
        </Button>
      )}
    </>
  );
}

interface EntryListProps extends Pick<ExperimentPersonProps, "hrefOf" | "hrefOfFlag"> {
  entries: PersonEntry[];
  look: PersonLook;
  isRuleSaid?: boolean;
}

function EntryList({ entries, ...rest }: EntryListProps) {
  return (
    <ul className="grid border-t">
      {entries.map((entry) => (
        <Entry key={`${entry.slug} ${entry.subject.unit} ${entry.subject.id}`} entry={entry} {...rest} />
      ))}
    </ul>
  );
}

function Entry({
  entry,
  look,
  hrefOf,
  hrefOfFlag,
  isRuleSaid = false,
}: { entry: PersonEntry } & Omit<EntryListProps, "entries">) {
  // The page of the flags is for administrators of the application, as converting is.
  const mayOpenFlags = useMay("convert");
  const flagHref = mayOpenFlags ? (hrefOfFlag?.(entry.slug) ?? null) : null;
  const href = entry.kind === "experiment" ? hrefOf(entry.slug) : flagHref;
  const isOwnPage = look.person.unit === "visitor";
  return <PersonEntryItem {...{ entry, href, isOwnPage, isRuleSaid }} />;
}

function EntriesSkeleton() {
  const { t } = useLocale();
  return (
    <div role="status" aria-label={t("person_loading")} className="grid border-t">
      {ROWS.map((row) => (
        <div key={row} className="grid h-24 gap-x-6 border-b py-3 md:grid-cols-[2fr_3fr]">
          <Skeleton className="h-3.5 w-40" />
          <div className="grid content-start gap-2">
            <Skeleton className="h-3.5 w-32" />
            <Skeleton className="h-3 w-64 max-w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}
