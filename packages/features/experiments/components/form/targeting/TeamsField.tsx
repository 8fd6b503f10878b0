"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Input } from "@calcom/ui";
import { XIcon } from "lucide-react";
import { useState } from "react";
import { Controller, useFormContext } from "react-hook-form";
import type { FormValues } from "../form-values";
import { useAudiencePort } from "./audience-port";
import { useSettled } from "./use-settled";

interface TeamsFieldProps {
  name: "teamIds" | "organizationIds";
  disabled: boolean;
}

/** Teams or organizations, found by name. */
export function TeamsField({ name, disabled }: TeamsFieldProps) {
  const { t } = useLocale();
  const { control } = useFormContext<FormValues>();
  const isOrganizations = name === "organizationIds";
  return (
    <Controller
      control={control}
      name={`targetingRules.${name}`}
      render={({ field, fieldState }) => (
        <Field
          label={t(isOrganizations ? "experiment_organizations" : "experiment_teams")}
          htmlFor={name}
          hint={t("experiment_teams_hint")}
          error={fieldState.error?.message}
        >
          <TeamPicker
            id={name}
            ids={field.value}
            onChange={field.onChange}
            onlyOrganizations={isOrganizations}
            disabled={disabled}
          />
        </Field>
      )}
    />
  );
}

interface TeamPickerProps {
  id: string;
  ids: string[];
  onChange: (ids: string[]) => void;
  onlyOrganizations: boolean;
  disabled: boolean;
}

function TeamPicker({ id, ids, onChange, onlyOrganizations, disabled }: TeamPickerProps) {
  const { t } = useLocale();
  const port = useAudiencePort();
  const [search, setSearch] = useState("");
  const numbers = ids.map(Number).filter((number) => Number.isInteger(number));
  const isAsking = port !== null && (search.trim() !== "" || numbers.length > 0);
  const found = useSettled(
    isAsking ? { search: search.trim(), numbers } : null,
    async (asked) => (await port?.findTeams(asked.search, asked.numbers, onlyOrganizations)) ?? [],
  );
  const teams = found.status === "done" ? found.value : [];
  const nameOf = (teamId: string) => teams.find((team) => String(team.id) === teamId)?.name ?? teamId;
  const offered = search.trim() === "" ? [] : teams.filter((team) => !ids.includes(String(team.id)));

  function add(teamId: string) {
    onChange([...ids, teamId]);
    setSearch("");
  }

  return (
    <div className="grid gap-1.5">
      {ids.length > 0 && (
        <ul className="flex flex-wrap gap-1">
          {ids.map((teamId) => (
            <li
              key={teamId}
              className="inline-flex h-6 items-center gap-0.5 rounded-sm bg-secondary pl-1.5 text-secondary-foreground text-xs"
            >
              <span className="wrap-anywhere">{nameOf(teamId)}</span>
              <button
                type="button"
                disabled={disabled}
                className="flex size-6 items-center justify-center rounded-sm text-muted-foreground hover:text-foreground"
                aria-label={t("remove_named", { name: nameOf(teamId) })}
                onClick={() => onChange(ids.filter((other) => other !== teamId))}
              >
                <XIcon className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Input
        id={id}
        role="combobox"
        aria-expanded={offered.length > 0}
        aria-controls={`${id}-found`}
        autoComplete="off"
        placeholder={ids.length === 0 ? t("experiment_any") : t("experiment_teams_add")}
        disabled={disabled}
        value={search}
        maxLength={100}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || search.trim() === "") return;
          event.preventDefault();
          const [first] = offered;
          if (first) add(String(first.id));
        }}
      />
      <ul id={`${id}-found`} aria-label={t("experiment_teams_found")} className="grid gap-px empty:hidden">
        {offered.map((team) => (
          <li key={team.id}>
            <button
              type="button"
              className="flex w-full items-baseline gap-2 rounded-md px-2 py-1 text-left text-dense hover:bg-muted"
              onClick={() => add(String(team.id))}
            >
              <span className="wrap-anywhere">{team.name}</span>
              <span className="text-muted-foreground text-xs">
                {t("teams_members_count", { count: team.members })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {search.trim() !== "" && found.status === "done" && offered.length === 0 && (
        <p className="text-dense text-muted-foreground">{t("experiment_teams_none")}</p>
      )}
      {found.status === "failed" && <p className="text-dense text-destructive">{found.message}</p>}
    </div>
  );
}
