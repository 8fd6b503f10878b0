"use client";

import { useLocale } from "@calcom/lib/i18n";
import { SearchInput, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { LIST_SORTS, type ListSort } from "../../types/admin";
import type { HostId } from "../../types/host-id";
import type { ExperimentListQuery } from "../../types/list-query";
import { statusSchema, unitSchema } from "../../types/settings";
import { statusKeys } from "../ExperimentStatus";
import { FilterFold } from "../FilterFold";
import { Filter } from "../shared/Filter";
import { useFormat } from "../shared/useFormat";
import { unitKeys } from "../shared/words";

interface ListToolbarProps {
  query: ExperimentListQuery;
  onQueryChange: (change: Partial<ExperimentListQuery>) => void;
  found: { total: number; overall: number } | null;
  owners: { id: HostId; name: string }[];
  tags: string[];
  /** False where one order is the only one. */
  hasOrder?: boolean;
}

export function ListToolbar(props: ListToolbarProps) {
  const { query, onQueryChange, found, owners, tags, hasOrder = true } = props;
  const { t } = useLocale();
  const { count } = useFormat();
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchInput
        className="w-full sm:w-80"
        label={t("experiments_search")}
        value={query.search}
        onValueChange={(search) => onQueryChange({ search, page: 1 })}
        hasShortcut
      />
      <FilterFold
        set={[query.status, query.unit, query.ownerId, query.tag].filter((value) => value !== null).length}
      >
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
        {(owners.length > 1 || query.ownerId !== null) && (
          <Filter
            label={t("experiment_owner")}
            value={query.ownerId === null ? null : String(query.ownerId)}
            options={owners.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={(id) =>
              onQueryChange({ ownerId: owners.find((owner) => String(owner.id) === id)?.id ?? null, page: 1 })
            }
          />
        )}
        {(tags.length > 0 || query.tag !== null) && (
          <Filter
            label={t("experiment_tag")}
            value={query.tag}
            options={[...new Set([...tags, ...(query.tag === null ? [] : [query.tag])])].map((tag) => ({
              value: tag,
              label: tag,
            }))}
            onChange={(tag) => onQueryChange({ tag, page: 1 })}
          />
        )}
      </FilterFold>
      {hasOrder && <Order query={query} onQueryChange={onQueryChange} />}
      <p aria-live="polite" className="ms-auto shrink-0 text-dense text-muted-foreground tabular-nums">
        {found !== null &&
          (found.total === found.overall
            ? t("experiments_found", { count: found.total, formatted: count(found.total) })
            : t("experiments_found_of", { found: count(found.total), total: count(found.overall) }))}
      </p>
    </search>
  );
}

function Order({ query, onQueryChange }: Pick<ListToolbarProps, "query" | "onQueryChange">) {
  const { t } = useLocale();
  return (
    <Select
      value={query.sort}
      onValueChange={(chosen) =>
        onQueryChange({ sort: LIST_SORTS.find((sort) => sort === chosen) ?? "changed", page: 1 })
      }
    >
      <SelectTrigger className="w-auto gap-1.5" aria-label={t("sort_by")}>
        <span className="flex gap-1.5">
          <span className="text-muted-foreground">{t("sort_by")}</span>
          <SelectValue />
        </span>
      </SelectTrigger>
      <SelectContent>
        {LIST_SORTS.map((sort) => (
          <SelectItem key={sort} value={sort}>
            {t(sortKeys[sort])}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}

const sortKeys: Record<ListSort, string> = {
  changed: "experiment_changed",
  created: "experiment_created_at",
  name: "experiment_name",
  subjects: "experiment_subjects",
};
