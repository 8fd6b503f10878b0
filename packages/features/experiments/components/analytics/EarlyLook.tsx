"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Alert,
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  AlertDialogTrigger,
  Button,
} from "@calcom/ui";
import { useState } from "react";

/** Asks before figures are shown that it is too early for, and says that it is written down. */
export function EarlyLookButton({ onLook }: { onLook: () => Promise<void> }) {
  const { t } = useLocale();
  const [isOpen, setOpen] = useState(false);
  const [isLooking, setLooking] = useState(false);
  async function look() {
    setLooking(true);
    await onLook();
    setLooking(false);
    setOpen(false);
  }
  return (
    <AlertDialog open={isOpen} onOpenChange={setOpen}>
      <AlertDialogTrigger asChild>
        <Button variant="link" size="sm" className="h-auto p-0">
          {t("results_look_early")}
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{t("results_look_early_title")}</AlertDialogTitle>
          <AlertDialogDescription>{t("results_look_early_text")}</AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel disabled={isLooking}>{t("cancel")}</AlertDialogCancel>
          <Button loading={isLooking} onClick={() => void look()}>
            {t("results_look_early_confirm")}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}

/** While they are shown. */
export function EarlyNotice({ onStop }: { onStop: () => void }) {
  const { t } = useLocale();
  return (
    <Alert
      tone="warning"
      title={t("results_early_notice")}
      description={t("results_early_notice_text")}
      action={
        <Button variant="outline" size="sm" onClick={onStop}>
          {t("results_early_stop")}
        </Button>
      }
    />
  );
}
