"use client";

import * as React from "react";
import { cn } from "../lib/cn";
import { FieldContext } from "../lib/use-field-control";
import { Label } from "./label";

export type FieldProps = Omit<React.ComponentProps<"div">, "children"> & {
  label: React.ReactNode;
  /** The id of the control. A control of ours inside takes it by itself; any other must carry it. */
  htmlFor: string;
  hint?: React.ReactNode;
  error?: React.ReactNode;
  required?: boolean;
  /** The error answers what was just asked for: it interrupts a screen reader. */
  isUrgent?: boolean;
  /** For screen readers only, where a title just above says the same. */
  isLabelHidden?: boolean;
  /** What stands beside the control; on a phone, below its hint. */
  beside?: React.ReactNode;
  children: React.ReactNode;
};

/**
 * Label, control, hint and error as one. The control of ours inside that has this id (or none) is described by the
 * hint and by the error, and is marked invalid and required; further controls in the same field need their own id.
 */
export function Field({
  label,
  htmlFor,
  hint,
  error,
  required = false,
  isUrgent = false,
  isLabelHidden = false,
  beside,
  className,
  children,
  ...props
}: FieldProps) {
  const hasBeside = beside !== undefined && beside !== null && beside !== false;
  const hasHint = hint !== undefined && hint !== null && hint !== "";
  const isInvalid = error !== undefined && error !== null && error !== "";
  const hintId = `${htmlFor}-hint`;
  const errorId = `${htmlFor}-error`;
  const labelId = `${htmlFor}-label`;
  const describedBy = [isInvalid && errorId, hasHint && hintId].filter(Boolean).join(" ") || undefined;
  const control = React.useMemo(
    () => ({ id: htmlFor, labelId, describedBy, isInvalid, isRequired: required }),
    [htmlFor, labelId, describedBy, isInvalid, required],
  );

  return (
    <div
      data-slot="field"
      data-invalid={isInvalid || undefined}
      // Of two in a row, the shorter one keeps its parts together at the top.
      className={cn(
        "grid min-w-0 content-start *:min-w-0",
        hasBeside && "gap-x-2 *:col-span-full sm:grid-cols-[auto_1fr]",
        className,
      )}
      {...props}
    >
      <Label htmlFor={htmlFor} id={labelId} className={isLabelHidden ? "sr-only" : "mb-1.5 w-fit gap-1"}>
        {label}
        {required && (
          <span aria-hidden className="text-destructive">
            *
          </span>
        )}
      </Label>
      <FieldContext.Provider value={control}>
        {hasBeside ? <div className="sm:col-span-1!">{children}</div> : children}
      </FieldContext.Provider>
      {hasBeside && <div className="max-sm:order-1 max-sm:mt-2 sm:col-span-1!">{beside}</div>}
      {hasHint && (
        <p id={hintId} data-slot="field-hint" className="mt-1.5 text-dense text-muted-foreground">
          {hint}
        </p>
      )}
      {/* Always there, so that an error which arrives later (from the server, say) is read out. */}
      <div {...(isUrgent ? { role: "alert" } : { "aria-live": "polite" as const })}>
        {isInvalid && (
          <p id={errorId} data-slot="field-error" className="mt-1.5 text-dense text-destructive">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}
