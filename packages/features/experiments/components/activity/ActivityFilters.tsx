"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Input, Label, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { useId } from "react";
import type { HostId } from "../../types/host-id";

export interface ActivityFilter {
  actorId: HostId | null;
  /** Days such as "2026-11-23", in UTC; empty for no bound. */
  from: string;
  to: string;
}

export const NO_FILTER: ActivityFilter = { actorId: null, from: "", to: "" };

const ALL = "all";

interface ActivityFiltersProps {
  filter: ActivityFilter;
  onFilterChange: (change: Partial<ActivityFilter>) => void;
  actors: { id: HostId; name: string | null }[];
}

export function ActivityFilters({ filter, onFilterChange, actors }: ActivityFiltersProps) {
  const { t } = useLocale();
  const id = useId();
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Select
        value={filter.actorId === null ? ALL : String(filter.actorId)}
        onValueChange={(chosen) =>
          onFilterChange({ actorId: actors.find(({ id }) => String(id) === chosen)?.id ?? null })
        }
      >
        <SelectTrigger className="w-auto gap-1.5" aria-label={t("activity_person")}>
          <span className="flex gap-1.5">
            <span className="text-muted-foreground">{t("activity_person")}</span>
            <SelectValue />
          </span>
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={ALL}>{t("all")}</SelectItem>
          {actors.map(({ id: actorId, name }) => (
            <SelectItem key={actorId} value={String(actorId)}>
              {name ?? t("activity_somebody_gone", { id: actorId })}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      {(["from", "to"] as const).map((bound) => (
        <div key={bound} className="flex items-center gap-1.5 max-sm:w-full">
          <Label htmlFor={`${id}-${bound}`} className="font-normal text-muted-foreground max-sm:min-w-10">
            {t(bound === "from" ? "activity_from" : "activity_to")}
          </Label>
          <Input
            id={`${id}-${bound}`}
            type="date"
            className="w-auto max-sm:flex-1"
            value={filter[bound]}
            onChange={(event) => onFilterChange({ [bound]: event.target.value })}
          />
        </div>
      ))}
      <p className="py-1.5 text-muted-foreground text-xs">{t("activity_days_zone")}</p>
    </div>
  );
}
