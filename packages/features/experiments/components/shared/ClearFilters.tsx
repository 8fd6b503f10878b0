"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";

interface ClearFiltersProps {
  hasSearch: boolean;
  hasFilter: boolean;
  onClear: () => void;
}

/** Shows the whole list again. Its label names what is cleared: the search, the filters or both. */
export function ClearFilters({ hasSearch, hasFilter, onClear }: ClearFiltersProps) {
  const { t } = useLocale();
  const cleared = hasFilter ? "clear_filters" : "clear_search";
  return (
    <Button variant="outline" onClick={onClear}>
      {t(hasSearch && hasFilter ? "clear_search_and_filters" : cleared)}
    </Button>
  );
}
