"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@calcom/ui";
import type { UnsavedGuard } from "./form/useUnsavedGuard";

export function LeaveDialog({ guard }: { guard: UnsavedGuard }) {
  const { t } = useLocale();
  return (
    <AlertDialog open={guard.isAsking} onOpenChange={(isOpen) => !isOpen && guard.stay()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{t("leave_without_saving")}</AlertDialogTitle>
          <AlertDialogDescription>{t("leave_without_saving_description")}</AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>{t("stay")}</AlertDialogCancel>
          <AlertDialogAction variant="destructive" onClick={guard.leave}>
            {t("leave")}
          </AlertDialogAction>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
