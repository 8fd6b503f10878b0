"use client";

import { useLocale } from "@calcom/lib/i18n";
import { SearchInput, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { statusSchema, unitSchema } from "../../types";
import { statusKeys } from "../ExperimentStatus";
import { useFormat } from "../shared/useFormat";
import { unitKeys } from "../shared/words";
import type { ExperimentListQuery } from "./list-query";

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
      <SearchInput
        className="w-full sm:w-64"
        label={t("experiments_search")}
        value={query.search}
        onValueChange={(search) => onQueryChange({ search, page: 1 })}
        hasShortcut
      />
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
