"use client";

import { CircleAlertIcon } from "lucide-react";
import type * as React from "react";
import { cn } from "../lib/cn";
import { Button } from "./button";

export type ErrorStateProps = Omit<React.ComponentProps<"div">, "title"> & {
  /** What happened. */
  title: React.ReactNode;
  /** What to do now. */
  description: React.ReactNode;
  onRetry?: () => void;
  retryLabel?: string;
};

export function ErrorState({
  title,
  description,
  onRetry,
  retryLabel = "Try again",
  className,
  ...props
}: ErrorStateProps) {
  return (
    <div
      data-slot="error-state"
      role="alert"
      className={cn("flex flex-col items-start gap-1 rounded-lg border px-6 py-8", className)}
      {...props}
    >
      <CircleAlertIcon className="mb-2 size-5 text-destructive" />
      <p className="font-medium text-sm">{title}</p>
      <div className="max-w-prose text-pretty text-muted-foreground text-sm">{description}</div>
      {onRetry !== undefined && (
        <Button variant="outline" className="mt-3" onClick={onRetry}>
          {retryLabel}
        </Button>
      )}
    </div>
  );
}
