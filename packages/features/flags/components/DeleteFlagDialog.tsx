"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useState } from "react";
import { ConfirmDeletion } from "../../experiments/components/ConfirmDeletion";
import type { FlagSummary } from "../types";

export interface DeleteFlagDialogProps {
  flag: FlagSummary;
  isOpen: boolean;
  onClose: () => void;
  /** A refusal in words fit to show; null once it is gone, and the dialog closes. */
  onDelete: (flag: FlagSummary) => Promise<string | null>;
}

/** One that is on, or that somebody has an override of, goes only with its slug typed: people lose something by it. */
export function DeleteFlagDialog({ flag, isOpen, onClose, onDelete }: DeleteFlagDialogProps) {
  const { t } = useLocale();
  const [isDeleting, setDeleting] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { slug, enabled, schedule } = flag;
  const overrides = flag.overrides.on + flag.overrides.off;

  async function remove() {
    setDeleting(true);
    const message = await onDelete(flag);
    setDeleting(false);
    if (message === null) onClose();
    else setRefusal(message);
  }

  return (
    <ConfirmDeletion
      isOpen={isOpen}
      onClose={onClose}
      title={t("flag_delete_title", { slug })}
      action={t("flag_delete")}
      typed={enabled || overrides > 0 ? slug : null}
      onConfirm={remove}
      isRunning={isDeleting}
      refusal={refusal === null ? null : { message: refusal }}
    >
      {overrides > 0
        ? t("flag_delete_description_overrides", { count: overrides })
        : t("flag_delete_description")}
      {schedule.planned > 0 && ` ${t("flag_delete_planned", { count: schedule.planned })}`}
    </ConfirmDeletion>
  );
}
