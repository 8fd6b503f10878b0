"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import type { ComponentProps } from "react";
import { EXPERIMENT_ROLES, type ExperimentRole } from "../../types/roles";
import { roleKeys } from "./words";

interface RoleSelectProps extends Omit<ComponentProps<typeof SelectTrigger>, "onChange" | "value"> {
  value: ExperimentRole;
  onChange: (role: ExperimentRole) => void;
}

export function RoleSelect({ value, onChange, ...trigger }: RoleSelectProps) {
  const { t } = useLocale();
  return (
    <Select
      value={value}
      onValueChange={(chosen) => {
        const role = EXPERIMENT_ROLES.find((known) => known === chosen);
        if (role) onChange(role);
      }}
    >
      <SelectTrigger {...trigger}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {EXPERIMENT_ROLES.map((role) => (
          <SelectItem key={role} value={role}>
            {t(roleKeys[role])}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
