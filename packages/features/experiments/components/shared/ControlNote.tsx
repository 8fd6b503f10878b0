"use client";

import { useLocale } from "@calcom/lib/i18n";

/** Marks control beside its name, unless the name says it. */
export function ControlNote({ name, control }: { name: string; control: string }) {
  const { t } = useLocale();
  if (name !== control || name === "control") return null;
  return <span className="font-sans text-muted-foreground text-xs">{t("experiment_control")}</span>;
}
