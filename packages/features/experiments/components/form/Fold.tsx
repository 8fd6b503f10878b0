"use client";

import { useLocale } from "@calcom/lib/i18n";
import { ChevronRightIcon, LockIcon } from "lucide-react";
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
  /** It cannot be changed any more. */
  isLocked?: boolean;
  children: ReactNode;
}

/** Settings that most experiments leave as they are. */
export function Fold({ title, value, names, isLocked = false, children }: FoldProps) {
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
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 rounded-md px-3 py-2 text-sm [&::-webkit-details-marker]:hidden">
        <ChevronRightIcon
          aria-hidden
          className="size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-90 motion-reduce:transition-none"
        />
        <span className="shrink-0 font-medium">{title}</span>
        <span className="wrap-anywhere line-clamp-2 min-w-0 flex-1 text-balance text-end text-dense text-muted-foreground">
          {value}
        </span>
        {isLocked && (
          <LockIcon aria-label={t("form_locked")} className="size-3.5 shrink-0 text-muted-foreground" />
        )}
      </summary>
      <div className="grid gap-4 border-t p-3">{children}</div>
    </details>
  );
}
