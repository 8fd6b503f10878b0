"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Badge, Button } from "@calcom/ui";
import { SettingsIcon, TriangleAlertIcon } from "lucide-react";
import Link from "next/link";
import { ExperimentStatus } from "../../../experiments/components/ExperimentStatus";
import type { FlagSummary } from "../../types";
import { ItemLayout } from "./ItemLayout";

interface ExperimentItemProps {
  flag: FlagSummary;
  experiment: NonNullable<FlagSummary["experiment"]>;
  experimentHref: (slug: string) => string;
  onConfigure: (flag: FlagSummary) => void;
}

/** No switch: an experiment is started, paused and turned off on its own page. */
export function ExperimentItem({ flag, experiment, experimentHref, onConfigure }: ExperimentItemProps) {
  const { t } = useLocale();
  const { slug } = flag;
  const { name, status, damage } = experiment;
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
      badges={
        <Badge variant="outline">
          <ExperimentStatus status={status} className="text-xs" />
        </Badge>
      }
      description={damage === null ? slug : <Damage reason={damage} />}
      isCode={damage === null}
    >
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
