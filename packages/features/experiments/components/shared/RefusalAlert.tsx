"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert } from "@calcom/ui";

interface RefusalAlertProps {
  id?: string;
  refusal: { message: string; changed?: string | undefined };
  /** Whether what can be tried again is as it is now; otherwise it was opened on the old state, and has to be closed. */
  isUpToDate?: boolean;
}

/** Why it was not done. What somebody changed in between is no fault: it says who, what, and how to go on. */
export function RefusalAlert({ id, refusal, isUpToDate = false }: RefusalAlertProps) {
  const { t } = useLocale();
  if (refusal.changed === undefined) return <Alert id={id} tone="destructive" title={refusal.message} />;
  return (
    <Alert
      id={id}
      tone="warning"
      // It answers what was just asked for, so it interrupts a screen reader as any refusal does.
      role="alert"
      title={refusal.changed}
      description={t(isUpToDate ? "changed_meanwhile_next" : "changed_meanwhile_close")}
    />
  );
}
