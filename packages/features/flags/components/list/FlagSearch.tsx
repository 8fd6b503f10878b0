"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, SearchInput } from "@calcom/ui";
import { FilterFold } from "../../../experiments/components/FilterFold";
import { type FlagListQuery, STALE_AFTER_DAYS } from "../../types";

interface FlagSearchProps {
  value: string;
  onChange: (value: string) => void;
  query: Pick<FlagListQuery, "onlyStale" | "onlyScheduled">;
  onFilter: (change: Partial<Pick<FlagListQuery, "onlyStale" | "onlyScheduled">>) => void;
  found: number;
  total: number;
}

/** `/` comes here from anywhere on the page. */
export function FlagSearch(props: FlagSearchProps) {
  const { value, onChange, query, onFilter, found, total } = props;
  const { onlyStale, onlyScheduled } = query;
  const { t, locale } = useLocale();
  const formatted = (count: number) => new Intl.NumberFormat(locale).format(count);
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchInput
        className="w-full sm:w-64"
        label={t("flags_search")}
        value={value}
        onValueChange={onChange}
        hasShortcut
      />
      <FilterFold set={[onlyStale, onlyScheduled].filter(Boolean).length}>
        <Button
          variant={onlyStale ? "secondary" : "outline"}
          aria-pressed={onlyStale}
          title={t("flags_only_stale_hint", { count: STALE_AFTER_DAYS })}
          onClick={() => onFilter({ onlyStale: !onlyStale })}
        >
          {t("flags_only_stale")}
        </Button>
        <Button
          variant={onlyScheduled ? "secondary" : "outline"}
          aria-pressed={onlyScheduled}
          title={t("flags_only_scheduled_hint")}
          onClick={() => onFilter({ onlyScheduled: !onlyScheduled })}
        >
          {t("flags_only_scheduled")}
        </Button>
      </FilterFold>
      <p aria-live="polite" className="ms-auto text-dense text-muted-foreground tabular-nums">
        {found === total
          ? t("flags_count", { count: total })
          : t("flags_found", { found: formatted(found), count: formatted(total) })}
      </p>
    </search>
  );
}
