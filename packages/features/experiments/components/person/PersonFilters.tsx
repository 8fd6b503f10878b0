"use client";

import { useLocale } from "@calcom/lib/i18n";
import { SearchInput, SegmentedControl } from "@calcom/ui";
import type { PersonShow } from "../../types/people";
import { FilterFold } from "../FilterFold";
import { useFormat } from "../shared/useFormat";

export interface PersonFilter {
  search: string;
  show: PersonShow;
}

interface PersonFiltersProps {
  filter: PersonFilter;
  onFilterChange: (change: Partial<PersonFilter>) => void;
  /** Null while nobody knows. */
  total: number | null;
}

const shows: [PersonShow, string][] = [
  ["all", "person_show_all"],
  ["assigned", "person_show_assigned"],
  ["unassigned", "person_show_unassigned"],
  ["flags", "person_show_flags"],
];

export function PersonFilters({ filter, onFilterChange, total }: PersonFiltersProps) {
  const { t } = useLocale();
  const { count } = useFormat();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput
        label={t("person_search")}
        value={filter.search}
        onValueChange={(search) => onFilterChange({ search })}
        hasShortcut
        className="w-72 max-sm:w-full"
      />
      <FilterFold set={filter.show === "all" ? 0 : 1}>
        <SegmentedControl
          aria-label={t("person_show")}
          // As wide as its words: shares of one width would run them into each other.
          className="[&>button]:flex-auto"
          value={filter.show}
          onValueChange={(show) => onFilterChange({ show })}
          options={shows.map(([value, label]) => ({ value, label: t(label) }))}
        />
      </FilterFold>
      <p role="status" className="ms-auto text-dense text-muted-foreground tabular-nums">
        {total !== null && t("person_found", { count: total, formatted: count(total) })}
      </p>
    </div>
  );
}
