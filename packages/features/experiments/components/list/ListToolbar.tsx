"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Input, Kbd, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { SearchIcon } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { statusSchema, unitSchema } from "../../types";
import { statusKeys } from "../ExperimentStatus";
import { useFormat } from "../shared/useFormat";
import { unitKeys } from "../shared/words";
import type { ExperimentListQuery } from "./list-query";

const TYPING_PAUSE_MS = 200;
const ALL = "all";

interface ListToolbarProps {
  query: ExperimentListQuery;
  onQueryChange: (change: Partial<ExperimentListQuery>) => void;
  total: number | null;
}

export function ListToolbar({ query, onQueryChange, total }: ListToolbarProps) {
  const { t } = useLocale();
  const { count } = useFormat();
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField value={query.search} onChange={(search) => onQueryChange({ search, page: 1 })} />
      <Filter
        label={t("experiment_status")}
        value={query.status}
        options={statusSchema.options.map((value) => ({ value, label: t(statusKeys[value]) }))}
        onChange={(status) => onQueryChange({ status, page: 1 })}
      />
      <Filter
        label={t("experiment_unit")}
        value={query.unit}
        options={unitSchema.options.map((value) => ({ value, label: t(unitKeys[value]) }))}
        onChange={(unit) => onQueryChange({ unit, page: 1 })}
      />
      <p aria-live="polite" className="ml-auto text-dense text-muted-foreground tabular-nums">
        {total !== null && t("experiments_found", { count: total, formatted: count(total) })}
      </p>
    </search>
  );
}

/** Says what was typed once the typing pauses. `/` comes here from anywhere on the page. */
function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useLocale();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  // Changed from outside: by the back button, or by "Clear filters".
  if (value !== told) {
    setTold(value);
    setTyped(value);
  }

  useEffect(() => {
    if (typed === told) return;
    const timer = setTimeout(() => {
      setTold(typed);
      onChange(typed);
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, told, onChange]);

  useEffect(() => {
    const focusOnSlash = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", focusOnSlash);
    return () => document.removeEventListener("keydown", focusOnSlash);
  }, []);

  return (
    <div className="relative w-full sm:w-64">
      <SearchIcon className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground" />
      <Input
        ref={input}
        type="search"
        className="peer pl-8 [&::-webkit-search-cancel-button]:hidden"
        placeholder={t("experiments_search")}
        aria-label={t("experiments_search")}
        aria-keyshortcuts="/"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (typed === "") event.currentTarget.blur();
          setTyped("");
        }}
      />
      <Kbd className="pointer-events-none absolute top-1.5 right-2 hidden peer-placeholder-shown:inline-flex peer-focus:hidden pointer-coarse:hidden">
        /
      </Kbd>
    </div>
  );
}

interface FilterProps<Value extends string> {
  label: string;
  value: Value | null;
  options: { value: Value; label: string }[];
  onChange: (value: Value | null) => void;
}

function Filter<Value extends string>({ label, value, options, onChange }: FilterProps<Value>) {
  const { t } = useLocale();
  return (
    <Select
      value={value ?? ALL}
      onValueChange={(chosen) => onChange(options.find((option) => option.value === chosen)?.value ?? null)}
    >
      <SelectTrigger className="w-auto gap-1.5 max-sm:flex-1" aria-label={label}>
        <span className="flex gap-1.5">
          <span className="text-muted-foreground">{label}</span>
          <SelectValue />
        </span>
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={ALL}>{t("all")}</SelectItem>
        {options.map((option) => (
          <SelectItem key={option.value} value={option.value}>
            {option.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null
  );
}
