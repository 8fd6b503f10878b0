"use client";

import { CircleAlertIcon, CircleCheckIcon, InfoIcon, TriangleAlertIcon } from "lucide-react";
import { useTheme } from "next-themes";
import type * as React from "react";
import { type ExternalToast, Toaster as Sonner, type ToasterProps, toast } from "sonner";
import { Spinner } from "./spinner";

export { toast };

/** Long enough to be read, thought about and reached by keyboard (Alt+T goes to the toasts, and stops their clocks). */
const UNDO_MS = 12_000;

/** Of a toast that tells of what can be taken back. */
export function withUndo(label: string, onUndo: () => void): ExternalToast {
  return { duration: UNDO_MS, action: { label, onClick: onUndo } };
}

/** Once, near the end of the body. */
export function Toaster({ duration = 6_000, ...props }: ToasterProps) {
  const { theme } = useTheme();
  return (
    <Sonner
      theme={isSonnerTheme(theme) ? theme : "system"}
      duration={duration}
      position="bottom-right"
      icons={{
        success: <CircleCheckIcon className="size-4 text-success" />,
        info: <InfoIcon className="size-4 text-info" />,
        warning: <TriangleAlertIcon className="size-4 text-warning" />,
        error: <CircleAlertIcon className="size-4 text-destructive" />,
        loading: <Spinner />,
      }}
      style={tokens as React.CSSProperties}
      // Beside an open dialog the page takes no clicks; its toasts do.
      toastOptions={{
        // Of several lines, the icon belongs to the first.
        className:
          "pointer-events-auto has-[[data-description]]:*:data-icon:mt-0.5 has-[[data-description]]:*:data-icon:self-start",
      }}
      {...props}
    />
  );
}

const tokens: Record<`--${string}`, string> & { fontFamily: string } = {
  "--normal-bg": "var(--popover)",
  "--normal-text": "var(--popover-foreground)",
  "--normal-border": "var(--border)",
  "--border-radius": "var(--radius-lg)",
  fontFamily: "inherit",
};

function isSonnerTheme(theme: string | undefined): theme is NonNullable<ToasterProps["theme"]> {
  return theme === "light" || theme === "dark" || theme === "system";
}
