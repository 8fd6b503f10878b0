"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Checkbox, Input, Label } from "@calcom/ui";
import { SearchIcon } from "lucide-react";
import { useEffect, useId, useState } from "react";
import type { SubjectListQuery } from "./subject-list";

const TYPING_PAUSE_MS = 200;

interface SubjectFiltersProps {
  query: SubjectListQuery;
  onQueryChange: (change: Partial<SubjectListQuery>) => void;
}

export function SubjectFilters({ query, onQueryChange }: SubjectFiltersProps) {
  const { t } = useLocale();
  const id = useId();
  const placeholder = t(query.kind === "user" ? "flag_search_users" : "flag_search_teams");
  const [typed, setTyped] = useDelayed(query.search, (search) => onQueryChange({ search }));
  return (
    <search className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="relative min-w-0 flex-1 basis-56">
        <SearchIcon className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground" />
        <Input
          type="search"
          className="pl-8"
          placeholder={placeholder}
          aria-label={placeholder}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
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

/** What is typed, told once the typing pauses; a change from outside replaces it. */
function useDelayed(value: string, tell: (value: string) => void): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  if (value !== told) {
    setTold(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === told) return;
    const timer = setTimeout(() => {
      setTold(typed);
      tell(typed);
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, told, tell]);
  return [typed, setTyped];
}
