"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button } from "@calcom/ui";
import Link from "next/link";
import type { ReactNode } from "react";
import { useFormState } from "react-hook-form";
import type { FormValues } from "./form-values";

interface FormFooterProps {
  isNew: boolean;
  cancelHref: string;
  /** What stands above the buttons. */
  children?: ReactNode;
}

/** Stays in view: saves, leaves, and says what was refused as a whole. */
export function FormFooter({ isNew, cancelHref, children }: FormFooterProps) {
  const { t } = useLocale();
  const { isDirty, isSubmitting, errors } = useFormState<FormValues>();
  const rootError = errors.root?.message;
  return (
    <footer className="sticky bottom-0 z-10 -mx-1 flex flex-wrap items-center gap-2 border-t bg-background px-1 py-3">
      {children}
      <Button type="submit" loading={isSubmitting} disabled={!isNew && !isDirty}>
        {t(isNew ? "experiment_create" : "save_changes")}
      </Button>
      <Button asChild variant="ghost">
        <Link href={cancelHref}>{t("cancel")}</Link>
      </Button>
      {isDirty && <p className="ml-auto text-dense text-muted-foreground">{t("unsaved_changes")}</p>}
      <div aria-live="assertive" className="basis-full empty:hidden">
        {rootError !== undefined && <Alert tone="destructive" title={rootError} />}
      </div>
    </footer>
  );
}
