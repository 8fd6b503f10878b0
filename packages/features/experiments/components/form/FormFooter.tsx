"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button } from "@calcom/ui";
import Link from "next/link";
import type { ReactNode } from "react";
import { useFormState } from "react-hook-form";
import { SaveButton, UnsavedNote } from "../shared/SaveButton";
import type { FormValues } from "./form-values";
import { firstInvalid } from "./useFirstErrorFocus";

interface FormFooterProps {
  isNew: boolean;
  cancelHref: string;
  /** See `SaveButton`. */
  isUndecided: boolean;
  /** What stands above the buttons. */
  children?: ReactNode;
}

/** Stays in view: saves, leaves, and says what was refused as a whole. */
export function FormFooter({ isNew, cancelHref, isUndecided, children }: FormFooterProps) {
  const { t } = useLocale();
  const { isDirty, isSubmitting, errors } = useFormState<FormValues>();
  const rootError = errors.root?.message;
  const { root: _root, ...ofFields } = errors;
  const refused = countErrors(ofFields);
  return (
    <footer
      data-sticky-bottom
      className="sticky bottom-0 z-10 -mx-1 flex flex-wrap items-center gap-2 border-t bg-background px-1 py-3"
    >
      {children}
      <SaveButton loading={isSubmitting} disabled={!isNew && !isDirty} isUndecided={isUndecided}>
        {t(isNew ? "experiment_create" : "save_changes")}
      </SaveButton>
      <Button asChild variant="ghost">
        <Link href={cancelHref}>{t("cancel")}</Link>
      </Button>
      {isDirty && <UnsavedNote isUndecided={isUndecided} className="ms-auto" />}
      <div aria-live="assertive" className="basis-full empty:hidden">
        {rootError !== undefined && <Alert tone="destructive" title={rootError} />}
        {refused > 0 && <RefusedFields count={refused} />}
      </div>
    </footer>
  );
}

/** Lists of fields hold the errors of each of them. */
function countErrors(errors: object): number {
  if ("type" in errors && typeof errors.type === "string") return 1;
  return Object.values(errors).reduce<number>(
    (sum, inner) => sum + (typeof inner === "object" && inner !== null ? countErrors(inner) : 0),
    0,
  );
}

/** The fields may be far above the button. */
function RefusedFields({ count }: { count: number }) {
  const { t } = useLocale();
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-dense text-destructive">
      {t("experiment_form_refused", { count })}
      <Button
        type="button"
        variant="link"
        size="sm"
        className="px-0"
        onClick={(event) => firstInvalid(event.currentTarget.form)?.focus()}
      >
        {t("experiment_form_first_refused")}
      </Button>
    </p>
  );
}
