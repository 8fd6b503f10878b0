"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Input, Label } from "@calcom/ui";
import { XIcon } from "lucide-react";
import { type ReactNode, useId } from "react";
import { ACTIVITY_SUBJECTS, type ActivitySubject } from "../../types/activity";
import type { HostId } from "../../types/host-id";
import { FilterFold } from "../FilterFold";
import { Filter } from "../shared/Filter";
import { ZoneNote } from "../shared/ZoneNote";
import { activitySubjectKeys } from "./setting-words";

export interface ActivityFilter {
  actorId: HostId | null;
  about: ActivitySubject | null;
  /** Null for all of them. */
  experiment: { slug: string; name: string } | null;
  /** Days such as "2026-11-23", of the zone that times are shown in; empty for no bound. */
  from: string;
  to: string;
}

export const NO_FILTER: ActivityFilter = { actorId: null, about: null, experiment: null, from: "", to: "" };

interface ActivityFiltersProps {
  filter: ActivityFilter;
  onFilterChange: (change: Partial<ActivityFilter>) => void;
  actors: { id: HostId; name: string | null }[];
  /** What is done with all that the filters let through. */
  children: ReactNode;
}

export function ActivityFilters({ filter, onFilterChange, actors, children }: ActivityFiltersProps) {
  const { t } = useLocale();
  const id = useId();
  const { experiment } = filter;
  return (
    <div className="flex min-w-0 flex-wrap items-end gap-2">
      <FilterFold set={countSet(filter)}>
        <Filter
          label={t("activity_about")}
          value={filter.about}
          options={ACTIVITY_SUBJECTS.map((value) => ({ value, label: t(activitySubjectKeys[value]) }))}
          onChange={(about) => onFilterChange({ about })}
        />
        <Filter
          label={t("activity_person")}
          value={filter.actorId === null ? null : String(filter.actorId)}
          options={actors.map(({ id: actorId, name }) => ({
            value: String(actorId),
            label: name ?? t("activity_somebody_gone", { id: actorId }),
          }))}
          onChange={(chosen) =>
            onFilterChange({ actorId: actors.find(({ id }) => String(id) === chosen)?.id ?? null })
          }
        />
        {(["from", "to"] as const).map((bound) => (
          <div key={bound} className="flex items-center gap-1.5">
            <Label htmlFor={`${id}-${bound}`} className="font-normal text-muted-foreground max-sm:min-w-10">
              {t(bound === "from" ? "activity_from" : "activity_to")}
            </Label>
            <Input
              id={`${id}-${bound}`}
              type="date"
              className="w-auto max-sm:min-w-0 max-sm:flex-1"
              value={filter[bound]}
              onChange={(event) => onFilterChange({ [bound]: event.target.value })}
            />
          </div>
        ))}
      </FilterFold>
      {children}
      {experiment !== null && (
        <Button variant="outline" className="max-w-full" onClick={() => onFilterChange({ experiment: null })}>
          <span className="truncate">{t("activity_of_experiment", { name: experiment.name })}</span>
          <XIcon aria-label={t("activity_of_all")} />
        </Button>
      )}
      <ZoneNote className="basis-full" />
    </div>
  );
}

/** The experiment has a button of its own, which stands beside them. */
function countSet({ actorId, about, from, to }: ActivityFilter): number {
  return [actorId !== null, about !== null, from !== "", to !== ""].filter(Boolean).length;
}
