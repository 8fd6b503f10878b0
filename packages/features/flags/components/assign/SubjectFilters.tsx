"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Checkbox, Label, SearchInput } from "@calcom/ui";
import { useId } from "react";
import type { SubjectListQuery } from "./subject-list";

interface SubjectFiltersProps {
  query: SubjectListQuery;
  onQueryChange: (change: Partial<SubjectListQuery>) => void;
}

export function SubjectFilters({ query, onQueryChange }: SubjectFiltersProps) {
  const { t } = useLocale();
  const id = useId();
  return (
    <search className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <SearchInput
        className="min-w-0 flex-1 basis-56"
        label={t(query.kind === "user" ? "flag_search_users" : "flag_search_teams")}
        value={query.search}
        onValueChange={(search) => onQueryChange({ search })}
      />
      <div className="flex items-center gap-2">
        <Checkbox
          id={`${id}-overridden`}
          checked={query.onlyOverridden}
          onCheckedChange={(checked) => onQueryChange({ onlyOverridden: checked === true })}
        />
        <Label htmlFor={`${id}-overridden`} className="font-normal text-dense">
          {t("flag_only_overridden")}
        </Label>
      </div>
    </search>
  );
}
