"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, DisclosureChevron, disclosureSummaryClasses } from "@calcom/ui";
import { LockIcon, TriangleAlertIcon } from "lucide-react";
import { type ReactNode, useState } from "react";
import { get, useFormState } from "react-hook-form";
import type { FieldPath } from "./form-fields";
import type { FormValues } from "./form-values";

interface FoldProps {
  title: string;
  /** What it is set to, in words: folded, it is all that is seen. */
  value: ReactNode;
  /** The fields inside. One that is refused unfolds them. */
  names: readonly FieldPath[];
  /** The warning of a field inside, shown here because the field is hidden while the section is folded. */
  warning?: string | null;
  /** It cannot be changed any more. */
  isLocked?: boolean;
  children: ReactNode;
}

/** Settings that most experiments leave as they are. */
export function Fold({ title, value, names, warning = null, isLocked = false, children }: FoldProps) {
  const { t } = useLocale();
  const { errors } = useFormState<FormValues>();
  const [isOpen, setOpen] = useState(false);
  const isRefused = names.some((name) => get(errors, name) !== undefined);
  return (
    <details
      open={isOpen || isRefused}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group rounded-md border"
    >
      <summary className={cn("min-h-11 rounded-md px-3 py-2 text-sm", disclosureSummaryClasses)}>
        {/* On a phone, a value that does not fit beside the title stands below it. */}
        <span className="flex min-h-7 items-center gap-x-2 max-sm:flex-wrap">
          {/* It takes what is left of the line, so that a value beside it is at the end, and one below it at the start. */}
          <span className="flex shrink-0 items-center gap-x-2 max-sm:grow sm:contents">
            <DisclosureChevron />
            <span className="shrink-0 font-medium">{title}</span>
            {isLocked && (
              <LockIcon
                aria-label={t("form_locked")}
                className="size-3.5 shrink-0 text-muted-foreground sm:order-last"
              />
            )}
          </span>
          <span className="wrap-anywhere line-clamp-2 min-w-0 text-dense text-muted-foreground max-sm:ps-6 sm:flex-1 sm:text-balance sm:text-end">
            {value}
          </span>
        </span>
        {warning !== null && (
          <span className="mt-0.5 mb-1 flex gap-1.5 ps-6 text-dense text-warning group-open:hidden">
            <TriangleAlertIcon aria-hidden className="mt-0.5 size-4 shrink-0" />
            {warning}
          </span>
        )}
      </summary>
      <div className="grid gap-4 border-t p-3">{children}</div>
    </details>
  );
}
