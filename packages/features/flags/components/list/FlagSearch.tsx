"use client";

import { useLocale } from "@calcom/lib/i18n";
import { SearchInput } from "@calcom/ui";
import type { FlagSummary } from "../../types";

interface FlagSearchProps {
  value: string;
  onChange: (value: string) => void;
  found: number;
  total: number;
}

/** `/` comes here from anywhere on the page. */
export function FlagSearch({ value, onChange, found, total }: FlagSearchProps) {
  const { t } = useLocale();
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchInput
        className="w-full sm:w-64"
        label={t("flags_search")}
        value={value}
        onValueChange={onChange}
        hasShortcut
      />
      <p aria-live="polite" className="ml-auto text-dense text-muted-foreground tabular-nums">
        {found === total ? t("flags_count", { count: total }) : t("flags_found", { found, count: total })}
      </p>
    </search>
  );
}

/** By slug, name or description; each word must occur somewhere. */
export function matches({ slug, description, experiment }: FlagSummary, search: string): boolean {
  const text = `${slug} ${experiment?.name ?? ""} ${description}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
