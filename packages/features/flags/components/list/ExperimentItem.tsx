"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Switch } from "@calcom/ui";
import { SettingsIcon, TriangleAlertIcon } from "lucide-react";
import Link from "next/link";
import { ExperimentStatus } from "../../../experiments/components/ExperimentStatus";
import type { FlagAbilities, FlagSummary } from "../../types";
import { ItemLayout } from "./ItemLayout";
import { Overrides } from "./Overrides";
import { ScheduleBadge } from "./ScheduleBadge";

interface ExperimentItemProps {
  flag: FlagSummary;
  experiment: NonNullable<FlagSummary["experiment"]>;
  abilities: FlagAbilities;
  experimentHref: (slug: string) => string;
  onConfigure: (flag: FlagSummary) => void;
  onEnabledChange: (flag: FlagSummary, enabled: boolean) => void;
  onAssign: (flag: FlagSummary) => void;
  onSchedule: (flag: FlagSummary) => void;
}

/**
 * An experiment is started, paused and turned off on its own page. What was a flag keeps the switch by which everybody
 * gets control, and its settings of users and teams as long as they count.
 */
export function ExperimentItem(props: ExperimentItemProps) {
  const { flag, experiment, abilities, experimentHref } = props;
  const { onConfigure, onEnabledChange, onAssign, onSchedule } = props;
  const { t } = useLocale();
  const { slug } = flag;
  const { name, status, damage, flag: former } = experiment;
  const isTurnedOff = former !== undefined && !former.isOn;
  return (
    <ItemLayout
      flag={flag}
      title={
        <Link
          href={experimentHref(slug)}
          prefetch={false}
          className="wrap-anywhere font-medium text-sm underline-offset-4 hover:underline"
        >
          {name}
        </Link>
      }
      badges={<ScheduleBadge flag={flag} onSchedule={onSchedule} />}
      state={<ExperimentStatus {...{ status, isTurnedOff }} />}
      overrides={former?.areRowsOpen && <Overrides flag={flag} abilities={abilities} onAssign={onAssign} />}
      description={damage === null ? slug : <Damage reason={damage} />}
      isCode={damage === null}
    >
      {former !== undefined && (
        <Switch
          checked={former.isOn}
          onCheckedChange={(next) => onEnabledChange(flag, next)}
          aria-label={t("flag_enabled_switch", { slug })}
          title={t(former.isOn ? "flag_turn_off" : "flag_turn_back_on")}
        />
      )}
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t("flag_configure_label", { name })}
        title={damage === null ? t("flag_configure") : t("flag_configure_damaged")}
        disabled={damage !== null}
        onClick={() => onConfigure(flag)}
      >
        <SettingsIcon />
      </Button>
    </ItemLayout>
  );
}

function Damage({ reason }: { reason: string }) {
  return (
    <span className="flex gap-1.5 text-warning">
      <TriangleAlertIcon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="wrap-anywhere">{reason}</span>
    </span>
  );
}
