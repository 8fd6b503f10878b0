"use client";

import { useLocale } from "@calcom/lib/i18n";
import { SearchInput } from "@calcom/ui";

interface FlagSearchProps {
  value: string;
  onChange: (value: string) => void;
  found: number;
  total: number;
}

/** `/` comes here from anywhere on the page. */
export function FlagSearch({ value, onChange, found, total }: FlagSearchProps) {
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
      <p aria-live="polite" className="ml-auto text-dense text-muted-foreground tabular-nums">
        {found === total
          ? t("flags_count", { count: total })
          : t("flags_found", { found: formatted(found), count: formatted(total) })}
      </p>
    </search>
  );
}
