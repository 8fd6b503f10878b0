"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Button,
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
  Switch,
} from "@calcom/ui";
import { EllipsisIcon } from "lucide-react";
import type { FlagAbilities, FlagSummary } from "../../types";
import { assignKey } from "./AssignButton";
import { RolloutBadge, StaleBadge, UnchangedBadge } from "./FlagBadges";
import { FlagState } from "./FlagState";
import { ItemLayout } from "./ItemLayout";
import { Overrides } from "./Overrides";
import { ScheduleBadge } from "./ScheduleBadge";
import { switchName, switchTitle } from "./switch-title";

interface FlagItemProps {
  flag: FlagSummary;
  abilities: FlagAbilities;
  onEnabledChange: (flag: FlagSummary, enabled: boolean) => void;
  onStaleChange: (flag: FlagSummary, stale: boolean) => void;
  onAssign: (flag: FlagSummary) => void;
  onRollout: (flag: FlagSummary) => void;
  onSchedule: (flag: FlagSummary) => void;
  onConvert: (flag: FlagSummary) => void;
  onDelete: (flag: FlagSummary) => void;
}

export function FlagItem(props: FlagItemProps) {
  const { flag, abilities, onEnabledChange, onStaleChange } = props;
  const { onAssign, onRollout, onSchedule, onConvert, onDelete } = props;
  const { t, locale } = useLocale();
  const { slug, enabled, description, stale } = flag;
  return (
    <ItemLayout
      flag={flag}
      title={<span className="wrap-anywhere font-medium font-mono text-dense">{slug}</span>}
      badges={
        <>
          <RolloutBadge flag={flag} />
          <ScheduleBadge flag={flag} onSchedule={onSchedule} />
          {stale ? <StaleBadge /> : <UnchangedBadge flag={flag} />}
        </>
      }
      description={description}
      state={<FlagState flag={flag} />}
      overrides={<Overrides flag={flag} abilities={abilities} onAssign={onAssign} />}
    >
      <Switch
        tone={flag.type === "KILL_SWITCH" ? "warning" : "default"}
        checked={enabled}
        onCheckedChange={(next) => onEnabledChange(flag, next)}
        aria-label={switchName(flag, t, locale)}
        title={switchTitle(flag, t, locale)}
      />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t("flag_actions_label", { slug })}>
            <EllipsisIcon />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => onAssign(flag)}>{t(assignKey(abilities))}</DropdownMenuItem>
          {abilities.areManaged && (
            <DropdownMenuItem onSelect={() => onRollout(flag)}>{t("flag_rollout")}</DropdownMenuItem>
          )}
          <DropdownMenuItem onSelect={() => onSchedule(flag)}>{t("flag_schedule")}</DropdownMenuItem>
          <DropdownMenuItem onSelect={() => onStaleChange(flag, !stale)}>
            {t(stale ? "flag_unmark_stale" : "flag_mark_stale")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => onConvert(flag)}>{t("flag_convert")}</DropdownMenuItem>
          {abilities.areManaged && (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem variant="destructive" onSelect={() => onDelete(flag)}>
                {t("flag_delete")}
              </DropdownMenuItem>
            </>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
    </ItemLayout>
  );
}
