import type * as React from "react";
import { cn } from "../lib/cn";

export type StatusTone = "success" | "warning" | "destructive" | "info" | "muted";

export type StatusDotProps = React.ComponentProps<"span"> & {
  tone?: StatusTone;
  /**
   * Full: on. Half: on hold. Ring: not begun, or over. Stop: stopped on purpose, which is no error. The shape says it
   * where the colour cannot be seen.
   */
  shape?: "full" | "half" | "ring" | "stop";
};

/** A dot, and beside it the word for it (children): colour never stands alone. */
export function StatusDot({ tone = "muted", shape = "full", className, children, ...props }: StatusDotProps) {
  return (
    <span
      data-slot="status-dot"
      data-tone={tone}
      data-shape={shape}
      className={cn("inline-flex items-center gap-1.5 whitespace-nowrap text-dense", className)}
      {...props}
    >
      <svg aria-hidden viewBox="0 0 8 8" className={cn("size-2 shrink-0", statusToneClasses[tone])}>
        {shape === "full" && <circle cx="4" cy="4" r="4" fill="currentColor" />}
        {shape === "stop" && <rect width="8" height="8" rx="1" fill="currentColor" />}
        {(shape === "ring" || shape === "half") && (
          <circle cx="4" cy="4" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        )}
        {shape === "half" && <path d="M4 0a4 4 0 0 0 0 8z" fill="currentColor" />}
      </svg>
      {children}
    </span>
  );
}

export const statusToneClasses: Record<StatusTone, string> = {
  success: "text-success",
  warning: "text-warning",
  destructive: "text-destructive",
  info: "text-info",
  muted: "text-muted-foreground",
};
