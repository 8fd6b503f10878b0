"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { UsersIcon } from "lucide-react";
import type { FlagAbilities, FlagSummary } from "../../types";

interface AssignButtonProps {
  flag: FlagSummary;
  abilities: FlagAbilities;
  onAssign: (flag: FlagSummary) => void;
}

/** Opens who has a flag, and lets that be changed where it is changed here. */
export function AssignButton({ flag, abilities, onAssign }: AssignButtonProps) {
  const { t } = useLocale();
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={t(abilities.areAssigned ? "flag_assign_label" : "flag_see_who_label", { slug: flag.slug })}
      title={t(assignKey(abilities))}
      onClick={() => onAssign(flag)}
    >
      <UsersIcon />
    </Button>
  );
}

export function assignKey({ areAssigned }: FlagAbilities): string {
  return areAssigned ? "flag_assign" : "flag_see_who";
}
